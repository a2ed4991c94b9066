"""A conflict is found if and only if two proposals are in conflict.

What is in conflict is said once more here, in the most obvious way: by painting code points and the
gaps between them, and by looking at every pair of proposals and every clause.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from engross.core.legaltext.merging import merge
from engross.core.legaltext.provisions import provisions_of
from tests.core.legaltext.merging.drafting import BASE, TEXTS, key
from tests.core.legaltext.merging.plans import (
    NUMBERS,
    PARENTS,
    Plan,
    Span,
    change_set,
    edited,
    plans,
    within,
)

Found = set[tuple[str, str]]


def conflicts(some: Sequence[Plan]) -> Found:
    """Return every conflict but those of numbers that two clauses bear: kind and clause."""
    found: Found = set()
    forms = {number: _forms(number, some) for number in NUMBERS}
    taken: defaultdict[str, list[bool]] = defaultdict(list)
    for one, other in combinations(range(len(some)), 2):
        found |= _named(some, one, other)
        found |= {
            (kind, number)
            for number in NUMBERS
            for kind in _texts(number, forms[number], some, one, other)
        }
        if _tables(some[one], some[other]) or _tables(some[other], some[one]):
            found.add(("table", "D7.3"))
        found |= _joins(some[one], some[other])
    for one, other in permutations(some, 2):
        for gone, enters in _undone(one, other):
            taken[gone].append(enters)
        found |= {("cut", number) for number in _unjoined(one, other)}
    joined = {number for kind, number in found if kind == "cut"}
    for gone, enters in taken.items():
        found.add(
            ("under-deleted" if all(enters) and gone not in joined else "edit-deletion", gone)
        )
    return found | _rings(some)


def _forms(number: str, some: Sequence[Plan]) -> list[tuple[Span, ...]]:
    """Return each plan's edits of a text; the first plan's where another gives the same text."""
    first: dict[str, tuple[Span, ...]] = {}
    return [
        first.setdefault(edited(number, plan.edits[number]), plan.edits[number])
        if number in plan.edits
        else ()
        for plan in some
    ]


def _painted(spans: tuple[Span, ...]) -> dict[int, Span]:
    """Return the gaps (even) and code points (odd) that edits are of."""
    return {at: span for span in spans for at in range(2 * span[0], 2 * span[1] + 1)}


def _texts(
    number: str, forms: list[tuple[Span, ...]], some: Sequence[Plan], one: int, other: int
) -> Iterator[str]:
    mine, its = _painted(forms[one]), _painted(forms[other])
    if any(at in its and its[at] != span for at, span in mine.items()):
        yield "text"
    cuts = [plan.cuts.get(number) for plan in (some[one], some[other])]
    if None not in cuts and cuts[0] != cuts[1]:
        yield "cut"
    for cut, painted in ((cuts[0], its), (cuts[1], mine)):
        # The space at the cut is taken away with it: an edit must not be of it.
        if cut is not None and 2 * cut + 1 in painted:
            yield "cut"


def _named(some: Sequence[Plan], one: int, other: int) -> Found:
    mine, its = some[one], some[other]
    found: Found = set()
    for number in NUMBERS:
        if number in mine.heads and number in its.heads and mine.heads[number] != its.heads[number]:
            found.add(("heading", number))
        both = number in mine.moved and number in its.moved
        if both and mine.moved[number] != its.moved[number]:
            found.add(("destinations", number))
        numbered = [plan.numbers.get(number) for plan in (mine, its)]
        movers = [plan for plan in some if number in plan.moved]
        torn = len({plan.moved[number] for plan in movers}) > 1
        counts = not movers or (not torn and both)
        if counts and None not in numbered and numbered[0] != numbered[1]:
            found.add(("number", number))
    return found


def _tables(one: Plan, other: Plan) -> bool:
    cells = any(other.cells.get(place, text) != text for place, text in one.cells.items())
    rows = any(other.rows.get(row, text) != text for row, text in one.rows.items())
    return cells or rows or any(row in one.rows for row, _ in other.cells)


def _acts(plan: Plan) -> Iterator[tuple[str, bool, bool]]:
    """Yield what a plan works on, whether it puts something there, and whether only its text."""
    yield from ((number, False, True) for number in plan.edits)
    yield from ((number, False, True) for number in plan.not_used)
    yield from ((number, False, False) for number in (*plan.heads, *plan.moved, *plan.cuts))
    yield from ((number, False, False) for number in (*plan.joined, *plan.joined.values()))
    yield from (("D7.3", False, False) for _ in (*plan.cells, *plan.rows))
    yield from ((under, True, False) for under, *_ in plan.added)
    yield from ((under, True, False) for under, _ in plan.moved.values())


def _undone(taker: Plan, worker: Plan) -> Iterator[tuple[str, bool]]:
    """Yield what one takes away while the other works on it, and whether that only puts there."""
    for number, enters, _ in _acts(worker):
        for gone in taker.deleted:
            spared = [away for away in taker.moved if within(away, gone) and away != gone]
            if within(number, gone) and not any(within(number, away) for away in spared):
                yield gone, enters
        rests = number in taker.not_used and number not in worker.not_used
        if rests and (enters or number not in worker.moved or _works(worker, number)):
            yield number, enters


def _works(plan: Plan, number: str) -> bool:
    """Return whether a plan does more to a clause than move it."""
    return any(
        other == number and not enters
        for other, enters, _ in _acts(Plan(**{**vars(plan), "moved": {}}))
    )


def _unjoined(taker: Plan, worker: Plan) -> Iterator[str]:
    """Yield what one joins to another clause while the other does more than edit its text."""
    for one, gone in taker.joined.items():
        for number, _, text_only in _acts(worker):
            joins_it = worker.joined.get(one) == gone or gone in worker.joined.values()
            if number == gone and not text_only and not (joins_it and gone not in worker.joined):
                yield gone


def _joins(one: Plan, other: Plan) -> Found:
    """Return texts that two plans join to different ones, or to which they join different ones."""
    found: Found = set()
    for target, piece in one.joined.items():
        for its, theirs in other.joined.items():
            if piece == theirs and target != its:
                found.add(("cut", piece))
            if target == its and piece != theirs:
                found.add(("cut", target))
        if target in other.cuts:
            found.add(("cut", target))
    for target in other.joined:
        if target in one.cuts:
            found.add(("cut", target))
    return found


def _rings(some: Sequence[Plan]) -> Found:
    """Return the first clause of each ring of moves; moves to two places are another conflict."""
    to = {number: under for plan in some for number, (under, _) in plan.moved.items()}
    found: Found = set()
    for number in to:
        ring, above = [], number
        for _ in range(20):
            if above in to:
                ring.append(above)
            above = to.get(above, PARENTS.get(above, ""))
            if above == number:
                found.add(("cycle", min(ring, key=NUMBERS.index)))
                break
    return found


def _has_two_places(some: Sequence[Plan]) -> bool:
    places = {(number, place[0]) for plan in some for number, place in plan.moved.items()}
    return len(places) != len({number for number, _ in places})


def numbers_twice(some: Sequence[Plan]) -> set[str]:
    """Return the numbers that clauses bear twice in what plans, not in conflict, give together."""
    together = _numbered(some)
    alone = [_numbered([plan]) for plan in some]
    found = set()
    for one, other in combinations(sorted(together), 2):
        same = together[one] == together[other]
        if same and not any(
            own.get(one) is not None and own.get(one) == own.get(other) for own in alone
        ):
            above = [_above(name, some) for name in (one, other)]
            if not (above[0] != above[1] and together.get(above[0], 0) == together.get(above[1])):
                found.add(together[one])
    return found


def _numbered(some: Sequence[Plan]) -> dict[str, str]:
    """Return the number of every clause that is there when all plans are carried out."""
    labels = {number: number[len(PARENTS[number]) :] for number in NUMBERS}
    above = dict(PARENTS)
    for plan in some:
        for number, new in plan.numbers.items():
            if number in plan.moved or not any(number in other.moved for other in some):
                labels[number] = new[len(PARENTS[number]) :]
    labels["E1"], above["E1"] = "1", "E"
    for plan in some:
        for number, (under, _) in plan.moved.items():
            above[number] = under
        for under, _, number, text in plan.added:
            above[f"+{number}{text}"], labels[f"+{number}{text}"] = under, number[len(under) :]
        for number in plan.cuts:
            above[f"+{number}Z"] = PARENTS[number]
            labels[f"+{number}Z"] = f"{number}Z"[len(PARENTS[number]) :]
    gone = {number for plan in some for number in (*plan.deleted, *plan.joined.values())}

    def whole(name: str) -> str | None:
        if name in ("D", "E"):
            return name
        over = None if name in gone else whole(above[name])
        return None if over is None else over + labels[name]

    return {name: number for name in labels if (number := whole(name)) is not None}


def _above(name: str, some: Sequence[Plan]) -> str:
    for plan in some:
        if name in plan.moved:
            return plan.moved[name][0]
        for under, _, number, text in plan.added:
            if name == f"+{number}{text}":
                return under
        for number in plan.cuts:
            if name == f"+{number}Z":
                return PARENTS[number]
    return PARENTS[name]


@given(st.lists(plans(), min_size=2, max_size=3))
@settings(max_examples=300, deadline=None)
def test_a_conflict_is_found_if_and_only_if_two_proposals_are_in_conflict(some):
    sets = [change_set(f"MP{count}", plan) for count, plan in enumerate(some, start=1)]
    merged = merge(BASE, sets)
    found = {
        (conflict.kind, conflict.key.partition("/")[2])
        for conflict in merged.conflicts
        if not conflict.kind.endswith("-number")
    }
    expected = conflicts(some)
    # What hangs together is one conflict: a cut, and edits that meet over it.
    found, expected = (
        {one for one in each if one[0] != "text" or ("cut", one[1]) not in each}
        for each in (found, expected)
    )
    if _has_two_places(some):
        found, expected = ({one for one in each if one[0] != "cycle"} for each in (found, expected))

    assert found == expected
    if not expected:
        twice = {
            conflict.key.partition("/")[2]
            for conflict in merged.conflicts
            if conflict.kind.endswith("-number")
        }
        assert twice == numbers_twice(some)


def test_the_clauses_of_the_plans_have_texts():
    assert all(key(number) in TEXTS for number in NUMBERS)


@given(st.lists(plans(), min_size=2, max_size=3))
@settings(max_examples=150, deadline=None)
def test_without_conflicts_all_that_is_put_is_there_and_all_that_is_taken_is_gone(some):
    sets = [change_set(f"MP{count}", plan) for count, plan in enumerate(some, start=1)]
    merged = merge(BASE, sets)
    if not merged.complete:
        return
    parted = {number for plan in some for number in (*plan.cuts, *plan.joined)}
    there = [part.text for part in provisions_of(merged.code) if part.text]
    added = {(number, text) for plan in some for _, _, number, text in plan.added}
    kept = [text for number in NUMBERS if number not in parted for text in _wanted(number, some)]
    for text in (*kept, *(text for _, text in added)):
        assert text in there
        there.remove(text)
    pieces = sum(len(plan.joined) + 2 * len(plan.cuts) for plan in some)
    assert len(there) <= pieces


def _wanted(number: str, some: Sequence[Plan]) -> list[str]:
    """Return a clause's text with every plan's edits in it; none where one takes it away."""
    for plan in some:
        if number in plan.joined.values():
            return []
        if any(_goes_with(number, gone, plan) for gone in plan.deleted):
            return []
    if any(number in plan.not_used for plan in some):
        return ["[Not Used]"]
    spans = {span for form in _forms(number, some) for span in form}
    text = edited(number, tuple(sorted(spans)))
    return [text] if text else []


def _goes_with(number: str, gone: str, plan: Plan) -> bool:
    """Say whether a clause goes with what a plan takes away: it moves nothing out from under it."""
    spared = any(within(number, away) and within(away, gone) for away in plan.moved)
    return within(number, gone) and not spared
