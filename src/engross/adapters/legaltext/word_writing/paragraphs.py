"""Provisions as paragraphs: headings, clauses and unnumbered texts at their depth, and tables.

The style of a paragraph says what it is: 'EngrossHeading2' opens a provision at the second depth,
'EngrossText2' is the text under such a heading, 'EngrossClause2' a provision without a heading;
'EngrossPlain2' and 'EngrossPlainHeading2' are those without a number. A bookmark at its start
carries the provision's permanent id, so that a file that comes back is known again.
"""

import re
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from engross.adapters.legaltext.word_writing.numbers import Numbered
from engross.adapters.legaltext.word_writing.runs import RunWriter, Stretch, literal
from engross.core.legaltext.marks import listed
from engross.core.legaltext.provisions import Provision
from engross.core.legaltext.tracked import BOOKMARK, BOOKMARK_AFTER, BOOKMARK_BEFORE

_SHORT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,31}")
_REVISION = {"inserted": "ins", "deleted": "del", "moved-from": "moveFrom", "moved-to": "moveTo"}
_CHANGED = ("</w:ins>", "</w:del>")


class Side(NamedTuple):
    """A provision on one side: itself, its number as printed, and whether that is all of it.

    `is_odd`: the whole number looks like a label under what stands above, as '(i)' under 'D7'.
    """

    provision: Provision
    numbered: Numbered
    is_whole: bool
    is_odd: bool


class Form(NamedTuple):
    """What a paragraph is: its style and the list that counts it (-1: typed or without number)."""

    style: str
    list: int
    level: int

    def properties(self) -> str:
        """Return the inside of the paragraph's properties."""
        if self.list < 0:
            return f'<w:pStyle w:val="{self.style}"/>'
        return (
            f'<w:pStyle w:val="{self.style}"/><w:numPr><w:ilvl w:val="{self.level}"/>'
            f'<w:numId w:val="{self.list + 1}"/></w:numPr>'
        )


def bookmark_name(id_: str | None, prefix: str = BOOKMARK) -> str:
    """Return the bookmark that carries an id: Word allows 40 letters, digits and underscores.

    '' for none, and for an id that is too long or has other characters: it is not carried.
    """
    return prefix + id_.replace("-", "_") if id_ and _SHORT_ID.fullmatch(id_) else ""


