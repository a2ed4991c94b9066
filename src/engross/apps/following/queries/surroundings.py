"""What news is about besides its own thing: proposals' titles and impacts, bodies of meetings."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.urls import reverse

from engross.apps.meetings.models import MeetingDetails
from engross.apps.proposals.models import Impact, Proposal, ProposalDetails
from engross.apps.proposals.queries import category_meant
from engross.apps.registers.models import RecordedRow
from engross.apps.registers.queries import in_batches
from engross.core.following import Kind, Subject
from engross.core.legaltext.numbers.addresses import document_slug


class Surroundings:
    """What some proposals are called and touch, and which bodies hold some meetings.

    Each is asked for once, for all of them.
    """

    def __init__(self, proposals: Iterable[int | None], meetings: Iterable[int | None]) -> None:
        self._proposals: set[int] = {each for each in proposals if each}
        self._meetings: set[int] = {each for each in meetings if each}

    @classmethod
    def of_rows(cls, rows: Iterable[RecordedRow]) -> "Surroundings":
        """Return what rows of registers point to."""
        listed = list(rows)
        return cls(
            [getattr(row, "proposal_id", None) for row in listed],
            [getattr(row, "meeting_id", None) for row in listed],
        )

    @cached_property
    def _titles(self) -> dict[int, str]:
        return _known_now(ProposalDetails, "proposal", "title", self._proposals)

    @cached_property
    def _touched(self) -> dict[int, set[Subject]]:
        """The categories and documents that each proposal would affect."""
        found: dict[int, set[Subject]] = defaultdict(set)
        for batch in in_batches(self._proposals):
            live = Impact.objects.known_at(None).filter(proposal__in=batch)
            for proposal, kind, affected in live.values_list("proposal", "kind", "affected"):
                found[proposal] |= _touched(kind, affected)
        return found

    @cached_property
    def _bodies(self) -> dict[int, str]:
        return _known_now(MeetingDetails, "meeting", "body", self._meetings)

    def heading(self, proposal: Proposal) -> tuple[str, str]:
        """Return what a proposal is called in a mail, and where its page is."""
        title = f"{proposal} {self._titles.get(proposal.pk, '')}".strip()
        return title, reverse("proposals:proposal", args=[proposal.label])

    def subjects(self, proposal: Proposal) -> set[Subject]:
        """Return a proposal, the categories and the documents that it would affect."""
        return {Subject(Kind.PROPOSAL, proposal.key), *self._touched.get(proposal.pk, ())}

    def body(self, meeting: int | None) -> str:
        """Return the body of a meeting; '' if there is none."""
        return self._bodies.get(meeting, "") if meeting else ""


def _known_now(model: Any, subject: str, value: str, ids: Iterable[int]) -> dict[int, str]:
    """Return one value of each subject, as known now."""
    found: dict[int, str] = {}
    for batch in in_batches(ids):
        live = model.objects.known_at(None).filter(**{f"{subject}__in": batch})
        found.update(live.order_by("pk").values_list(subject, value))
    return found


def _touched(kind: str, affected: str) -> set[Subject]:
    if kind == "document":
        return {Subject(Kind.DOCUMENT, document_slug(affected))}
    option = category_meant(kind, affected)
    return {Subject(Kind.CATEGORY, option.key)} if option else set()
