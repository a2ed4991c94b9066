"""The edits between two texts, and where one text is to be cut into others."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from engross.core.legaltext.change_sets import TextEdit
from engross.core.legaltext.marks import shifted_offset

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


def text_edits(old: str, new: str) -> tuple[TextEdit, ...]:
    """Return edits that turn one text into another, by words: in order, apart, as few as can be."""
    if old == new:
        return ()
    return tuple(_edits(_TOKEN.findall(old), _TOKEN.findall(new)))


def _edits(old: list[str], new: list[str]) -> Iterator[TextEdit]:
    at = 0
    gone, put = "", ""
    for operation in Indel.opcodes(old, new):
        was = "".join(old[operation.src_start : operation.src_end])
        if operation.tag != "equal":
            gone += was
            put += "".join(new[operation.dest_start : operation.dest_end])
            continue
        if gone or put:
            yield at, gone, put
        at += len(gone) + len(was)
        gone, put = "", ""
    if gone or put:
        yield at, gone, put


def cut_points(whole: str, parts: Sequence[str]) -> list[tuple[int, str]]:
    """Return where a text is cut into parts like these: (offset, glue) before each but the first.

    The glue is white space that stands between two parts and is in neither.
    """
    exact = _exact_cuts(whole, parts)
    return exact if exact is not None else _near_cuts(whole, parts)


def _exact_cuts(whole: str, parts: Sequence[str]) -> list[tuple[int, str]] | None:
    """Return the cuts of a text that is its parts with white space between; None if it is not."""
    if not whole.startswith(parts[0]):
        return None
    cuts: list[tuple[int, str]] = []
    at = len(parts[0])
    for part in parts[1:]:
        start = at
        while whole[at : at + 1].isspace() and not whole.startswith(part, at):
            at += 1
        if not whole.startswith(part, at):
            return None
        cuts.append((start, whole[start:at]))
        at += len(part)
    return cuts if at == len(whole) else None


def _near_cuts(whole: str, parts: Sequence[str]) -> list[tuple[int, str]]:
    """Return cuts where the ends of the parts are in a text that has been edited since."""
    edits = text_edits(" ".join(parts), whole)
    cuts: list[tuple[int, str]] = []
    end, least = 0, 0
    for part in parts[:-1]:
        end += len(part)
        at = max(shifted_offset(end, edits, starts=False), least)
        while at > least and whole[at - 1].isspace():
            at -= 1
        rest = whole[at:]
        glue = rest[: len(rest) - len(rest.lstrip())]
        cuts.append((at, glue))
        least = at + len(glue)
        end += 1
    return cuts
