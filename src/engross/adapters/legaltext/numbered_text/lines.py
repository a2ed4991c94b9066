"""What one line of numbered text or Markdown is: a title, a heading, a paragraph, a row, a hint."""

import re
from typing import NamedTuple

from engross.adapters.legaltext.numbered_text.marks import Marked, escaped, read_marks
from engross.core.legaltext.numbers import number_at_start

HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*", re.DOTALL)
COMMENT = re.compile(r"\s*<!--(.*?)-->\s*")
ROW = re.compile(r"\s*\|.*\|\s*", re.DOTALL)
RULE = re.compile(r"\s*\|(?:\s*:?-{2,}:?\s*\|)+\s*")
NOTE = re.compile(r"\[\^([^\]\s]{1,20})\]:\s?(.*)", re.DOTALL)
_BULLET = re.compile(r"(\s*)[-*+][ \t]+")
_BOLD_NUMBER = re.compile(r"\*\*([^*]+)\*\*\s*")
_REFERENCE = re.compile(
    r"((?:Section|Appendix|Schedule|Annex)[ \t]+(?:[A-Z]{1,2}|\d{1,3}[A-Z]?))"
    r"(?:[ \t]*[:–—-][ \t]*|[ \t]+|$)(.*)",
    re.DOTALL,
)
_COLON = re.compile(r"(?<!\\)(?:\\\\)*:(?=\s|$)")
_CELL = re.compile(r"((?:\\.|[^\\|])*)\|", re.DOTALL)
_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)<br>")
_GUARD = re.compile(r"\\+(?=#|\||<!--)")
_MONTHS = "January February March April May June July August September October November December"


class Hint(NamedTuple):
    """What a comment says of the next paragraph."""

    level: int = 0
    number: str | None = None
    is_empty: bool = False
    is_document: bool = False
    language: str = ""

    def __str__(self) -> str:
        said = [f"level {self.level}"] if self.level else []
        said += ["empty"] if self.is_empty else []
        said += ["document"] if self.is_document else []
        said += [f"language {self.language}"] if self.language else []
        if self.number is not None:
            said.append(f"number: {self.number}" if self.number else "no number")
        return f"<!-- {', '.join(said)} -->"


NO_HINT = Hint()


class Line(NamedTuple):
    """A line's number as printed, its words with their marks, and how far it is indented."""

    number: str
    words: Marked
    indent: int = 0
    is_bulleted: bool = False


def hint_in(comment: str) -> Hint | None:
    """Return what a comment says, or None where it is just somebody's comment."""
    said, marker, number = comment.strip().partition("number: ")
    hint = Hint(number=number) if marker else NO_HINT
    for word in said.replace(",", " , ").split(","):
        name, _, value = word.strip().partition(" ")
        if name == "level" and value.isdecimal() and len(value) < 4:
            hint = hint._replace(level=int(value))
        elif word.strip() == "no number":
            hint = hint._replace(number="")
        elif word.strip() == "empty":
            hint = hint._replace(is_empty=True)
        elif word.strip() == "document":
            hint = hint._replace(is_document=True)
        elif name == "language" and value:
            hint = hint._replace(language=value)
        elif word.strip():
            return None
    return hint if hint != NO_HINT else None


def read_line(raw: str, hint: Hint, notes: dict[str, str], *, is_markdown: bool) -> Line:
    """Return a paragraph's line in its parts: the number is as printed, '' where there is none."""
    indent = _indent_of(raw)
    is_bulleted = False
    if is_markdown and (bullet := _BULLET.match(raw)):
        is_bulleted = True
        indent = len(bullet[1].expandtabs(4)) + 1
        raw = raw[bullet.end() :]
    raw = raw.strip()
    number, words = _split_number(raw, hint, is_markdown=is_markdown)
    marked = read_marks(words, notes) if is_markdown else Marked(_unguarded(words))
    return Line(number, marked, indent, is_bulleted)


def _split_number(raw: str, hint: Hint, *, is_markdown: bool) -> tuple[str, str]:
    if hint.number is not None:
        if not hint.number:
            return "", raw
        printed = escaped(hint.number) if is_markdown else hint.number
        return hint.number, raw.removeprefix(printed).lstrip()
    if is_markdown and (bold := _BOLD_NUMBER.match(raw)):
        found = number_at_start(bold[1])
        if found and not found[1]:
            return found[0], raw[bold.end() :]
    found = number_at_start(raw)
    if found and found[0].isdecimal() and _is_month(found[1]):
        return "", raw
    return found or ("", raw)


def _is_month(words: str) -> bool:
    return words.partition(" ")[0] in _MONTHS.split()


def title_in(raw: str, name: str, *, is_markdown: bool) -> tuple[str, str]:
    """Return the document and the title that a title line gives; `name` where it names none."""
    document, title = _split_title(raw, name)
    if not is_markdown:
        return document, title
    return read_marks(document).text, read_marks(title).text


def _split_title(raw: str, name: str) -> tuple[str, str]:
    if colon := _COLON.search(raw):
        return raw[: colon.end() - 1].strip(), raw[colon.end() :].strip()
    if reference := _REFERENCE.fullmatch(raw):
        return " ".join(reference[1].split()), reference[2].strip()
    return (name, raw) if name else (raw, "")


def names_a_document(raw: str) -> bool:
    """Return whether a line of plain text is a title: 'Appendix L: SMKI Recovery Procedure'."""
    reference = _REFERENCE.fullmatch(raw)
    if not reference or len(raw) > 200 or raw.endswith((".", ";", ",")):
        return False
    return not reference[2] or raw[len(reference[1]) :].lstrip()[:1] in (":", "–", "—", "-")


def cells_of(raw: str, *, is_markdown: bool) -> tuple[str, ...]:
    """Return the cells of a table's row."""
    cells = _CELL.findall(raw.strip()[1:])
    read = [_BREAK.sub(r"\1&#10;", cell.strip()) for cell in cells]
    if is_markdown:
        return tuple(read_marks(cell).text for cell in read)
    return tuple(cell.replace("\\|", "|").replace("&#10;", "\n") for cell in read)


def _unguarded(words: str) -> str:
    """Return a line of plain text without the backslash that keeps it from being a row or title."""
    return words[1:] if _GUARD.match(words) else words


def guarded(words: str) -> str:
    """Return a line of plain text so that it is read as words whatever it begins with."""
    return "\\" + words if _GUARD.match("\\" + words) else words


def _indent_of(raw: str) -> int:
    lead = raw[: len(raw) - len(raw.lstrip(" \t"))]
    return len(lead.expandtabs(4))
