"""The register of who holds which seat of which body."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from engross.apps.registers.queries import active_code
from engross.apps.registers.registers import HELD_COLUMNS, Register, add_register
from engross.apps.votes.models import SeatHolding
from engross.core.refusals import Reason
from engross.core.registers.columns import Column, Kind, Value
from engross.core.registers.timelines import Telling


def _place_is_there(values: Mapping[str, Value]) -> Iterable[Reason]:
    """Return the reason against a number that the group has no seat for."""
    held_from = values["held_from"]
    on = held_from if isinstance(held_from, date) else None
    try:
        option = active_code().option("body_seats", str(values["seat"]), on)
    except LookupError:
        yield Reason(f"{values['seat']} has no seats on {on}", "a seat that there is on that day")
        return
    numbers = [str(number) for number in range(1, option.number("seats") + 1)]
    if not option.flag("is_per_voting_group") and values["place"] not in numbers:
        yield Reason(f"the place {values['place']}", f"a number from 1 to {numbers[-1]}")


def _one_holder_at_a_time(touched: set[int]) -> Iterable[Reason]:
    # A row has no identity of its own, so all are looked at: there are a few hundred in a life.
    rows = SeatHolding.objects.known_at(None).order_by("seat", "place", "held_from", "pk")
    for one, other in pairwise(rows):
        is_same = (one.seat, one.place) == (other.seat, other.place)
        if is_same and (one.held_until is None or one.held_until > other.held_from):
            what = f"{other.seat} {other.place} would have two holders on {other.held_from}"
            yield Reason(what, "End the one where the other begins")


seat_holdings = add_register(
    Register(
        name="seat-holdings",
        title="Seats held",
        meaning="Which organisation holds which seat of which body, from when until when",
        model=SeatHolding,
        columns=(
            Column("seat", "The body's group of seats", Kind.CHOICE, required=True,
                   choices="body_seats", example="cb-networks"),
            Column("place", "The seat's number there, or the Voting Group that it belongs to",
                   Kind.IDENTIFIER, required=True, longest=120, example="1"),
            Column("organisation", "The organisation that holds it", required=True, longest=200,
                   example="Fictional Grid plc"),
            *HELD_COLUMNS,
        ),
        key=("seat", "place", "held_from"),
        order=("seat", "place", "held_from"),
        filters=("seat",),
        row_rules=_place_is_there,
        sheet_rules=_one_holder_at_a_time,
        tells=(Telling("held_from", "{organisation} holds {seat} {place}"),
               Telling("held_until", "{organisation} no longer holds {seat} {place}")),
    )
)  # fmt: skip
