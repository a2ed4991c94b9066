"""What a person wants to see of tracked changes: where, what kind, which words, who and when."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from engross.core.legaltext.tracked import (
    Fate,
    Place,
    Revision,
    Side,
    State,
    TrackedParagraph,
    TrackedText,
    stands,
)
from engross.core.legaltext.tracked_sides import groups, row_and_cell, says

_SIDES: tuple[Side, Side] = ("before", "after")
_KINDS: dict[State, str] = {
    "inserted": "inserted", "deleted": "deleted", "moved-to": "moved", "moved-from": "moved",
    "passing": "passing",
}  # fmt: skip


class Change(msgspec.Struct, frozen=True, gc=False):
    """A paragraph that changed, or several that were joined or split.

    `kinds` say how: inserted, deleted, moved or changed; joined, split; renumbered, formatting,
    paragraph, numbering…; a row or cell inserted or deleted; 'passing' where words were put in and
    taken out again. The numbers are '' where there is none. `tokens` are words with '=' for kept,
    '-' for gone and '+' for new; a paragraph's end within them is a line feed. `story` names a
    note, header or box; `moves` are the names that bring a move's two ends together.
    """

    kinds: tuple[str, ...]
    number_before: str = ""
    number_after: str = ""
    tokens: tuple[tuple[str, str], ...] = ()
    revisions: tuple[Revision, ...] = ()
    moves: tuple[str, ...] = ()
    place: Place | None = None
    story: str = ""


def changes_of(text: TrackedText) -> list[Change]:
    """Return every change of a text: layouts and tables, then the main text, notes and the rest.

    A paragraph whose number alone differs, because one before it came or went, is 'renumbered'.
    """
    found = [
        Change((change.what,), revisions=(change.revision,))
        for change in (*text.changes, *(one for table in text.tables for one in table.changes))
    ]
    found += _changes(text, text.paragraphs, "")
    for story in text.stories:
        found += _changes(text, story.paragraphs, story.name)
    return found


def _changes(
    text: TrackedText, paragraphs: Sequence[TrackedParagraph], story: str
) -> Iterator[Change]:
    sides = {side: groups(paragraphs, text.tables, side) for side in _SIDES}
    ends = {side: {group[-1] for group in found} for side, found in sides.items()}
    for first, last in _blocks(paragraphs, sides):
        block = _Block(text, paragraphs, first, last, ends)
        if kinds := block.kinds():
            yield block.change(kinds, story)


def _blocks(
    paragraphs: Sequence[TrackedParagraph], sides: dict[Side, list[tuple[int, ...]]]
) -> Iterator[tuple[int, int]]:
    """Yield the first and last index of paragraphs that are one paragraph on either side."""
    linked = [False] * len(paragraphs)
    for side, found in sides.items():
        for group in found:
            # One that says nothing and has no mark there only looks as if it joined the next.
            members = [one for one in group[:-1] if says(paragraphs[one], side)]
            if members:
                linked[members[0] : group[-1]] = [True] * (group[-1] - members[0])
    first = 0
    for index, is_linked in enumerate(linked):
        if not is_linked:
            yield first, index
            first = index + 1


class _Block:
    """Paragraphs of the file that are looked at together."""

    def __init__(
        self,
        text: TrackedText,
        paragraphs: Sequence[TrackedParagraph],
        first: int,
        last: int,
        ends: dict[Side, set[int]],
    ) -> None:
        self.paragraphs = paragraphs[first : last + 1]
        self.place = self.paragraphs[0].place
        self.around = row_and_cell(text.tables, self.place)
        self.ends: dict[Side, list[TrackedParagraph]] = {
            side: [paragraphs[one] for one in range(first, last + 1) if one in ends[side]]
            for side in _SIDES
        }
        self.fates = [
            *(piece.fate for one in self.paragraphs for piece in one.pieces if piece.text),
            *(one.mark for one in self.paragraphs),
        ]

    def kinds(self) -> tuple[str, ...]:
        """Return how the block changed; nothing if it did not."""
        before, after = self.ends["before"], self.ends["after"]
        found: list[str] = []
        states = {fate.state for fate in self.fates} - {"kept"}
        for what, fate in zip(("cell", "row"), self.around[:2], strict=False):
            if fate.state in _KINDS:
                found.append(f"{what} {_KINDS[fate.state]}")
        if states - {"passing"} or found:
            found.insert(0, self._main_kind(states))
        if "passing" in states:
            found.append("passing")
        if before and after:
            if len(before) != len(after):
                found.append("joined" if len(before) > len(after) else "split")
            elif before[0].number_before != after[0].number_after:
                found.append("renumbered")
        found += [change.what for one in self.paragraphs for change in one.changes]
        return tuple(dict.fromkeys(found))

    def _main_kind(self, states: set[State]) -> str:
        signs = {sign for sign, _ in self.tokens()}
        moved = states <= {"moved-to", "moved-from", "passing"} and states - {"passing"}
        if signs <= {"+"} and not self.ends["before"]:
            return "moved" if moved else "inserted"
        if signs <= {"-"} and not self.ends["after"]:
            return "moved" if moved else "deleted"
        return "changed"

    def tokens(self) -> list[tuple[str, str]]:
        """Return the words, each run with what became of it."""
        found: list[tuple[str, str]] = []
        for position, one in enumerate(self.paragraphs):
            for piece in one.pieces:
                self._add(found, piece.fate, piece.text)
            if position + 1 < len(self.paragraphs):
                self._add(found, one.mark, "\n")
        return found

    def _add(self, tokens: list[tuple[str, str]], fate: Fate, text: str) -> None:
        there = [all(stands(one, side) for one in (fate, *self.around)) for side in _SIDES]
        if not text or not any(there):
            return
        sign = "=" if all(there) else "-" if there[0] else "+"
        if tokens and tokens[-1][0] == sign:
            tokens[-1] = (sign, tokens[-1][1] + text)
        else:
            tokens.append((sign, text))

    def change(self, kinds: tuple[str, ...], story: str) -> Change:
        """Return the block as a change of these kinds."""
        before, after = self.ends["before"], self.ends["after"]
        revisions = tuple(_acts(self.fates, self.around, self.paragraphs))
        worded = any(kind != "renumbered" for kind in kinds)
        return Change(
            kinds,
            before[0].number_before if before else "",
            after[0].number_after if after else "",
            tuple(self.tokens()) if worded else (),
            revisions,
            tuple(dict.fromkeys(act.move for act in revisions if act.move)),
            self.place,
            story,
        )


def _acts(
    fates: Iterable[Fate], around: Iterable[Fate], paragraphs: Iterable[TrackedParagraph]
) -> list[Revision]:
    """Return who did what when, once each: the file's ids of the parts of one act differ."""
    acts: dict[tuple[str, ...], Revision] = {}
    every = [act for fate in (*fates, *around) for act in (fate.arrival, fate.departure)]
    every += [change.revision for one in paragraphs for change in one.changes]
    for act in every:
        if act is not None:
            acts.setdefault((act.kind, act.author, act.date, act.move), act)
    return list(acts.values())
