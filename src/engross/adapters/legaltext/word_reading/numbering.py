"""Word's own clause numbers: the lists of `numbering.xml`, and counting through them.

A paragraph names a list (`w:num`) and a level. Lists made from one pattern (`w:abstractNum`) count
on together; an override starts one anew.
"""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from lxml.etree import _Element as Element

from engross.adapters.legaltext.word_reading.names import (
    attribute,
    child,
    is_on,
    number,
    short,
    value,
)
from engross.adapters.legaltext.word_reading.number_formats import formatted, is_known

LEVELS: Final = 9
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    """One level of a list. `restart` is the level (from 1) that starts it anew; None: any above."""

    start: int = 0
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""
    indent: int | None = None


@dataclass(frozen=True)
class Pattern:
    """An abstract list: its levels, and the style that it takes them from or gives them to."""

    levels: dict[int, Level]
    taken_from_style: str = ""


@dataclass(frozen=True)
class List:
    """A list that paragraphs name: its pattern, levels of its own, and where it starts anew."""

    pattern: str
    own_levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Every list of a file."""

    def __init__(self, root: Element | None) -> None:
        self.patterns: dict[str, Pattern] = {}
        self.lists: dict[str, List] = {}
        self.unknown_formats: set[str] = set()
        self._styled: dict[tuple[str, str], int | None] = {}
        for one in root if root is not None else ():
            name = short[one.tag]
            if name == "w:abstractNum":
                self.patterns[attribute(one, "abstractNumId")] = self._pattern(one)
            elif name == "w:num":
                self.lists[attribute(one, "numId")] = self._list(one)

    def _pattern(self, element: Element) -> Pattern:
        levels = {}
        style = ""
        for one in element:
            if short[one.tag] == "w:lvl":
                levels[_depth(one)] = self._level(one)
            elif short[one.tag] == "w:numStyleLink":
                style = value(one)
        return Pattern(levels, style)

    def _list(self, element: Element) -> List:
        own, starts, pattern = {}, {}, ""
        for one in element:
            if short[one.tag] == "w:abstractNumId":
                pattern = value(one)
            elif short[one.tag] == "w:lvlOverride":
                depth = _depth(one)
                for part in one:
                    if short[part.tag] == "w:lvl":
                        own[depth] = self._level(part)
                    elif short[part.tag] == "w:startOverride":
                        starts[depth] = number(value(part), 1)
        return List(pattern, own, starts)

    def _level(self, element: Element) -> Level:
        level = Level()
        for one in _chosen(element):
            name = short[one.tag]
            if name == "w:start":
                level = replace(level, start=number(value(one)))
            elif name == "w:numFmt":
                level = replace(level, format=self._format(one))
            elif name == "w:lvlText":
                level = replace(level, text=value(one))
            elif name == "w:lvlRestart":
                level = replace(level, restart=number(value(one)))
            elif name == "w:isLgl":
                level = replace(level, legal=is_on(one))
            elif name == "w:pStyle":
                level = replace(level, style=value(one))
            elif name == "w:pPr":
                level = replace(level, indent=indent_of(child(one, "w:ind")))
        return level

    def _format(self, element: Element) -> str:
        found = value(element, "decimal")
        found = attribute(element, "format") if found == "custom" else found
        if not is_known(found):
            self.unknown_formats.add(found[:60])
        return found

    def list_of(self, list_id: str) -> List | None:
        """Return a list by its id; None for no list ('0') and one that the file lacks."""
        return None if list_id in ("", "0") else self.lists.get(list_id)

    def level(self, list_id: str, depth: int) -> Level | None:
        """Return a level of a list, its own or its pattern's."""
        found = self.list_of(list_id)
        if found is None:
            return None
        own = found.own_levels.get(depth)
        pattern = self.patterns.get(found.pattern)
        return own or (pattern.levels.get(depth) if pattern else None)

    def depth_of_style(self, list_id: str, style: str) -> int | None:
        """Return the level of a list that is tied to a paragraph style."""
        key = (list_id, style)
        if key not in self._styled:
            levels = ((depth, self.level(list_id, depth)) for depth in range(LEVELS))
            tied = (depth for depth, level in levels if level and level.style == style)
            self._styled[key] = next(tied, None)
        return self._styled[key]

    def follow_style_links(self, list_of_style: dict[str, str]) -> None:
        """Let patterns that are taken from a numbering style have that style's levels.

        `list_of_style` gives each numbering style's list.
        """
        for name, pattern in list(self.patterns.items()):
            target = self.lists.get(list_of_style.get(pattern.taken_from_style, ""))
            source = self.patterns.get(target.pattern) if target else None
            if source is not None and not pattern.levels:
                self.patterns[name] = source