class ParagraphWriter:
    """Writes the paragraphs of one file."""

    def __init__(self, runs: RunWriter) -> None:
        self.runs = runs
        self.bookmarks = 0
        self.moves = 0

    def whole(self, side: Side, list_: int, fate: str, move: str = "") -> str:
        """Return a provision that is kept, inserted, deleted or moved as a whole."""
        revision = _REVISION.get(fate, "")
        heading, text = _parts(side)
        opening = self._typed(side, list_, revision)
        is_old = fate in ("deleted", "moved-from")
        opening += self._bookmark(BOOKMARK_BEFORE if is_old else BOOKMARK, side.provision.id)
        found: list[str] = []
        if heading is not None:
            form = Form(_style("Heading", side), list_, side.numbered.depth - 1)
            content = opening + self.runs.whole(heading, (), fate=revision)
            found.append(self._paragraph(form, content, revision, move))
        if text is not None:
            name = "Clause" if heading is None else "Text"
            counted = list_ if heading is None else -1
            form = Form(_style(name, side), counted, side.numbered.depth - 1)
            marks = listed(side.provision.inlines)
            content = self.runs.whole(text, marks, fate=revision)
            lead = opening if heading is None else ""
            # Each paragraph is a move of its own: Word knows the two ends of one by their name.
            move = f"{move}text" if move and found else move
            found.append(self._paragraph(form, lead + content, revision, move))
        return "".join(found)

    def changed(
        self,
        old: Side,
        new: Side,
        list_: int,
        *,
        heading: list[Stretch],
        text: list[Stretch],
    ) -> str:
        """Return a provision that stays and is changed. Both sides have the same parts."""
        had, says = _parts(new)
        opening = self._typed_change(old, new, list_) + self._bookmarks(old, new)
        found: list[str] = []
        if had is not None:
            forms = [
                Form(_style("Heading", side), list_, side.numbered.depth - 1) for side in (old, new)
            ]
            found.append(self._kept(forms, opening + self.runs.changed(heading)))
        if says is not None:
            name = "Clause" if had is None else "Text"
            counted = list_ if had is None else -1
            forms = [
                Form(_style(name, side), counted, side.numbered.depth - 1) for side in (old, new)
            ]
            lead = opening if had is None else ""
            found.append(self._kept(forms, lead + self.runs.changed(text)))
        return "".join(found)

    def styled(self, style: str, content: str, fate: str = "kept") -> str:
        """Return a paragraph that is no provision: a document's title, the file's end."""
        return self._paragraph(Form(style, -1, 0), content, _REVISION.get(fate, ""), "")

    def empty(self, style: str) -> str:
        """Return a line that says nothing: before a table, which it outlives, and at the end.

        Where a paragraph right before a table, or before an empty line, comes or goes, LibreOffice
        leaves it there empty: so this line stands between, and holds a space.
        """
        return self.styled(style, self.runs.whole(" ", ()))

    def _kept(self, forms: list[Form], content: str) -> str:
        old, new = (form.properties() for form in forms)
        change = ""
        if old != new:
            change = f"<w:pPrChange {self.runs.revisions.next()}><w:pPr>{old}</w:pPr></w:pPrChange>"
        self.runs.revisions.end_paragraph(is_changed=content.endswith(_CHANGED))
        return f"<w:p><w:pPr>{new}{change}</w:pPr>{content}</w:p>"

    def _paragraph(self, form: Form, content: str, revision: str, move: str) -> str:
        if not revision:
            self.runs.revisions.end_paragraph(is_changed=content.endswith(_CHANGED))
            return f"<w:p><w:pPr>{form.properties()}</w:pPr>{content}</w:p>"
        mark = f"<w:rPr><w:{revision} {self.runs.revisions.next()}/></w:rPr>"
        if move:
            self.moves += 1
            attributes = self.runs.revisions.next()
            number = self.runs.revisions.last
            content = (
                f"<w:{revision}RangeStart {attributes} w:name={quoteattr(move)}/>"
                f'{content}<w:{revision}RangeEnd w:id="{number}"/>'
            )
        return f"<w:p><w:pPr>{form.properties()}{mark}</w:pPr>{content}</w:p>"

    def _typed(self, side: Side, list_: int, revision: str) -> str:
        if list_ >= 0 or not side.numbered.printed:
            return ""
        run = typed_number(side, deleted=revision == "del")
        return f"{self.runs.revisions.open(revision)}{run}</w:{revision}>" if revision else run

    def _typed_change(self, old: Side, new: Side, list_: int) -> str:
        if list_ >= 0 or old[1:] == new[1:] or old.numbered.printed == new.numbered.printed:
            return self._typed(new, list_, "")
        return self._typed(old, list_, "del") + self._typed(new, list_, "ins")

    def _bookmarks(self, old: Side, new: Side) -> str:
        was, now = old.provision.id, new.provision.id
        if was == now:
            return self._bookmark(BOOKMARK, now)
        return self._bookmark(BOOKMARK_BEFORE, was) + self._bookmark(BOOKMARK_AFTER, now)

    def _bookmark(self, prefix: str, id_: str | None) -> str:
        name = bookmark_name(id_, prefix)
        if not name:
            return ""
        self.bookmarks += 1
        return (
            f'<w:bookmarkStart w:id="{self.bookmarks}" w:name="{name}"/>'
            f'<w:bookmarkEnd w:id="{self.bookmarks}"/>'
        )


def _style(name: str, side: Side) -> str:
    """Return the style of a provision's paragraph: its part, whether it is numbered, its depth."""
    if not side.numbered.printed and name != "Text":
        name = {"Clause": "Plain", "Heading": "PlainHeading"}[name]
    return f"Engross{name}{side.numbered.depth}"


def typed_number(side: Side, *, deleted: bool) -> str:
    """Return a number that Word does not count: typed, with a tab behind it."""
    style = "EngrossWholeNumber" if side.is_whole else "EngrossNumber"
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>'
    return f"<w:r>{look}{literal(side.numbered.printed, deleted=deleted)}<w:tab/></w:r>"


def _parts(side: Side) -> tuple[str | None, str | None]:
    """Return what stands in a heading's paragraph and in a text's; None for no paragraph."""
    heading, text = side.provision.heading, side.provision.text
    if heading is None or text or side.provision.inlines:
        return heading, text
    return heading, None


def same_parts(old: Side, new: Side) -> bool:
    """Return whether two sides have the same paragraphs: one can be changed into the other."""
    return [part is None for part in _parts(old)] == [part is None for part in _parts(new)]
