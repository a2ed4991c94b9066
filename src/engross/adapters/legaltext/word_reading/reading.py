"""What is known while a file is read: its styles and addresses, open fields and moves, findings."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final, TypeVar

from lxml.etree import _Element as Element

from engross.adapters.legaltext.word_reading.names import attribute, short, where
from engross.adapters.legaltext.word_reading.opening import LIMITS, Limits, Relation, too_much
from engross.adapters.legaltext.word_reading.revisions import is_revision
from engross.adapters.legaltext.word_reading.styles import Styles
from engross.core.legaltext.tracked import (
    NotUnderstood,
    PropertyChange,
    Story,
    TrackedTable,
)

_MOST_NAMED = 1000
_LONGEST = 2000
_Key = TypeVar("_Key", str, tuple[str, str])
PROOFING: Final = frozenset((
    "", "w:proofErr", "w:bookmarkEnd", "w:permStart", "w:permEnd",
    "w:commentRangeStart", "w:commentRangeEnd", "w:lastRenderedPageBreak", "w:annotationRef",
    "w:footnoteRef", "w:endnoteRef", "w:separator", "w:continuationSeparator", "w:sdtEndPr",
    "w:commentReference", "w:pgNum", "w:smartTagPr", "w:customXmlPr",
))  # fmt: skip
"""What stands among the text, is no text, and may be passed over in silence."""


@dataclass
class _Field:
    """An open field: whether its instruction is being read, what it says, and where it links."""

    in_code: bool
    instruction: str
    link: str


class Fields:
    """Open fields, outermost first; each is in its instruction or in its result."""

    def __init__(self) -> None:
        self.open: list[_Field] = []
        self._codes = 0

    @property
    def in_code(self) -> bool:
        """Whether what is read now is an instruction, and no text."""
        return self._codes > 0

    @property
    def link(self) -> str:
        """The address to which the innermost field links, '' if none does."""
        return self.open[-1].link if self.open else ""

    def begin(self) -> None:
        """Enter a field: what follows is its instruction."""
        self.open.append(_Field(True, "", self.link))
        self._codes += 1

    def separate(self) -> None:
        """Go from a field's instruction to its result."""
        if self.open and self.open[-1].in_code:
            innermost = self.open[-1]
            innermost.in_code = False
            self._codes -= 1
            words = innermost.instruction.split()
            if words and words[0].upper() == "HYPERLINK":
                innermost.link = link_of(words[1:]) or innermost.link

    def end(self) -> None:
        """Leave a field; an end without a beginning is passed over."""
        if self.open:
            self._codes -= self.open.pop().in_code

    def instruct(self, text: str) -> None:
        """Note a part of the instruction of the innermost field."""
        if self.open and self.open[-1].in_code and len(self.open[-1].instruction) < _LONGEST:
            self.open[-1].instruction += text[:_LONGEST]


def link_of(words: list[str]) -> str:
    """Return the address of a HYPERLINK field's words: a switch \\l gives a place in the file."""
    address, place, after_place = "", "", False
    for word in words:
        bare = word.strip('"')
        if word.startswith("\\"):
            after_place = word == "\\l"
        elif after_place:
            place, after_place = bare, False
        elif not address:
            address = bare
    return f"{address}#{place}" if place else address


@dataclass
class Moves:
    """The names of moves whose origin or destination is open, by the id of their range."""

    origins: dict[str, str] = field(default_factory=dict)
    destinations: dict[str, str] = field(default_factory=dict)

    def note(self, element: Element, name: str) -> bool:
        """Note where a move's range begins or ends; False if the element is neither."""
        ranges = self.origins if name.startswith("w:moveFrom") else self.destinations
        if name in ("w:moveFromRangeStart", "w:moveToRangeStart"):
            ranges[attribute(element, "id")] = attribute(element, "name")
        elif name in ("w:moveFromRangeEnd", "w:moveToRangeEnd"):
            ranges.pop(attribute(element, "id"), None)
        else:
            return False
        return True

    def name(self, element: Element) -> str:
        """Return the name of the move that an element takes part in, '' if it is no move."""
        kind = short[element.tag]
        ranges = {"w:moveFrom": self.origins, "w:moveTo": self.destinations}.get(kind)
        return next(reversed(ranges.values())) if ranges else ""


@dataclass
class Reading:
    """One file being read. `relations` are those of the part that is being read."""

    styles: Styles
    limits: Limits = LIMITS
    relations: dict[str, Relation] = field(default_factory=dict)
    part: str = ""
    tables: list[TrackedTable | None] = field(default_factory=list)
    stories: dict[str, Story] = field(default_factory=dict)
    changes: list[PropertyChange] = field(default_factory=list)
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)
    notices: Counter[str] = field(default_factory=Counter)
    fields: Fields = field(default_factory=Fields)
    moves: Moves = field(default_factory=Moves)
    boxes: int = 0
    spent_pieces: int = 0
    spent_characters: int = 0

    def strange(self, element: Element) -> None:
        """Note an element that is not known.

        One that records a revision or holds words is named as not understood; one that does
        neither, such as a mark of a newer Word, is a notice.
        """
        name = short[element.tag]
        if name == "":
            return
        if is_revision(element) or holds_words(element):
            self._count(self.unknown, (name[:200], f"{self.part}: {where(element)}"))
        else:
            self._count(self.notices, f"left out {name[:200]}, which holds no words")

    def spend(self, pieces: int, characters: int = 0) -> None:
        """Count what the text is made of. Raises Refused where it becomes too much."""
        self.spent_pieces += pieces
        self.spent_characters += characters
        if self.spent_pieces > self.limits.pieces:
            raise too_much("it has too many paragraphs, changes or cells")
        if self.spent_characters > self.limits.characters:
            raise too_much("it has too many words")

    def look_through(self, element: Element) -> None:
        """Note the revisions within something that is passed over, so that none is lost."""
        for one in element.iterdescendants():
            if is_revision(one):
                self.strange(one)

    def unread(self, element: Element) -> None:
        """Note an element that stands for text which is not in this file or part."""
        self._count(self.unknown, (short[element.tag], f"{self.part}: {where(element)}"))

    def notice(self, what: str) -> None:
        """Note something that was seen and is no text."""
        self._count(self.notices, what)

    @staticmethod
    def _count(counter: Counter[_Key], key: _Key) -> None:
        if key in counter or len(counter) < _MOST_NAMED:
            counter[key] += 1

    def not_understood(self) -> tuple[NotUnderstood, ...]:
        """Return the elements that are not understood, in the order they were met."""
        return tuple(NotUnderstood(*key, count) for key, count in self.unknown.items())

    def told(self) -> tuple[str, ...]:
        """Return the notices, with how often each holds."""
        return tuple(f"{what} ({count} times)" if count > 1 else what
                     for what, count in self.notices.items())  # fmt: skip


def holds_words(element: Element) -> bool:
    """Tell whether there is any text in an element."""
    return any(text.strip() for text in element.itertext())