def _chosen(element: Element) -> list[Element]:
    """Return the children, with those of a choice between formats that Word prefers."""
    children: list[Element] = []
    for one in element:
        if short[one.tag] == "mc:AlternateContent" and len(one):
            children.extend(one[0])
        else:
            children.append(one)
    return children


def _depth(element: Element) -> int:
    return min(max(number(attribute(element, "ilvl")), 0), LEVELS - 1)


def indent_of(element: Element | None) -> int | None:
    """Return the indentation that `w:ind` gives, in twentieths of a point; None without one."""
    if element is None:
        return None
    for name in ("start", "left"):
        if found := attribute(element, name):
            return number(found)
    return None


@dataclass(frozen=True)
class _Plan:
    """How a paragraph of a list and level is numbered, worked out once.

    `text` alternates what is printed as it is and (level, format, start); `begins` gives the
    start of each level above, `restarts` the levels below that start anew.
    """

    pattern: str
    start: int
    own_start: int | None
    text: tuple[str | tuple[int, str, int], ...]
    begins: tuple[int, ...]
    restarts: tuple[int, ...]


class Counting:
    """Counts through the lists of one text, paragraph by paragraph."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.counts: dict[str, list[int | None]] = {}
        self.begun: set[tuple[str, int]] = set()
        self._plans: dict[tuple[str, int], _Plan | None] = {}

    def next(self, list_id: str, depth: int) -> str:
        """Return the number of the next paragraph of a list at a level, from 0."""
        key = (list_id, depth)
        if key not in self._plans:
            self._plans[key] = self._plan(list_id, depth)
        plan = self._plans[key]
        if plan is None:
            return ""
        counts = self.counts.setdefault(plan.pattern, [None] * LEVELS)
        before = counts[depth]
        if plan.own_start is not None and key not in self.begun:
            self.begun.add(key)
            counts[depth] = plan.own_start
        else:
            counts[depth] = plan.start if before is None else before + 1
        for lower in plan.restarts:
            counts[lower] = None
        for upper, start in enumerate(plan.begins):
            if counts[upper] is None:
                counts[upper] = start
        return "".join(
            part if isinstance(part, str) else _shown(counts[part[0]], part) for part in plan.text
        )

    def _plan(self, list_id: str, depth: int) -> _Plan | None:
        found = self.numbering.list_of(list_id)
        levels = [self.numbering.level(list_id, each) for each in range(LEVELS)]
        own = levels[depth]
        if found is None or own is None:
            return None
        lower = ((each, levels[each]) for each in range(depth + 1, LEVELS))
        restarts = tuple(
            each for each, level in lower
            if level is None or level.restart is None or depth < level.restart
        )  # fmt: skip
        begins = tuple(level.start if level else 1 for level in levels[:depth])
        starts = found.starts.get(depth)
        return _Plan(found.pattern, own.start, starts, _parts(levels, depth), begins, restarts)


def _parts(levels: list[Level | None], depth: int) -> tuple[str | tuple[int, str, int], ...]:
    """Return a level's text cut at its places; a bullet is no number and has none."""
    own = levels[depth]
    if own is None or own.format == "bullet":
        return ()
    parts: list[str | tuple[int, str, int]] = []
    for position, piece in enumerate(_PLACE.split(own.text)):
        if position % 2 == 0:
            parts.append(piece)
        elif (level := levels[int(piece) - 1]) is not None:
            above = int(piece) - 1 < depth
            # 'Legal' numbering shows what it inherits in figures, its own in its form: '1.01'.
            legal = own.legal and above and level.format not in ("none", "bullet")
            parts.append((int(piece) - 1, "decimal" if legal else level.format, level.start))
    return tuple(parts)


def _shown(count: int | None, part: tuple[int, str, int]) -> str:
    return _written(part[2] if count is None else count, part[1])


_written = lru_cache(maxsize=4096)(formatted)
