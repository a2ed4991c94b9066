"""What a paragraph holds: runs, revisions, links, fields, content controls, formulas, boxes."""

from collections.abc import Callable
from typing import Final

from lxml.etree import _Element as Element

from engross.adapters.legaltext.word_reading.choices import chosen
from engross.adapters.legaltext.word_reading.formulas import read_formula
from engross.adapters.legaltext.word_reading.names import attribute, relationship, short
from engross.adapters.legaltext.word_reading.reading import PROOFING, Reading, link_of
from engross.adapters.legaltext.word_reading.revisions import revision, wider_fate
from engross.adapters.legaltext.word_reading.run_marks import PLAIN, RunMarks, read_marks
from engross.adapters.legaltext.word_reading.symbols import sign
from engross.core.legaltext.tracked import (
    BOOKMARK,
    BOOKMARK_AFTER,
    BOOKMARK_BEFORE,
    KEPT,
    Fate,
    Piece,
    PropertyChange,
    Story,
)

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EDGES = " \t\n\r"
_WORDS: Final = frozenset(("w:t", "w:delText"))
_SIGNS: Final = {
    "w:tab": "\t", "w:ptab": "\t", "w:cr": "\n", "w:noBreakHyphen": "\u2011",
    "w:softHyphen": "\u00ad",
}  # fmt: skip
_TRANSPARENT: Final = frozenset((
    "w:sdtContent", "w:smartTag", "w:customXml", "w:dir", "w:bdo", "w:rubyBase",
))  # fmt: skip


class Draft:
    """A piece that may still grow."""

    __slots__ = ("fate", "link", "marks", "story", "texts")

    def __init__(self, text: str, fate: Fate, marks: RunMarks, link: str, story: str) -> None:
        self.texts, self.fate, self.marks = [text], fate, marks
        self.link, self.story = link, story


