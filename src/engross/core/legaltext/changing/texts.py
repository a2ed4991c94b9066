"""The edits between two texts, and where one text is to be cut into others."""

from collections.abc import Iterable, Iterator, Sequence

from engross.core.legaltext.change_sets import TextEdit
from engross.core.legaltext.tokens import Segment, parted_edits, token_edits


def text_edits(old: str, new: str) -> tuple[TextEdit, ...]:
    """Return edits that turn one text into another, by words: in order, apart, as few as can be."""
    return tuple(_edits(token_edits(old, new)))


def _edits(segments: Iterable[Segment]) -> Iterator[TextEdit]:
    at = 0
    gone, put = "", ""
    for sign, text in segments:
        if sign == "-":
            gone += text
        elif sign == "+":
            put += text
        else:
            if gone or put:
                yield at, gone, put
            at += len(gone) + len(text)
            gone, put = "", ""
    if gone or put:
        yield at, gone, put


def cut_points(whole: str, parts: Sequence[str]) -> list[tuple[int, str]]:
    """Return where a text is cut into parts like these: (offset, glue) before each but the first.

    The glue is the white space with which a part's run of the text begins.
    """
    cuts: list[tuple[int, str]] = []
    at = 0
    for segments in parted_edits(whole, parts):
        run = "".join(text for sign, text in segments if sign != "+")
        cuts.append((at, run[: len(run) - len(run.lstrip())]))
        at += len(run)
    return cuts[1:]
