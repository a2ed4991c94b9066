"""A file's lines before they mean anything: numbered, and joined where one paragraph is on several.

A paragraph is one line. Two things break that rule: a backslash at the end of a line of Markdown,
and files whose lines were wrapped at a width. The second is known by the words: a line goes on
where the next word would not have fitted.
"""

import re

from engross.adapters.legaltext.numbered_text.lines import COMMENT, HEADING, NOTE, ROW
from engross.core.legaltext.numbers import number_at_start

RawLine = tuple[int, str]  # counted from 1

_ENDS = re.compile(r"\r\n|\r|\n")
_TITLE = re.compile(r"(?:title|Title):\s*(.+)")
_BULLET = re.compile(r"\s*[-*+•–—]\s")
_NARROWEST, _WIDEST = 45, 110
_FEWEST = 5
_SHARE = 0.85
_SLACK = 5  # some programs count bytes, or leave room for a blank


def raw_lines(content: str) -> list[RawLine]:
    """Return a file's lines with their numbers."""
    return list(enumerate(_ENDS.split(content.removeprefix("\ufeff")), start=1))


def is_marked_up(content: str) -> bool:
    """Return whether a text is Markdown: it has a heading, or a comment that says a level."""
    return any(
        HEADING.fullmatch(line) or COMMENT.fullmatch(line)
        for line in _ENDS.split(content)
        if "#" in line or "<!--" in line
    )


def without_front_matter(taken: list[RawLine]) -> tuple[list[RawLine], str]:
    """Return the lines after a block between two '---', and the title that stands in it."""
    stripped = [line.strip() for _, line in taken[:40]]
    if stripped[0] != "---" or "---" not in stripped[1:]:
        return taken, ""
    end = stripped.index("---", 1)
    titles = [found[1] for line in stripped[1:end] if (found := _TITLE.match(line))]
    return taken[end + 1 :], titles[0].strip("\"' ") if titles else ""


def joined_by_backslash(taken: list[RawLine]) -> list[RawLine]:
    """Return lines with those made one that a backslash at the end joins; it and the break stay."""
    found: list[RawLine] = []
    goes_on = False
    for place, (at, raw) in enumerate(taken, start=1):
        if goes_on:
            first, before = found[-1]
            found[-1] = (first, f"{before}\n{raw}")
        else:
            found.append((at, raw))
        goes_on = (len(raw) - len(raw.rstrip("\\"))) % 2 == 1 and place < len(taken)
    return found


def unwrapped(taken: list[RawLine]) -> tuple[list[RawLine], int]:
    """Return the paragraphs of lines that were wrapped, and the width; 0 where none were."""
    goes_on = [False] * len(taken)
    for place in range(1, len(taken)):
        goes_on[place] = _is_words(taken[place - 1][1]) and _may_go_on(taken[place][1])
    pairs = [place for place in range(1, len(taken)) if goes_on[place]]
    lengths = sorted(len(taken[place - 1][1].rstrip()) for place in pairs)
    width = lengths[len(lengths) * 98 // 100] if lengths else 0  # one long address is no width
    full = [place for place in pairs if _was_full(taken[place - 1][1], taken[place][1], width)]
    running = [place for place in pairs if taken[place - 1][1].rstrip()[-1:] not in ".;:"]
    enough = max(_FEWEST, _SHARE * len(pairs))
    if not _NARROWEST <= width <= _WIDEST or len(full) < enough or len(running) * 2 < len(pairs):
        return taken, 0
    found: list[RawLine] = []
    for place, (at, raw) in enumerate(taken):
        if goes_on[place]:
            first, before = found[-1]
            found[-1] = (first, f"{before.rstrip()} {raw.strip()}")
        else:
            found.append((at, raw))
    return found, width


def _was_full(line: str, following: str, width: int) -> bool:
    words = following.split(None, 1)
    return len(line.rstrip()) + 1 + len(words[0]) > width - _SLACK


def _is_words(line: str) -> bool:
    """Return whether a line is words of a paragraph, and no heading, row or comment."""
    is_special = HEADING.fullmatch(line) or ROW.fullmatch(line) or COMMENT.fullmatch(line)
    return bool(line.strip()) and not is_special


def _may_go_on(line: str) -> bool:
    """Return whether a line could be the next of a paragraph: no number or bullet begins it."""
    if not _is_words(line) or _BULLET.match(line) or NOTE.fullmatch(line):
        return False
    return number_at_start(line) is None
