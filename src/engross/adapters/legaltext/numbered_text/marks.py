"""Marks within a paragraph as Markdown has them: read into stand-off marks, and written.

The writer reads back what it wrote: marks that cross or touch in a way that Markdown cannot say are
left out, and the caller is told.
"""

import re
from typing import NamedTuple

from msgspec import UNSET, UnsetType

from engross.core.legaltext.provisions import Inline, InlineKind

_TOKEN = re.compile(
    r"\\(?P<escaped>[\n!-/:-@\[-`{-~])"
    r"|&\#(?P<code>\d{1,7});"
    r"|(?P<stars>\*\*|\*)"
    r"|(?P<tag></?su[bp]>)"
    r"|\[\^(?P<note>[^\]\s]{1,20})\]"
    r"|(?P<open>\[)"
    r"|\]\((?P<address>[^()\s]*)\)"
)
_ESCAPED = re.compile(r"[\\*<`]|&(?=#)|\[(?=\^)|(?<=\])\(")
_AT_START = re.compile(r"[#|]|[-+](?=\s)")
_AT_END = re.compile(r"(?<=\s)#+\Z")
_TAGS: dict[str, tuple[InlineKind, bool]] = {
    "<sup>": ("superscript", True),
    "</sup>": ("superscript", False),
    "<sub>": ("subscript", True),
    "</sub>": ("subscript", False),
}
_OPENING: dict[str, str] = {
    "strong": "**",
    "emphasis": "*",
    "superscript": "<sup>",
    "subscript": "<sub>",
    "link": "[",
}
_CLOSING = _OPENING | {"superscript": "</sup>", "subscript": "</sub>"}


class Marked(NamedTuple):
    """A text without its marks, and the marks over it; `notes` are names of footnotes used."""

    text: str
    inlines: tuple[Inline, ...] | UnsetType = UNSET
    notes: tuple[str, ...] = ()


class _Reader:
    """Reads the tokens of one paragraph; what is opened and never closed stays as it was typed."""

    def __init__(self, raw: str, notes: dict[str, str]) -> None:
        self.raw, self.notes = raw, notes
        self.pieces: list[str] = []
        self.open: dict[InlineKind, tuple[int, str]] = {}
        self.closed: list[tuple[InlineKind, int, int, str]] = []
        self.used: list[str] = []

    def read(self) -> Marked:
        at = 0
        for found in _TOKEN.finditer(self.raw):
            self.pieces.append(self.raw[at : found.start()])
            self.pieces.append("" if self._takes(found) else found[0])
            at = found.end()
        self.pieces.append(self.raw[at:])
        for piece, token in self.open.values():
            self.pieces[piece] = token
        return Marked("".join(self.pieces), self._inlines(), tuple(self.used))

    def _takes(self, found: re.Match[str]) -> bool:
        """Return whether a token is a mark; a character that was written round about is added."""
        kind = found.lastgroup
        if kind == "escaped":
            self.pieces.append(found["escaped"])
        elif kind == "code":
            code = int(found["code"])
            if not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:
                return False
            self.pieces.append(chr(code))
        elif kind == "note":
            return self._hang(found["note"])
        else:
            return self._toggle(found)
        return True

    def _hang(self, name: str) -> bool:
        if name not in self.notes:
            return False
        self.used.append(name)
        here = len(self.pieces)
        self.closed.append(("footnote", here, here, self.notes[name]))
        return True

    def _toggle(self, found: re.Match[str]) -> bool:
        if found["stars"]:
            kind: InlineKind = "strong" if found["stars"] == "**" else "emphasis"
            before = self.raw[found.start() - 1 : found.start()]
            after = self.raw[found.end() : found.end() + 1]
            if kind in self.open:
                return bool(before and not before.isspace()) and self._close(kind)
            return bool(after and not after.isspace()) and self._begin(kind, found[0])
        if found["tag"]:
            kind, begins = _TAGS[found["tag"]]
            return self._begin(kind, found[0]) if begins else self._close(kind)
        if found["open"]:
            if earlier := self.open.pop("link", None):
                self.pieces[earlier[0]] = earlier[1]
            return self._begin("link", "[")
        return self._close("link", found["address"])

    def _begin(self, kind: InlineKind, token: str) -> bool:
        if kind in self.open:
            return False
        self.open[kind] = (len(self.pieces), token)
        return True

    def _close(self, kind: InlineKind, note: str = "") -> bool:
        if kind not in self.open:
            return False
        start, _ = self.open.pop(kind)
        self.closed.append((kind, start, len(self.pieces), note))
        return True

    def _inlines(self) -> tuple[Inline, ...] | UnsetType:
        if not self.closed:
            return UNSET
        ends = [0]
        for piece in self.pieces:
            ends.append(ends[-1] + len(piece))
        found = [
            Inline(kind, ends[start], ends[end], note or UNSET)
            for kind, start, end, note in self.closed
        ]
        return tuple(sorted(found, key=_place))


