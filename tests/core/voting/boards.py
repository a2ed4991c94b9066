"""A board to vote on: three groups, each seat held, and the choices of the SEC."""

from datetime import UTC, date, datetime, timedelta
from functools import cache

from hypothesis import strategies as st

from engross.adapters.code_folder import load_code
from engross.core.voting import (
    Ballot,
    Electorate,
    Seat,
    SeatGroup,
    SeatKey,
    Window,
    choices_of,
    rule_named,
)

DAY = date(2021, 11, 24)
OPENS = datetime(2021, 11, 24, 9, 0, tzinfo=UTC)
WINDOW = Window(OPENS, OPENS + timedelta(hours=8))
GROUPS = (
    SeatGroup("large", "Large Suppliers", "board", 3),
    SeatGroup("networks", "Networks", "board", 2),
    SeatGroup("consumer", "Consumer representative", "board", 1),
    SeatGroup("chair", "Chair", "board", 1, votes=False),
)
KEYS = [SeatKey(each.key, str(n)) for each in GROUPS for n in range(1, each.seats + 1)]


@cache
def sec():
    """Return the SEC's data."""
    return load_code("sec")


@cache
def choices():
    """Return the choices of the SEC."""
    return choices_of(sec())


def rule(key="majority-of-groups"):
    """Return a counting rule of the SEC."""
    return rule_named(sec(), key)


def board(vacant=()):
    """Return the board with the seats of `vacant` empty; person n sits on the nth seat."""
    seats = [
        Seat(key) if key in vacant else Seat(key, f"Company {n}", (n,), (n + 100,))
        for n, key in enumerate(KEYS, 1)
    ]
    return Electorate("board", DAY, GROUPS, tuple(seats))


def ballot(seat, choice, *, minutes=60, entry=0):
    """Return a ballot cast so many minutes after the vote opened."""
    return Ballot(SeatKey(*seat), choice, OPENS + timedelta(minutes=minutes), entry)


ODD_SEATS = [*KEYS, SeatKey("large", "9")]
BALLOTS = st.lists(
    st.builds(
        lambda seat, choice, minutes, entry: ballot(seat, choice, minutes=minutes, entry=entry),
        st.sampled_from(ODD_SEATS),
        st.sampled_from(["approve", "reject", "abstain", "absent", "conflict", "perhaps"]),
        st.integers(-5, 485),
        st.integers(0, 50),
    ),
    max_size=14,
)
VACANT = st.sets(st.sampled_from(KEYS), max_size=4)
RULES = st.sampled_from(["majority-of-groups", "three-groups-of-five", "majority-of-seats"])
