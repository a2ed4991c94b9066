"""A small Section to merge changes of, and short ways to write operations on it."""

from collections.abc import Iterable

from engross.core.legaltext.change_sets import (
    ChangeSet,
    Delete,
    Insert,
    Join,
    Move,
    Operation,
    Piece,
    Renumber,
    Replace,
    SetHeading,
    Slot,
    Split,
)
from engross.core.legaltext.merging import Conflict, Merged, merge
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import (
    NOT_USED,
    Code,
    Document,
    Provision,
    Table,
    provisions_of,
    short_hash,
)

SENDS = "The Panel shall send a report to each Party. It may ask for more."
D7 = Provision(
    number="D7",
    heading="Reports",
    children=(
        Provision(number="D7.1", text=SENDS),
        Provision(
            number="D7.2",
            text="A report names:",
            children=(
                Provision(number="D7.2(a)", text="what was done; and"),
                Provision(number="D7.2(b)", text="what it cost."),
            ),
        ),
        Provision(
            number="D7.3",
            text="These times hold:",
            table=Table((("Step", "Days"), ("Draft report", "5"), ("Final report", "10"))),
        ),
        Provision(number="D7.4", heading="Late reports", text="A late report is named."),
    ),
)
D8 = Provision(
    number="D8",
    heading="Votes",
    children=(
        Provision(number="D8.1", text="Each Party has a vote."),
        Provision(number="D8.2", text="A vote is cast in writing."),
    ),
)
D9 = Provision(
    number="D9", heading="Appeals", children=(Provision(number="D9.1", text="A Party may appeal."),)
)
BASE = Code(
    (
        Document("Section D", "Changes", provisions=(D7, D8, D9)),
        Document("Section E", "Data", provisions=(Provision(number="E1", text="Data is kept."),)),
    )
)
PLACES = Places(BASE)
TEXTS = {
    key: provision.text
    for key, provision in zip(PLACES.keys, PLACES.provisions, strict=True)
    if provision is not None
}


def key(number: str) -> str:
    """Return the key of a clause of Section D or E; of a Section where it is a letter alone."""
    section = f"Section {number[0]}"
    return section if len(number) == 1 else f"{section}/{number}"


def edit(number: str, *pairs: tuple[str, str]) -> Replace:
    """Change words of a clause, each (old, new); ('', new) puts words at its end."""
    text = TEXTS[key(number)]
    edits = sorted((text.index(old) if old else len(text), old, new) for old, new in pairs)
    result, grown = text, 0
    for at, old, new in edits:
        result = result[: at + grown] + new + result[at + grown + len(old) :]
        grown += len(new) - len(old)
    return Replace(key(number), (short_hash(text), short_hash(result)), tuple(edits))


def not_used(number: str) -> Replace:
    """Leave nothing but '[Not Used]' of a clause."""
    text = TEXTS[key(number)]
    hashes = short_hash(text), short_hash(NOT_USED)
    return Replace(key(number), hashes, ((0, text, NOT_USED),))


def provision(number: str) -> Provision:
    """Return a clause of the base."""
    return PLACES.provision(PLACES.nodes[key(number)])


def delete(number: str) -> Delete:
    """Take a clause away."""
    return Delete((key(number), "-1"), was_at(number), provision(number))


def was_at(number: str) -> Slot:
    """Return where a clause stands in the base."""
    node = PLACES.nodes[key(number)]
    before = PLACES.previous_sibling(node)
    after = None if before is None else PLACES.keys[before]
    return Slot(PLACES.keys[PLACES.parents[node]], after)


def insert(
    under: str,
    after: str | None,
    number: str,
    text: str = "New.",
    *,
    name: str = "+1",
    children: tuple[Provision, ...] = (),
) -> Insert:
    """Add a clause under another, after one of its own; '+1' names an addition."""
    slot = Slot(_name(under), None if after is None else _name(after))
    return Insert((name, key(number)), slot, Provision(number=number, text=text, children=children))


def _name(number: str) -> str:
    return number if number.startswith("+") else key(number)


def move(number: str, under: str, after: str | None, *, now: str = "") -> Move:
    """Put a clause under another."""
    to = Slot(_name(under), None if after is None else _name(after))
    return Move((key(number), key(now or number)), was_at(number), to)


def renumber(number: str, new: str) -> Renumber:
    """Give a clause another number."""
    return Renumber((key(number), key(new)), number, new)


def head(number: str, heading: str | None) -> SetHeading:
    """Give a clause another heading."""
    return SetHeading(key(number), provision(number).heading, heading)


def split(number: str, second: str, new: str, *, name: str = "+1") -> Split:
    """Part a clause's text before the words `second`; the space before them is the glue."""
    at = TEXTS[key(number)].index(" " + second)
    slot = Slot(was_at(number).under, key(number))
    return Split(key(number), (at,), (Piece((name, key(new)), slot, " ", new),))


def join(number: str, other: str) -> Join:
    """Put another clause's text behind a clause's own."""
    piece = Piece((key(other), "-1"), was_at(other), " ", other)
    return Join(key(number), (len(TEXTS[key(number)]),), (piece,))


def named(name: str, *operations: Operation) -> ChangeSet:
    """Return a change set."""
    return ChangeSet(name, operations)


def merged(*sets: Iterable[Operation], renumbering: bool = False) -> Merged:
    """Merge sets called MP1, MP2 ...; with one that renumbers each clause of Section D."""
    found = [named(f"MP{count}", *one) for count, one in enumerate(sets, start=1)]
    if renumbering:
        found.append(named("MP99", *(renumber(f"D{n}", f"D{n + 10}") for n in (7, 8, 9))))
    return merge(BASE, found)


def kinds(conflicts: Iterable[Conflict]) -> list[tuple[str, str]]:
    """Return what is in conflict, and where."""
    return sorted((conflict.kind, conflict.key.partition("/")[2]) for conflict in conflicts)


def texts(code: Code) -> dict[str, str]:
    """Return the texts of a code by number."""
    return {found.number: found.text for found in provisions_of(code)}


def numbers(code: Code) -> list[str]:
    """Return the numbers of a code in order."""
    return [found.number for found in provisions_of(code)]
