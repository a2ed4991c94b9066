"""What registers say of a proposal, as the rows of its report: each with what it rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import get_current_timezone

from engross.apps.proposals.models import Alternative, Impact, ProposalDetails
from engross.apps.proposals.registers import (
    alternative_proposals,
    assessments,
    proposal_costs,
    proposal_documents,
    proposal_impacts,
    proposal_objectives,
    proposal_solutions,
    proposals,
)
from engross.apps.registers.models import RecordedRow
from engross.apps.registers.queries import (
    active_code,
    option_name,
    readable_rows,
    timeline_of,
)
from engross.apps.registers.registers import RECORDED, Register
from engross.core.access import ANYONE
from engross.core.reports.tables import Cell

Rows = list[tuple[Cell, ...]]


@dataclass(frozen=True)
class Recorded:
    """The record of a proposal as everybody may read it; `site` begins the addresses of sources.

    A report is of the lowest class and is never made from more than anyone may read.
    """

    details: ProposalDetails
    on: date
    site: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def proposal(self) -> Any:
        """The proposal, for good."""
        return self.details.proposal

    def rows(self, register: Register, *order: str) -> list[Any]:
        """Return the rows of a register about the proposal that anybody may read."""
        known: Any = register.model.objects.known_at(None)
        found = known.filter(readable_rows(register, ANYONE), proposal=self.proposal)
        return list(found.order_by(*order, "pk"))

    def source(self, register: Register, row: RecordedRow) -> tuple[str, str]:
        """Return what a statement rests on: words to print, and the address of the record.

        What is no record itself says so, as 'fictional' in a demonstration.
        """
        address = reverse("registers:entry", args=[register.name, row.entry])
        recorded_on = row.recorded_at.astimezone(get_current_timezone()).date()
        mark = "" if row.basis == RECORDED else f", {option_name('bases', row.basis).lower()}"
        return f"{register.title}, {recorded_on:%-d %b %Y}{mark}", self.site + address

    def facts(self) -> Rows:
        row = self.details
        source = self.source(proposals, row)
        told = (
            ("Title", row.title),
            ("Identifier", row.proposal.label),
            ("Proposer", row.proposer),
            ("Raised on", f"{row.raised_on:%-d %B %Y}" if row.raised_on else ""),
            ("Stage", option_name("proposal_stages", row.proposal.stage)),
            ("Route", option_name("proposal_routes", row.route)),
            ("Urgent", "Yes" if row.is_urgent else "No"),
        )
        return [(what, says or "Not recorded", *source) for what, says in told]

    def issue(self) -> Rows:
        source = self.source(proposals, self.details)
        return [(each, *source) for each in paragraphs(self.details.summary)]

    @cached_property
    def solutions(self) -> list[Any]:
        """The solution that stands, and that of each alternative: the last described."""
        latest: dict[str, Any] = {}
        for row in self.rows(proposal_solutions, "described_on"):
            if row.described_on <= self.on:
                latest[row.alternative] = row
        return [latest[name] for name in sorted(latest)]

    def solution(self) -> Rows:
        return list(self._told_of_solutions("solution", "What would be done"))

    def business_case(self) -> Rows:
        return list(self._told_of_solutions("business_case", "Business case"))

    def approach(self) -> Rows:
        return list(self._told_of_solutions("approach", "Approach"))

    def _told_of_solutions(self, field: str, title: str) -> Iterator[tuple[Cell, ...]]:
        for row in self.solutions:
            for part in paragraphs(getattr(row, field)):
                yield (named(row, title), part, *self.source(proposal_solutions, row))

    def implementation(self) -> Rows:
        return [
            (named(row, "Proposed day"), row.implement_on,
             *self.source(proposal_solutions, row))
            for row in self.solutions if row.implement_on
        ]  # fmt: skip

    def impacts(self) -> Rows:
        names = {each.key: each.name for each in active_code().options("impact_kinds")}
        rows: list[Impact] = self.rows(proposal_impacts, "kind", "affected")
        return [
            (names.get(row.kind, row.kind), row.affected, *self.source(proposal_impacts, row))
            for row in rows
        ]

    def costs(self) -> Rows:
        return [
            (named(row, option_name("cost_kinds", row.kind)),
             option_name("party_categories", row.category), row.what, row.low_pounds,
             row.low_pounds if row.high_pounds is None else row.high_pounds, row.source,
             *self.source(proposal_costs, row))
            for row in self.rows(proposal_costs, "alternative", "kind", "category", "what")
        ]  # fmt: skip

    def objectives(self) -> Rows:
        return [
            (option_name("code_objectives", row.objective),
             named(row, option_name("objective_views", row.view)),
             option_name("objective_effects", row.effect), row.reasons,
             *self.source(proposal_objectives, row))
            for row in self.rows(proposal_objectives, "alternative", "objective", "view")
        ]  # fmt: skip

    def alternatives(self) -> Rows:
        rows: list[Alternative] = self.rows(alternative_proposals, "name")
        return [
            (row.name, row.title, row.summary, row.raised_by,
             "Preferred" if row.is_preferred else "", *self.source(alternative_proposals, row))
            for row in rows
        ]  # fmt: skip

    def assessments(self) -> Rows:
        return [
            (
                option_name("assessment_kinds", row.kind),
                _day(row.accepted_on),
                _day(row.returned_on),
                *self.source(assessments, row),
            )
            for row in self.rows(assessments, "accepted_on", "kind")
        ]

    def documents(self) -> Rows:
        """Return the papers about it, but for its own reports: one would tell of itself."""
        return [
            (option_name("document_kinds", row.kind), row.title, row.version, row.written_on,
             " version ".join(str(each) for each in (row.change_set, row.change_set_version)
                              if each),
             *self.source(proposal_documents, row))
            for row in self.rows(proposal_documents, "written_on", "title")
            if row.kind not in self.left_out
        ]  # fmt: skip

    def timeline(self) -> Rows:
        told = timeline_of("proposals", self.proposal, as_at=self.on, reader=ANYONE)
        return [
            (_day(each.on) or "Not known", each.title, each.text, each.register,
             self.site + each.href if each.href else "")
            for each in reversed(told) if not each.on or each.on <= self.on
        ]  # fmt: skip


def named(row: Any, words: str) -> str:
    """Return words, with the alternative that they are about if they are about one."""
    return f"{words} (Alternative {row.alternative})" if row.alternative else words


def paragraphs(text: str) -> Sequence[str]:
    """Return the paragraphs of a text; none of an empty one."""
    return [" ".join(each.split()) for each in text.replace("\r", "").split("\n\n") if each.strip()]


def _day(day: date | None) -> str:
    return f"{day:%-d %b %Y}" if day else ""


def details_of(proposal: Any) -> ProposalDetails | None:
    """Return what is recorded of a proposal now; None if nothing is."""
    rows = ProposalDetails.objects.known_at(None).filter(Q(proposal=proposal))
    found: ProposalDetails | None = rows.select_related("proposal").first()
    return found