def read_marks(raw: str, notes: dict[str, str] | None = None) -> Marked:
    """Return a paragraph's text and marks; `notes` are the texts of footnotes by their names."""
    if not _TOKEN.search(raw):
        return Marked(raw)
    return _Reader(raw, notes or {}).read()


def sorted_marks(inlines: tuple[Inline, ...] | UnsetType) -> tuple[Inline, ...] | UnsetType:
    """Return marks in the order in which a text is read; without any, UNSET."""
    return tuple(sorted(inlines, key=_place)) if inlines else UNSET


def written_marks(
    text: str, inlines: tuple[Inline, ...] | UnsetType, notes: dict[str, str]
) -> str | None:
    """Return a paragraph as Markdown, adding its footnotes to `notes`; None if that cannot be."""
    if not inlines:
        return escaped(text)
    added = dict(notes)
    inserts: dict[int, list[str]] = {}
    for inline in sorted(inlines, key=lambda each: (each.start, -each.end)):
        if inline.kind == "footnote" and inline.start == inline.end:
            name = str(len(added) + 1)
            added[name] = inline.note or ""
            inserts.setdefault(inline.start, []).append(f"[^{name}]")
        elif inline.kind in _OPENING and inline.start < inline.end:
            closing = f"]({inline.note or ''})" if inline.kind == "link" else _CLOSING[inline.kind]
            inserts.setdefault(inline.start, []).append(_OPENING[inline.kind])
            inserts.setdefault(inline.end, []).insert(0, closing)
        else:
            return None
    raw = _with_inserts(text, inserts)
    if read_marks(raw, added)[:2] != (text, sorted_marks(inlines)):
        return None
    notes.update(added)
    return raw


def escaped(text: str) -> str:
    """Return a text so that it reads as itself: signs that mean something get a backslash."""
    return _guarded(_ESCAPED.sub(r"\\\g<0>", text))


def escaped_cell(line: str) -> str:
    """Return a line of a cell so that it reads as itself."""
    return _guarded(_ESCAPED.sub(r"\\\g<0>", line), in_cell=True)


def _guarded(raw: str, *, in_cell: bool = False) -> str:
    """Return a line so that its ends are kept: a reader takes off spaces there."""
    if not raw:
        return raw
    if in_cell:
        raw = raw.replace("|", "\\|")
    elif _AT_START.match(raw):
        raw = f"\\{raw}"
    raw = _AT_END.sub(lambda found: "\\" + "\\".join(found[0]), raw)
    body = raw.strip()
    start = raw.index(body) if body else len(raw)
    lead, tail = raw[:start], raw[start + len(body) :]
    body = body.replace("\r", "&#13;").replace("\n", "\\\n")
    return "".join(map(_coded, lead)) + body + "".join(map(_coded, tail))


def _coded(character: str) -> str:
    return f"&#{ord(character)};"


def _with_inserts(text: str, inserts: dict[int, list[str]]) -> str:
    parts = []
    at = 0
    for place in sorted(inserts):
        parts.append(_ESCAPED.sub(r"\\\g<0>", text[at:place]))
        parts += inserts[place]
        at = place
    parts.append(_ESCAPED.sub(r"\\\g<0>", text[at:]))
    return _guarded("".join(parts))


def _place(inline: Inline) -> tuple[int, int, str]:
    return inline.start, inline.end, inline.kind
