"""What a proposal's report tells of legal text, answers, votes, decisions and other codes."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from engross.adapters.legaltext.redlines import table_of_changes
from engross.apps.consultations.queries import collation_for, consultations_of, kind_of
from engross.apps.consultations.queries.collation import Collation
from engross.apps.crosscode.queries import groups_of
from engross.apps.dates.queries import day_of
from engross.apps.proposals.models import Decision
from engross.apps.proposals.registers import decisions, proposal_links
from engross.apps.registers.queries import option_name
from engross.apps.releases.models import ChangeSetVersion
from engross.apps.releases.queries import (
    base_of,
    change_set_of,
    latest_versions,
    may_read_change_set,
)
from engross.apps.releases.queries.drafts import redlined
from engross.apps.reports.queries.proposal_record import Recorded, Rows
from engross.apps.votes.models import Vote
from engross.apps.votes.queries import votes_on, window_of
from engross.core.access import ANYONE
from engross.core.legaltext.comparison import compared
from engross.core.legaltext.comparison_entries import Entry
from engross.core.refusals import Refused

# What stays as it is, around a change, is shown as far as it helps to find one's place.
AROUND = 80


@dataclass(frozen=True)
class Results:
    """What came of a proposal, as everybody may read it."""

    record: Recorded

    @cached_property
    def texts(self) -> list[ChangeSetVersion]:
        """The last version of each change set of the proposal that stands and anybody may read."""
        found = latest_versions(only_open=False, proposals=[self.record.proposal.pk])
        return [
            each for each in found
            if each.change_set.parted_at is None
            and may_read_change_set(ANYONE, each.change_set.paper_class)
        ]  # fmt: skip

    def legal_texts(self) -> Rows:
        return [
            (each.change_set.name, each.change_set.title, str(each.number),
             str(each.base_version), day_of(each.made_at), self._text_address(each))
            for each in self.texts
        ]  # fmt: skip

    def _text_address(self, version: ChangeSetVersion) -> str:
        return self.record.site + reverse("releases:change-set", args=[version.change_set.name])

    def changes(self) -> Rows:
        return [row for version in self.texts for row in self._changes_of(version)]

    def _changes_of(self, version: ChangeSetVersion) -> Rows:
        name = f"{version.change_set} version {version.number}"
        link = self._text_address(version)
        try:
            aligned = redlined(base_of(version), change_set_of(version))
        except Refused as refused:
            told = " ".join(str(reason) for reason in refused.reasons)
            return [(name, "The redline cannot be drawn", "", told, link)]
        comparison = compared(aligned)
        lines = table_of_changes(aligned, comparison)
        return [
            (name, line.what, line.now or line.was, _marked(entry), link)
            for line, entry in zip(lines, comparison.entries, strict=True)
        ]

    @cached_property
    def collations(self) -> list[Collation]:
        """The answers of each consultation whose answers are published, as anyone may read them."""
        found = (collation_for(each, ANYONE)
                 for each in reversed(consultations_of(self.record.proposal, ANYONE)))  # fmt: skip
        return [each for each in found if each is not None]

    def consultations(self) -> Rows:
        published = {each.consultation.pk: len(each.respondents) for each in self.collations}
        return [
            (each.reference, kind_of(each).name, each.title, each.opened_on, each.closes_on,
             str(published[each.pk]) if each.pk in published else "Not published yet",
             self._address("consultations:consultation", each.reference))
            for each in reversed(consultations_of(self.record.proposal, ANYONE))
            if each.opened_on and each.closes_on
        ]  # fmt: skip

    def _address(self, name: str, *args: object) -> str:
        return self.record.site + reverse(name, args=args)

    def counts(self) -> Rows:
        """Return how many of each Party Category gave each answer, question by question."""
        found: Rows = []
        for each in self.collations:
            for question in each.questions:
                summary = each.summary(question)
                names = [column.label for column in summary.columns]
                for row in summary.rows:
                    told = zip(names[1:], row[1:], strict=True)
                    words = ", ".join(f"{name}: {count}" for name, count in told if count)
                    if words:
                        found.append((each.consultation.reference, question.asks, str(row[0]),
                                      words))  # fmt: skip
        return found

    def answers(self) -> Rows:
        return [
            (each.consultation.reference, str(line["asks"]), str(line["respondent"]),
             str(line["category"]), _answer(line))
            for each in self.collations for line in each.lines()
        ]  # fmt: skip

    def you_said(self) -> Rows:
        return [
            (each.consultation.reference, question.asks, question.you_said, question.we_did)
            for each in self.collations for question in each.questions
            if question.you_said or question.we_did
        ]  # fmt: skip

    def votes(self) -> Rows:
        counted = (each for each in votes_on(self.record.proposal, reader=ANYONE) if each.result)
        return [
            (option_name("bodies", each.body), each.alternative or "The proposal",
             day_of(window_of(each).end), _sentence(each),
             self._address("votes:vote", each.pk))
            for each in sorted(counted, key=lambda vote: (vote.closes_at, vote.pk))
        ]  # fmt: skip

    def decisions(self) -> Rows:
        rows: list[Decision] = self.record.rows(decisions, "decided_on")
        return [
            (option_name("bodies", row.body), option_name("decision_outcomes", row.outcome),
             row.decided_on, row.note, *self.record.source(decisions, row))
            for row in rows if row.decided_on <= self.record.on
        ]  # fmt: skip

    def across(self) -> Rows:
        """Return the changes of other codes that go with it: its groups, then its links."""
        found: Rows = []
        for group in groups_of(self.record.proposal):
            address = self._address("crosscode:group", group.group.key)
            others = (each for each in group.members if each.proposal != self.record.proposal)
            found += [("Together with", each.name, group.group.label, address) for each in others]
        for row in self.record.rows(proposal_links, "relation", "other"):
            name = f"{row.other_code} {row.other}".strip()
            found.append((option_name("link_relations", row.relation), name,
                          *self.record.source(proposal_links, row)))  # fmt: skip
        return found


def _sentence(vote: Vote) -> str:
    return str((vote.result or {}).get("sentence", ""))


def _answer(line: dict[str, str | int | bool]) -> str:
    told = dict.fromkeys(str(line[each]) for each in ("answer", "words") if line[each])
    return ": ".join(" ".join(each.split()) for each in told)


def _marked(entry: Entry) -> str:
    """Return the words of a change: [- what goes -], [+ what comes +], and some around them."""
    heading = entry.heading if isinstance(entry.heading, tuple) else ()
    return " ".join(filter(None, (_words(heading), _words(entry.tokens))))


def _words(tokens: tuple[tuple[str, str], ...]) -> str:
    signs = {"+": "[+{}+]", "-": "[-{}-]"}
    return "".join(
        signs[sign].format(text) if sign in signs else _shortened(text) for sign, text in tokens
    )


def _shortened(text: str) -> str:
    return text if len(text) <= 2 * AROUND else f"{text[:AROUND]} … {text[-AROUND:]}"
