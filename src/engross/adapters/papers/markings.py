"""Marks that carry values through Markdown untouched, so that each stays what it was.

Whatever a template prints that is not its own text is replaced by a mark (a number between two
private-use characters) and put back after the Markdown was read. So no value is ever read as
Markdown, and a figure's value can be opened in the finished paper.
"""

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from engross.core.reports.papers import Block, FigureValue, Inline, Inlines, Text, plain

_START, _END = "\ue000", "\ue001"
_MARK = re.compile(f"{_START}([0-9]+){_END}")
Marked: TypeAlias = Inline | tuple[Block, ...]


class Mark(str):
    """A mark as the functions of a template hand it on."""


class Written(str):
    """Marks that stand in a template's text for good, as Jinja knows it by this method."""

    def __html__(self) -> str:
        return self


@dataclass
class Markings:
    """Everything that a template printed by a mark, in one reading of the template."""

    _held: list[Marked] = field(default_factory=list)

    def mark(self, held: Marked) -> Mark:
        """Return the mark that stands for `held`."""
        self._held.append(held)
        return Mark(f"{_START}{len(self._held) - 1}{_END}")

    def mark_text(self, text: str) -> Mark:
        """Return `text` with everything in it marked that is not marked yet."""
        pieces = _MARK.split(text)
        for place in range(0, len(pieces), 2):
            clean = pieces[place].replace(_START, "").replace(_END, "")
            pieces[place] = self.mark(Text(clean)) if clean else ""
        for place in range(1, len(pieces), 2):
            pieces[place] = f"{_START}{pieces[place]}{_END}"
        return Mark("".join(pieces))

    def inlines(self, text: str) -> Inlines:
        """Return text with marks as inlines; blocks among words are left to `blocks`."""
        pieces = _MARK.split(text)
        found: list[Inline] = []
        for place, piece in enumerate(pieces):
            held = self._held[int(piece)] if place % 2 else Text(piece)
            if isinstance(held, tuple) or held == Text(""):
                continue
            found.append(held)
        return tuple(_joined(found))

    def blocks(self, text: str) -> tuple[Block, ...] | None:
        """Return the blocks that stand for a text, if it is the mark of blocks and nothing else."""
        alone = _MARK.fullmatch(text.strip())
        held = self._held[int(alone[1])] if alone else None
        return held if isinstance(held, tuple) else None

    def plain(self, text: str) -> str:
        """Return text with every mark replaced by the words that it stands for."""
        return plain(self.inlines(text))

    @property
    def figures(self) -> tuple[str, ...]:
        """Return the names of the figures that were printed in the text."""
        return tuple(each.figure for each in self._held if isinstance(each, FigureValue))


def _joined(inlines: list[Inline]) -> list[Inline]:
    found: list[Inline] = []
    for each in inlines:
        if isinstance(each, Text) and found and isinstance(last := found[-1], Text):
            found[-1] = Text(last.text + each.text)
        else:
            found.append(each)
    return found