class Runs:
    """The pieces of one paragraph, as they are met; `nested` reads the paragraphs of a box."""

    def __init__(self, reading: Reading, nested: Callable[[Element, str], Story]) -> None:
        self.reading, self.nested = reading, nested
        self.drafts: list[Draft] = []
        self.changes: list[PropertyChange] = []
        self.last_move = ""
        self.key_before = self.key_after = ""

    def add(self, text: str, fate: Fate, marks: RunMarks = PLAIN, link: str = "") -> None:
        """Add text; what is alike runs on in one piece."""
        fields = self.reading.fields
        if fields.in_code or not text:
            return
        if fields.open and not link:
            link = fields.link
        last = self.drafts[-1] if self.drafts else None
        if (
            last is not None and last.fate is fate and last.marks == marks
            and last.link == link and not last.story
        ):  # fmt: skip
            last.texts.append(text)
        else:
            self.drafts.append(Draft(text, fate, marks, link, ""))

    def hang(self, story: str, fate: Fate) -> None:
        """Hang a note or a text box here."""
        if not self.reading.fields.in_code:
            self.drafts.append(Draft("", fate, PLAIN, "", story))

    def pieces(self) -> tuple[Piece, ...]:
        """Return the pieces in order."""
        return tuple(
            Piece(
                "".join(one.texts), one.fate, one.marks.after, one.marks.before, one.link,
                one.story, one.marks.style, one.marks.style_before,
            )
            for one in self.drafts
        )  # fmt: skip

    def content(self, element: Element, fate: Fate = KEPT, link: str = "") -> None:
        """Read what stands in a paragraph, or in a part of one."""
        for one in element:
            name = short[one.tag]
            if name == "w:r":
                self.run(one, fate, link)
            elif name != "w:pPr" and name not in PROOFING:
                self.other(one, name, fate, link)

    def other(self, element: Element, name: str, fate: Fate, link: str = "") -> None:
        """Read what stands among runs and is none; what is not known is noted."""
        if handler := _AMONG_RUNS.get(name):
            handler(self, element, fate, link)
        elif not self.reading.moves.note(element, name):
            self.reading.strange(element)

    def run(self, run: Element, fate: Fate, link: str) -> None:
        """Read a run: its words and signs, under its own look."""
        marks = PLAIN
        for one in run:
            name = short[one.tag]
            if name == "w:rPr":
                marks = read_marks(self, one)
            elif name in _WORDS:
                self._words(one, fate, marks, link)
            elif name in _SIGNS:
                self.add(_SIGNS[name], fate, marks, link)
            elif handler := _IN_RUN.get(name):
                handler(self, one, fate, marks, link)
            elif name not in PROOFING:
                self.reading.strange(one)

    def _words(self, element: Element, fate: Fate, marks: RunMarks, link: str) -> None:
        text = element.text
        if not text:
            return
        if (text[0] in _EDGES or text[-1] in _EDGES) and element.get(_SPACE) != "preserve":
            text = text.strip(_EDGES)
        if "\n" in text or "\t" in text or "\r" in text:  # Word shows a break in XML as a space
            text = text.replace("\n", " ").replace("\t", " ").replace("\r", " ")
        self.add(text, fate, marks, link)

    def _revision(self, element: Element, fate: Fate, link: str) -> None:
        move = self.reading.moves.name(element)
        self.last_move = move or self.last_move
        self.content(element, wider_fate(element, fate, move), link)

    def _inside(self, element: Element, fate: Fate, link: str) -> None:
        self.content(element, fate, link)

    def _control(self, element: Element, fate: Fate, link: str) -> None:
        for one in element:
            name = short[one.tag]
            if name == "w:sdtContent":
                self.content(one, fate, link)
            elif name == "w:sdtPr":
                self.reading.look_through(one)
            elif name not in PROOFING:
                self.reading.strange(one)

    def _hyperlink(self, element: Element, fate: Fate, link: str) -> None:
        found = self.reading.relations.get(relationship(element))
        address = found.target if found is not None and found.external else ""
        if anchor := attribute(element, "anchor"):
            address = f"{address}#{anchor}"
        self.content(element, fate, address or link)

    def _simple_field(self, element: Element, fate: Fate, link: str) -> None:
        words = attribute(element, "instr").split()
        if words and words[0].upper() == "HYPERLINK":
            link = link_of(words[1:]) or link
        self.content(element, fate, link)

    def _elsewhere(self, element: Element, _fate: Fate, _link: str) -> None:
        self.reading.unread(element)

    def _bookmark(self, element: Element, _fate: Fate, _link: str) -> None:
        name = attribute(element, "name")
        if name.startswith((BOOKMARK, BOOKMARK_BEFORE)):
            self.key_before = self.key_before or name
        if name.startswith((BOOKMARK, BOOKMARK_AFTER)):
            self.key_after = self.key_after or name

    def _formula(self, element: Element, fate: Fate, _link: str) -> None:
        read_formula(self, element, fate)

    def _alternatives(self, element: Element, fate: Fate, link: str) -> None:
        for choice in chosen(element, self.reading):
            self.content(choice, fate, link)

    def _markup_range(self, element: Element, _fate: Fate, _link: str) -> None:
        if attribute(element, "author"):
            self.changes.append(PropertyChange("content control", revision(element)))

    # What stands in a run.

    def _break(self, element: Element, fate: Fate, marks: RunMarks, link: str) -> None:
        if attribute(element, "type", "textWrapping") == "textWrapping":
            self.add("\n", fate, marks, link)

    def _symbol(self, element: Element, fate: Fate, marks: RunMarks, link: str) -> None:
        font = attribute(element, "font")
        text, known = sign(font, attribute(element, "char"))
        if not known:
            self.reading.notice(f"a sign of the font {font[:60]} that only that font can show")
        self.add(text, fate, marks, link)

    def _field_sign(self, element: Element, fate: Fate, marks: RunMarks, link: str) -> None:
        act = {
            "begin": self.reading.fields.begin,
            "separate": self.reading.fields.separate,
            "end": self.reading.fields.end,
        }.get(attribute(element, "fldCharType"))
        if act is not None:
            act()
        for one in element:
            if short[one.tag] == "w:numberingChange":
                self.changes.append(PropertyChange("number of a field", revision(one)))

    def _instruction(self, element: Element, fate: Fate, marks: RunMarks, link: str) -> None:
        self.reading.fields.instruct(element.text or "")

    def _note(self, element: Element, fate: Fate, marks: RunMarks, link: str) -> None:
        kind = short[element.tag].removeprefix("w:").removesuffix("Reference")
        self.hang(f"{kind} {attribute(element, 'id')}", fate)

    def _ruby(self, element: Element, fate: Fate, marks: RunMarks, link: str) -> None:
        for one in element:
            if short[one.tag] == "w:rubyBase":
                self.content(one, fate, link)
            elif short[one.tag] == "w:rt":
                self.reading.notice("a reading aid above characters")

    def _drawing(self, element: Element, fate: Fate, marks: RunMarks, link: str) -> None:
        """Read the text boxes of a drawing; what else it shows is a notice."""
        boxes = _text_boxes(element, self.reading)
        for box in boxes:
            self.reading.boxes += 1
            name = f"text box {self.reading.boxes}"
            self.reading.stories[name] = self.nested(box, name)
            self.hang(name, fate)
        if not boxes:
            self.reading.notice("a picture, drawing or embedded object")

    def _run_alternatives(self, element: Element, fate: Fate, marks: RunMarks, link: str) -> None:
        for choice in chosen(element, self.reading):
            self.run(choice, fate, link)


