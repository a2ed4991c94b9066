"""The edits between two texts in tokens: words and single marks, so that little is marked.

White space belongs to the token after it and is compared apart, so that it never holds two words
together that have nothing else in common. The segments give both texts back exactly.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from engross.core.legaltext.sequences import Block, matching

Sign = Literal["=", "-", "+"]
Segment = tuple[Sign, str]
# White space and the token after it by turns; the last token may be ''. Token n is at 2n + 1.
Pieces = list[str]

# A letter keeps its accents, a vowel sign its letter, and a joiner what it joins.
_WITHIN = (
    r"\w\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f"
    r"\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f\u200c\u200d\u2060\ufe0e\ufe0f"
)
_TOKEN = re.compile(rf"[{_WITHIN}]+|\S")
_BETWEEN = re.compile(rf"([{_WITHIN}]+|\S)")
_INSIDE = re.compile(rf"[{_WITHIN}]{{2}}")
_STOPS = frozenset(".;:!?")
_SHORT = 300  # characters of both texts, up to which nothing is gained by trimming them
_BEFORE = 40  # characters kept before the first difference, for an edit to be moved over


def count_tokens(text: str) -> int:
    """Return how many tokens a text has: words and single marks; white space is none."""
    return len(_TOKEN.findall(text))


def token_edits(old: str, new: str) -> list[Segment]:
    """Return the segments that lead from one text to the other: kept, taken away, put there.

    '=' and '-' joined are the old text, '=' and '+' the new one. Where something is replaced, what
    is taken away comes first. The same is marked whichever text is called the old one.
    """
    if old == new:
        return [("=", old)] if old else []
    if not old or not new:
        return [("-", old)] if old else [("+", new)]
    if new < old:
        return turned(_edits(new, old))
    return _edits(old, new)


def parted_edits(whole: str, parts: Sequence[str]) -> list[list[Segment]]:
    """Return for each part the segments that lead to it from its run of the whole.

    '=' and '-' of all of them joined are the whole; '=' and '+' of one are that part.
    """
    pieces = _pieces(whole)
    runs = [_pieces(part) for part in parts]
    blocks = matching(pieces[1::2], [word for run in runs for word in run[1::2]])
    starts = _starts(blocks, [len(run) // 2 for run in runs])
    ends = [*starts[1:], len(pieces) // 2]
    found = []
    for start, end, run in zip(starts, ends, runs, strict=True):
        part_of_whole = pieces[2 * start : 2 * end]
        found.append(_segments(part_of_whole, run, matching(part_of_whole[1::2], run[1::2])))
    return found


def turned(segments: Sequence[Segment]) -> list[Segment]:
    """Return the segments of the way back."""
    found: list[Segment] = []
    put: list[Segment] = []
    for sign, text in segments:
        if sign == "-":
            put.append(("+", text))
        elif sign == "+":
            found.append(("-", text))
        else:
            found += [*put, (sign, text)]
            put = []
    return found + put


def _starts(blocks: Sequence[Block], lengths: Sequence[int]) -> list[int]:
    """Return where in the whole each part's run begins: at its first token in common.

    A part with nothing in common begins where the part before it has its last.
    """
    starts, reached = [0], 0
    for length, after in pairwise(lengths):
        reached += length
        before = [old + min(n, reached - new) for old, new, n in blocks if new < reached]
        within = [
            old + max(0, reached - new)
            for old, new, n in blocks
            if new + n > reached and new < reached + after
        ]
        starts.append(within[0] if within else max(before, default=starts[-1]))
    return starts


def _pieces(text: str) -> Pieces:
    found = _BETWEEN.split(text)
    if found[-1]:
        found.append("")
    else:
        found.pop()
    return found


def _edits(old: str, new: str) -> list[Segment]:
    if len(old) + len(new) < _SHORT:
        return _edits_between(old, new)
    head, tail = _ends_in_common(old, new)
    begin = max(0, head - _BEFORE)
    while begin and _INSIDE.match(old, begin - 1):
        begin -= 1
    segments = _edits_between(old[begin : len(old) - tail], new[begin : len(new) - tail])
    return _with_kept(old[:begin], segments, old[len(old) - tail :])


def _edits_between(old: str, new: str) -> list[Segment]:
    pieces, others = _pieces(old), _pieces(new)
    blocks = matching(pieces[1::2], others[1::2])
    return _segments(pieces, others, _slid(pieces, others, blocks))


def _with_kept(before: str, segments: list[Segment], after: str) -> list[Segment]:
    """Put kept text around segments, as one with what they keep there."""
    if before:
        if segments and segments[0][0] == "=":
            before += segments.pop(0)[1]
        segments.insert(0, ("=", before))
    if after:
        if segments and segments[-1][0] == "=":
            after = segments.pop()[1] + after
        segments.append(("=", after))
    return segments


def _ends_in_common(old: str, new: str) -> tuple[int, int]:
    """Return how many characters are the same at the start and at the end, in whole tokens."""
    head = _in_common(old, new, min(len(old), len(new)))
    while head and (_INSIDE.match(old, head - 1) or _INSIDE.match(new, head - 1)):
        head -= 1
    left = min(len(old), len(new)) - head
    tail = _in_common(old[len(old) - left :][::-1], new[len(new) - left :][::-1], left)
    while tail and (
        (tail < len(old) and _INSIDE.match(old, len(old) - tail - 1))
        or (tail < len(new) and _INSIDE.match(new, len(new) - tail - 1))
    ):
        tail -= 1
    return head, tail


def _in_common(one: str, other: str, most: int) -> int:
    """Return how long the two begin alike, by halving."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def _slid(old: Pieces, new: Pieces, blocks: list[Block]) -> list[Block]:
    """Move each edit that only adds or only takes away to where a reader would put it.

    'a b a b c' may be 'a b' + 'a b' or 'a' + 'b a' + 'b': the tokens marked are as many.
    """
    found: list[Block] = []
    start_old = start_new = length = 0
    for one, other, count in [*blocks, (len(old) // 2, len(new) // 2, 0)]:
        end_old, end_new = start_old + length, start_new + length
        shift = 0
        if end_old == one and end_new < other:
            shift = _best_shift(new, end_new, other, length)
        elif end_new == other and end_old < one:
            shift = _best_shift(old, end_old, one, length)
        if length > shift:
            found.append((start_old, start_new, length - shift))
        start_old, start_new, length = one - shift, other - shift, count + shift
    if length:
        found.append((start_old, start_new, length))
    return found


def _best_shift(pieces: Pieces, start: int, end: int, most: int) -> int:
    """Return by how many tokens to move an edit to the left; `most` stand before it."""
    start, end, most = 2 * start, 2 * end, 2 * most
    best, shift, at = -1, 0, 0
    while at < most and pieces[start - at - 2 : start - at] == pieces[end - at - 2 : end - at]:
        if best < 0:
            best = _fitness(pieces, start, end)
        at += 2
        fits = _fitness(pieces, start - at, end - at)
        if fits > best:
            best, shift = fits, at
    return shift // 2


def _fitness(pieces: Pieces, start: int, end: int) -> int:
    """Return how well an edit's ends fall where a clause or a bracket begins and ends."""
    first, last = pieces[start + 1], pieces[end - 1]
    before = pieces[start - 1] if start else ""
    fits = 0
    if last in _STOPS and (not before or before in _STOPS):
        fits += 4
    if first in ("(", "[") and last in (")", "]"):
        fits += 3
    if first == ",":
        fits += 2
    if last == ",":
        fits += 1
    return fits


def _segments(old: Pieces, new: Pieces, blocks: Sequence[Block]) -> list[Segment]:
    found: list[Segment] = []
    kept, gone, put = "", "", ""
    at_old = at_new = 0
    for one, other, length in [*blocks, (len(old) // 2, len(new) // 2, 0)]:
        if at_old < 2 * one:
            gone += "".join(old[at_old : 2 * one])
        if at_new < 2 * other:
            put += "".join(new[at_new : 2 * other])
        at_old, at_new = 2 * (one + length), 2 * (other + length)
        for space_old, space_new, text in _kept(old[2 * one : at_old], new[2 * other : at_new]):
            gone += space_old
            put += space_new
            if gone or put:
                _close(found, kept, gone, put)
                kept, gone, put = "", "", ""
            kept += text
    _close(found, kept, gone, put)
    return found


def _kept(old: Pieces, new: Pieces) -> list[tuple[str, str, str]]:
    """Return kept text in runs, each with the white space before it where that differs."""
    if old == new:
        return [("", "", "".join(old))]
    if old[1:] == new[1:]:
        return [(old[0], new[0], "".join(old[1:]))]
    return [
        ("", "", space + word) if space == other else (space, other, word)
        for space, word, other in zip(old[::2], old[1::2], new[::2], strict=True)
    ]


def _close(found: list[Segment], kept: str, gone: str, put: str) -> None:
    """Write down what was kept, and what was then taken away and put there."""
    space = 0
    if gone[:1].isspace() and put[:1] == gone[:1]:
        while gone[space : space + 1].isspace() and gone[space] == put[space : space + 1]:
            space += 1
    kept += gone[:space]
    if kept:
        found.append(("=", kept))
    if len(gone) > space:
        found.append(("-", gone[space:]))
    if len(put) > space:
        found.append(("+", put[space:]))
