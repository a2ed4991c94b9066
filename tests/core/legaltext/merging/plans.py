"""What a random proposal does to the small Section: said plainly, and as operations."""

from dataclasses import dataclass, field

from hypothesis import strategies as st

from engross.core.legaltext.change_sets import (
    ChangeSet,
    Delete,
    EditTable,
    Operation,
    Piece,
    Replace,
    Slot,
    Split,
)
from engross.core.legaltext.marks import edited_text
from engross.core.legaltext.provisions import Provision, short_hash
from tests.core.legaltext.merging.drafting import (
    PLACES,
    TEXTS,
    head,
    insert,
    join,
    key,
    move,
    not_used,
    provision,
    renumber,
    was_at,
)

NUMBERS = [part.number for part in PLACES.provisions if part is not None]
PARENTS = {
    part.number: PLACES.number(PLACES.parents[node]) or "E"
    for node, part in enumerate(PLACES.provisions)
    if part is not None
}
TEXTED = [number for number in NUMBERS if TEXTS[key(number)]]
LEAVES = [number for number in TEXTED if number not in PARENTS.values()]
REACH = 14  # edits lie in the first code points, so that they meet
Span = tuple[int, int, str]
Place = tuple[str, str | None]  # under, after


@dataclass
class Plan:
    """A proposal; `cuts` part a text at a space."""

    edits: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    heads: dict[str, str | None] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    not_used: set[str] = field(default_factory=set)
    moved: dict[str, Place] = field(default_factory=dict)
    added: list[tuple[str, str | None, str, str]] = field(default_factory=list)
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    rows: dict[int, str] = field(default_factory=dict)
    cuts: dict[str, int] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)


def within(number: str, above: str) -> bool:
    """Return whether one clause is, or stands under, another."""
    while number in PARENTS:
        if number == above:
            return True
        number = PARENTS[number]
    return number == above


def siblings(parent: str) -> list[str]:
    """Return what stands under a clause or Section."""
    return [number for number in NUMBERS if PARENTS[number] == parent]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Give a proposal that hangs together: it does nothing to what it takes away."""
    plan = Plan()
    for _ in range(draw(st.integers(1, 3))):
        draw(st.sampled_from(DRAWN))(draw, plan)
    _prune(plan)
    return plan


def _edit(draw: st.DrawFn, plan: Plan) -> None:
    number = draw(st.sampled_from(TEXTED))
    ends = draw(st.lists(st.integers(0, REACH), min_size=2, max_size=4))
    offsets = sorted(min(end, len(TEXTS[key(number)])) for end in ends[: len(ends) // 2 * 2])
    pairs = list(zip(offsets[::2], offsets[1::2], strict=True))
    if len(pairs) == 2 and pairs[0][1] >= pairs[1][0]:
        pairs = pairs[:1]
    spans = [(a, b, draw(st.sampled_from(["X", "Y", ""]))) for a, b in pairs]
    plan.edits[number] = tuple(span for span in spans if span[0] < span[1] or span[2])


def _head(draw: st.DrawFn, plan: Plan) -> None:
    number = draw(st.sampled_from(["D7", "D8", "D7.4"]))
    plan.heads[number] = draw(st.sampled_from([None, "One", "Two"]))


def _number(draw: st.DrawFn, plan: Plan) -> None:
    number = draw(st.sampled_from(["D7.4", "D8.2", "D9"]))
    plan.numbers[number] = draw(
        st.sampled_from([f"{number}A", number[:-1] + "5", number[:-1] + "6"])
    )


def _delete(draw: st.DrawFn, plan: Plan) -> None:
    plan.deleted.add(draw(st.sampled_from(NUMBERS)))


def _not_used(draw: st.DrawFn, plan: Plan) -> None:
    plan.not_used.add(draw(st.sampled_from(TEXTED)))


def _move(draw: st.DrawFn, plan: Plan) -> None:
    if not plan.moved:
        number = draw(st.sampled_from([n for n in NUMBERS if n != "E1"]))
        under = draw(st.sampled_from([n for n in ("D", *NUMBERS) if not within(n, number)]))
        after = draw(st.sampled_from([None, *(n for n in siblings(under) if n != number)]))
        plan.moved[number] = (under, after)


def _add(draw: st.DrawFn, plan: Plan) -> None:
    under = draw(st.sampled_from(["D7", "D8", "D7.2", "D7.4"]))
    after = draw(st.sampled_from([None, *siblings(under)]))
    label = draw(st.sampled_from(["(c)", "(d)"] if under.count(".") else [".4A", ".5", ".6"]))
    plan.added.append((under, after, under + label, draw(st.sampled_from(["One.", "Two."]))))


def _cell(draw: st.DrawFn, plan: Plan) -> None:
    row, column = draw(st.integers(0, 2)), draw(st.integers(0, 1))
    plan.cells[row, column] = draw(st.sampled_from(["One", "Two"]))


def _row(draw: st.DrawFn, plan: Plan) -> None:
    plan.rows[draw(st.integers(0, 2))] = draw(st.sampled_from(["", "One", "Two"]))


def _cut(draw: st.DrawFn, plan: Plan) -> None:
    number = draw(st.sampled_from(LEAVES))
    spaces = [at for at, mark in enumerate(TEXTS[key(number)][:REACH]) if mark == " "]
    if spaces and not plan.cuts:
        plan.cuts[number] = draw(st.sampled_from(spaces))


def _join(draw: st.DrawFn, plan: Plan) -> None:
    one, other = draw(st.permutations(["D7.2(a)", "D7.2(b)", "D8.1"]))[:2]
    plan.joined = {one: other}


DRAWN = [_edit, _edit, _edit, _head, _number, _delete, _delete, _not_used, _move, _add, _add]
DRAWN += [_cell, _row, _cut, _join]


def _prune(plan: Plan) -> None:
    """Take out what one proposal would not do: work on what it takes away, or part it twice."""
    for number in list(plan.moved):
        if any(
            within(number, gone) or within(plan.moved[number][0], gone) for gone in plan.deleted
        ):
            plan.moved = {}
    plan.deleted = {
        gone
        for gone in plan.deleted
        if not any(other != gone and within(gone, other) for other in plan.deleted)
    }
    plan.joined = {
        one: other
        for one, other in plan.joined.items()
        if not {one, other} & {*plan.moved, *plan.not_used, *plan.cuts, *plan.numbers}
    }
    taken = plan.deleted | set(plan.joined.values())

    def stays(number: str) -> bool:
        return not any(within(number, gone) for gone in taken)

    plan.joined = {
        one: other
        for one, other in plan.joined.items()
        if not any(within(number, gone) for gone in plan.deleted for number in (one, other))
    }
    plan.moved = {number: at for number, at in plan.moved.items() if stays(at[0])}
    plan.not_used = {number for number in plan.not_used if stays(number)}
    for named in (plan.edits, plan.heads, plan.numbers, plan.moved, plan.cuts):
        for number in list(named):
            if not stays(number):
                del named[number]  # type: ignore[attr-defined]
    plan.edits = {
        number: spans
        for number, spans in plan.edits.items()
        if number not in plan.not_used
        and number not in plan.joined
        and spans
        and edited(number, spans) not in (TEXTS[key(number)], "[Not Used]")
    }
    plan.cuts = {
        number: at
        for number, at in plan.cuts.items()
        if number not in plan.not_used and number not in plan.edits and number not in plan.moved
    }
    plan.added = [
        one for one in plan.added if stays(one[0]) and one[0] not in plan.not_used
    ][:1]  # fmt: skip
    plan.added = [one for one in plan.added if one[1] is None or one[1] not in plan.moved]
    # What is added is numbered as its own proposal has the clause above it: kept simple here.
    plan.numbers = {
        number: new
        for number, new in plan.numbers.items()
        if not any(within(PARENTS[number], away) for away in plan.moved)
    }
    given = [*plan.moved, *plan.numbers]
    plan.added = [one for one in plan.added if not any(within(one[0], new) for new in given)]
    plan.cuts = {
        number: at
        for number, at in plan.cuts.items()
        if not any(within(PARENTS[number], new) for new in given)
    }
    table = stays("D7.3") and "D7.3" not in plan.not_used
    plan.rows = dict(plan.rows) if table else {}
    plan.cells = {
        place: text for place, text in plan.cells.items() if table and place[0] not in plan.rows
    }


def edited(number: str, spans: tuple[Span, ...]) -> str:
    """Return a clause's text with spans changed."""
    text = TEXTS[key(number)]
    return edited_text(text, [(a, text[a:b], new) for a, b, new in spans])


