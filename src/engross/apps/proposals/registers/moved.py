"""What a move wrote stays on record for as long as the move counts: it is taken back with it.

A day or a stage may be corrected, and the move follows (`queries.events`). That it never happened
is said in one way only, by taking the move back, since mail, decisions and clocks hang upon it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from django.urls import reverse

from engross.apps.proposals.models import MoveMade
from engross.apps.registers.queries import active_code, in_batches
from engross.apps.registers.registers import register_named
from engross.core.dates.wording import day_in_words
from engross.core.refusals import Reason

# A mark that the platform knows: it keeps it in a register of its own.
ON_HOLD = "on-hold"
# The day that a move writes into a row, by what it does there.
DAYS = {
    "proposal-stages": {"": "moved_on"},
    "decisions": {"": "decided_on"},
    "assessments": {"accepted": "accepted_on", "returned": "returned_on"},
    "proposal-holds": {"set": "held_from", "cleared": "held_until"},
}


def moves_behind() -> Mapping[tuple[str, str], str]:
    """Return the moves of the code that stand behind rows of registers, by what they do there."""
    return _moves_behind(active_code().key)


@cache
def _moves_behind(code_key: str) -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for option in active_code().options("proposal_moves"):
        if option.text("assessment"):
            found[option.text("assessment"), option.text("assessment_event")] = option.key
        for key, does in (("sets", "set"), ("clears", "cleared")):
            if ON_HOLD in option.texts(key):
                found[ON_HOLD, does] = option.key
    return found


def deeds() -> Mapping[str, str]:
    """Return what each move does to the row of a register that it stands behind."""
    return _deeds(active_code().key)


@cache
def _deeds(code_key: str) -> Mapping[str, str]:
    return {move: does for (_, does), move in moves_behind().items()}


def day_written(register: str, deed: str) -> str:
    """Return which day of a register's row a move writes; '' if it writes none there."""
    fields = DAYS.get(register, {})
    return fields.get("", "") or fields.get(deed, "")


def stays_as_moved(register: str) -> Callable[[set[int]], Iterable[Reason]]:
    """Return the rule that every row which a move wrote is still there, with its day."""

    def rule(touched: set[int]) -> Iterator[Reason]:
        for batch in in_batches(touched):
            made = MoveMade.objects.filter(proposal__in=batch, undoes__isnull=True)
            counted = made.filter(movemade__isnull=True).select_related("proposal")
            written = [(row, note["entry"]) for row in counted.order_by("proposal", "number")
                       for note in row.written if note["register"] == register]  # fmt: skip
            yield from _missing(register, written)

    return rule


def _missing(register: str, written: list[tuple[MoveMade, str]]) -> Iterator[Reason]:
    known: Any = register_named(register).model.objects.known_at(None)
    live = known.filter(entry__in=[entry for _, entry in written]).order_by("pk")
    rows = {str(row.entry): row for row in live} if written else {}
    for made, entry in written:
        field = day_written(register, deeds().get(made.move, ""))
        if entry not in rows or (field and getattr(rows[entry], field) is None):
            yield _take_it_back(made)


def _take_it_back(made: MoveMade) -> Reason:
    done = active_code().option("proposal_moves", made.move).text("done")
    label = made.proposal.label
    return Reason(
        f"'{done}' of {day_in_words(made.made_on)} wrote this about {label}, and that move counts",
        "Take the move back instead, or correct its day here",
        href=reverse("proposals:moves", args=[label]),
    )
