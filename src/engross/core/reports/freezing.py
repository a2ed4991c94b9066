"""Freezing a paper's figures with a hash, and saying later what has moved."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engross.core.reports.figures import Figure
from engross.core.reports.tables import Json


@dataclass(frozen=True)
class Moved:
    """One figure that differs between two runs of a paper; None where it was not printed.

    `was` and `now` are values as JSON holds them; `what` says in which part they differ.
    """

    figure: str
    title: str
    was: Json
    now: Json
    what: str = "value"


def canonical_json(value: Json) -> str:
    """Return JSON text that is the same for the same value: sorted keys, no blanks."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def freeze(figures: Iterable[Figure]) -> dict[str, Json]:
    """Return the figures by name as plain values, fit to be kept and compared."""
    return {each.name: each.to_json() for each in sorted(figures, key=lambda each: each.name)}


def hash_of(frozen: Mapping[str, Json]) -> str:
    """Return the SHA-256 of frozen figures, in hexadecimal.

    The moment of asking is no part of it: the same figures asked twice have one hash.
    """
    timeless = {name: _without(each, "known_at") for name, each in frozen.items()}
    return hashlib.sha256(canonical_json(timeless).encode()).hexdigest()


def moved(was: Mapping[str, Json], now: Mapping[str, Json]) -> tuple[Moved, ...]:
    """Return what differs between two frozen sets of figures, in order of their names."""
    names = sorted({*was, *now})
    return tuple(
        each for name in names for each in _differences(name, was.get(name), now.get(name))
    )


def _differences(name: str, was: Json, now: Json) -> Iterable[Moved]:
    before, after = _part(was), _part(now)
    title = str((after or before).get("title", ""))
    if not before or not after:
        yield Moved(name, title, _shown(before), _shown(after), "printed")
        return
    if _shown(before) != _shown(after):
        yield Moved(name, title, _shown(before), _shown(after))
    rows_before, rows_after = _rows(before), _rows(after)
    if gone := [row for row in rows_before if row not in rows_after]:
        yield from (Moved(name, title, row, None, "row") for row in gone)
    if come := [row for row in rows_after if row not in rows_before]:
        yield from (Moved(name, title, None, row, "row") for row in come)


def _part(figure: Json) -> dict[str, Json]:
    return figure if isinstance(figure, dict) else {}


def _shown(figure: Mapping[str, Json]) -> Json:
    if not figure:
        return None
    return figure["state"] if figure.get("state") != "known" else figure.get("value")


def _rows(figure: Mapping[str, Json]) -> list[Json]:
    rows = _part(figure.get("rows")).get("rows", [])
    return rows if isinstance(rows, list) else []


def _without(figure: Json, key: str) -> Json:
    if not isinstance(figure, dict):
        return figure
    return {name: value for name, value in figure.items() if name != key}