def _text_boxes(element: Element, reading: Reading) -> list[Element]:
    """Return the outermost text boxes in a drawing, of each choice one."""
    found: list[Element] = []
    for one in element:
        name = short[one.tag]
        if name == "w:txbxContent":
            found.append(one)
        elif name == "mc:AlternateContent":
            for choice in chosen(one, reading):
                found.extend(_text_boxes(choice, reading))
        else:
            found.extend(_text_boxes(one, reading))
    return found


_Handler = Callable[[Runs, Element, Fate, str], None]
_AMONG_RUNS: Final[dict[str, _Handler]] = {
    **dict.fromkeys(_TRANSPARENT, Runs._inside),
    **dict.fromkeys(("w:ins", "w:del", "w:moveFrom", "w:moveTo"), Runs._revision),
    **dict.fromkeys(("m:oMath", "m:oMathPara"), Runs._formula),
    **{
        f"w:customXml{kind}Range{end}": Runs._markup_range
        for kind in ("Ins", "Del", "MoveFrom", "MoveTo")
        for end in ("Start", "End")
    },
    "w:sdt": Runs._control,
    "w:subDoc": Runs._elsewhere,
    "w:bookmarkStart": Runs._bookmark,
    "w:hyperlink": Runs._hyperlink,
    "w:fldSimple": Runs._simple_field,
    "mc:AlternateContent": Runs._alternatives,
}
_RunHandler = Callable[[Runs, Element, Fate, RunMarks, str], None]
_IN_RUN: Final[dict[str, _RunHandler]] = {
    "w:br": Runs._break,
    "w:sym": Runs._symbol,
    "w:fldChar": Runs._field_sign,
    "w:instrText": Runs._instruction,
    "w:delInstrText": Runs._instruction,
    "w:footnoteReference": Runs._note,
    "w:endnoteReference": Runs._note,
    "w:ruby": Runs._ruby,
    "w:drawing": Runs._drawing,
    "w:pict": Runs._drawing,
    "w:object": Runs._drawing,
    "w:contentPart": Runs._drawing,
    "mc:AlternateContent": Runs._run_alternatives,
}
