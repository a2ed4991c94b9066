"""The sheet in which the codes tell each other their changes each month: headings and months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from engross.core.codes.codes import Code, folded
from engross.core.registers.sheets import CellProblem

# Of a change: what may differ without its impact having to be looked at again.
NOT_MATERIAL = frozenset({"last_updated", "link"})

# What one row of a sheet says, by column, as text.
Content = Mapping[str, str]


@dataclass(frozen=True)
class Heading:
    """A heading of the sheet: the column it stands for, how it is printed, how else written."""

    column: str
    printed: str
    words: tuple[str, ...]


def headings_of(code: Code) -> tuple[Heading, ...]:
    """Return the headings of the sheet in their order."""
    options = sorted(
        code.options("central_register_columns"), key=lambda each: each.number("order")
    )
    return tuple(
        Heading(each.key.replace("-", "_"), each.name, (each.key, each.name, *each.aliases))
        for each in options
    )


def columns_under(
    cells: Sequence[object], headings: Sequence[Heading], *, required: Sequence[str]
) -> tuple[dict[str, int], list[CellProblem]]:
    """Return at which place of a header row each column stands, and what is wrong with the row.

    An empty heading is passed over, one that nobody knows is a problem.
    """
    known = {_plain(word): each.column for each in headings for word in each.words}
    printed = {each.column: each.printed for each in headings}
    places: dict[str, int] = {}
    problems: list[CellProblem] = []
    for place, cell in enumerate(cells):
        title = str(cell or "").strip()
        column = known.get(_plain(title), "")
        if not title:
            continue
        if not column:
            near = get_close_matches(_plain(title), list(known), n=1)
            hint = printed[known[near[0]]] if near else ", ".join(printed.values())
            problems.append(
                CellProblem(1, title[:60], f"a heading of the sheet: {hint}", title[:60])
            )
        elif column in places:
            problems.append(CellProblem(1, title[:60], "each heading once", "it stands twice"))
        else:
            places[column] = place
    problems += [
        CellProblem(1, printed[each], "this heading", "no such heading")
        for each in required
        if each not in places
    ]
    return places, problems


def _plain(title: str) -> str:
    return folded(title.replace("_", " ").replace("-", " "))


class Difference(NamedTuple):
    """A cell that differs between two months."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class SheetDiff:
    """What differs between two months' sheets, by the changes' keys in order."""

    added: tuple[str, ...] = ()
    changed: Mapping[str, tuple[Difference, ...]] | None = None
    gone: tuple[str, ...] = ()
    same: int = 0

    @property
    def changes(self) -> Mapping[str, tuple[Difference, ...]]:
        """What differs in the rows that stand in both."""
        return self.changed or {}

    def __bool__(self) -> bool:
        return bool(self.added or self.changes or self.gone)


def compare_sheets(before: Mapping[str, Content], after: Mapping[str, Content]) -> SheetDiff:
    """Return what differs between two sheets, each a row's content by the change's key."""
    changed = {
        key: found
        for key in sorted(after.keys() & before.keys())
        if (found := differences(before[key], after[key]))
    }
    return SheetDiff(
        added=tuple(sorted(after.keys() - before.keys())),
        changed=changed,
        gone=tuple(sorted(before.keys() - after.keys())),
        same=len(after.keys() & before.keys()) - len(changed),
    )


def differences(before: Content, after: Content) -> tuple[Difference, ...]:
    """Return the cells that differ between two contents of one row, in the columns' order."""
    columns = dict.fromkeys((*before, *after))
    return tuple(
        Difference(name, before.get(name, ""), after.get(name, ""))
        for name in columns
        if before.get(name, "") != after.get(name, "")
    )


def needs_new_review(reviewed: Content | None, now: Content | None) -> bool:
    """Say whether a change's impact is to be looked at: never yet, or not as it reads now.

    `reviewed` is how it read when it was looked at, `now` how it reads; a change that is no
    longer on record needs none.
    """
    if now is None:
        return False
    if reviewed is None:
        return True
    return any(each.column not in NOT_MATERIAL for each in differences(reviewed, now))
