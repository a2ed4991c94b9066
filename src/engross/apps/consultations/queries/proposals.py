"""What consultations tell of proposals: a part of the page, and what is on file."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from engross.apps.consultations.models import Consultation
from engross.apps.consultations.queries.kinds import kind_of
from engross.apps.consultations.queries.responses import count_of_responses
from engross.apps.dates.queries import day_of
from engross.apps.proposals.queries import PanelAsked
from engross.apps.registers.queries import active_code
from engross.core.consultations.states import State
from engross.core.proposals.framework.facts import Fact

_CLOSED = (State.CLOSED, State.PUBLISHED)


def facts_on_file(proposals: Collection[int], on: date) -> Mapping[int, Iterable[Fact]]:
    """Return for each proposal the consultations that were closed by the end of a day."""
    kinds = {each.key: each.text("files") for each in active_code().options("consultation_kinds")}
    rows = Consultation.objects.filter(
        proposal__in=list(proposals), state__in=_CLOSED, closes_on__lte=on,
        kind__in=[key for key, files in kinds.items() if files],
    )  # fmt: skip
    listed = list(rows.order_by("closes_on", "number"))
    counts = count_of_responses(each.pk for each in listed) if listed else {}
    found: dict[int, list[Fact]] = {}
    for each in listed:
        if each.proposal_id is not None and each.closes_on is not None:
            fact = Fact(kinds[each.kind], each.closes_on, _told(each, counts.get(each.pk, 0)))
            found.setdefault(each.proposal_id, []).append(fact)
    return found


def _told(row: Consultation, count: int) -> str:
    return f"{row.reference}: {count} answer{'' if count == 1 else 's'}"


def panel_of(asked: PanelAsked) -> Mapping[str, Any] | None:
    """Return the consultations about a proposal for its page; two queries at the most."""
    found = Consultation.objects.filter(proposal=asked.proposal).order_by("-number")
    if not asked.reader.handles_all:
        found = found.exclude(state=State.DRAFT)
    if asked.as_at:
        found = found.filter(opened_on__lte=asked.as_at)
    rows = list(found) if asked.about.is_named_in(Consultation) else []
    if not rows and (asked.as_at or not asked.reader.handles_all):
        return None
    counts = count_of_responses(each.pk for each in rows) if rows else {}
    return {
        # Who may begin one about the proposal, begins it here.
        "begin": asked.proposal.label if asked.reader.handles_all and not asked.as_at else "",
        "rows": [
            {"row": each, "kind": kind_of(each).name, "answers": counts.get(each.pk, 0),
             "state": _state_on(each, asked.as_at)}
            for each in rows
        ]
    }  # fmt: skip


def _state_on(row: Consultation, as_at: date | None) -> str:
    """Return where a consultation stands, or stood at the end of a day."""
    if as_at is None or row.state == State.DRAFT:
        return row.state
    if row.closes_on is None or row.closes_on > as_at:
        return State.OPEN.value
    published = row.published_at and day_of(row.published_at) <= as_at
    return State.PUBLISHED.value if published else State.CLOSED.value