def change_set(name: str, plan: Plan) -> ChangeSet:
    """Return a plan as a change set."""
    return ChangeSet(name, tuple(_operations(plan)))


def _operations(plan: Plan) -> list[Operation]:
    found: list[Operation] = [head(number, new) for number, new in plan.heads.items()]
    for number, spans in plan.edits.items():
        text = TEXTS[key(number)]
        edits = tuple((a, text[a:b], new) for a, b, new in spans)
        hashes = short_hash(text), short_hash(edited(number, spans))
        found.append(Replace(key(number), hashes, edits))
    found += [renumber(number, new) for number, new in plan.numbers.items()]
    found += [_deletion(number, plan) for number in plan.deleted]
    found += [not_used(number) for number in plan.not_used]
    found += [move(number, *place, now=number) for number, place in plan.moved.items()]
    for count, (under, after, number, text) in enumerate(plan.added, start=1):
        found.append(insert(under, after, number, text, name=f"+{count}"))
    for number, at in plan.cuts.items():
        slot = Slot(was_at(number).under, key(number))
        piece = Piece(("+9", key(f"{number}Z")), slot, " ", f"{number}Z")
        found.append(Split(key(number), (at,), (piece,)))
    found += [join(one, other) for one, other in plan.joined.items()]
    if plan.cells or plan.rows:
        found.append(_table(plan))
    return found


def _deletion(number: str, plan: Plan) -> Delete:
    def left(part: Provision) -> Provision:
        children = tuple(left(child) for child in part.children if child.number not in plan.moved)
        return type(part)(
            part.id, part.number, part.heading, part.text, part.inlines, part.table, children
        )

    return Delete((key(number), f"-{number}"), was_at(number), left(provision(number)))


def _table(plan: Plan) -> EditTable:
    rows = provision("D7.3").table.rows  # type: ignore[union-attr]
    return EditTable(
        key("D7.3"),
        tuple((at, (rows[at],), ((new,),) if new else ()) for at, new in sorted(plan.rows.items())),
        tuple(
            (row, column, ((0, rows[row][column], new),))
            for (row, column), new in sorted(plan.cells.items())
        ),
    )
