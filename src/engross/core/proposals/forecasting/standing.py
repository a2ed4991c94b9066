"""Where the proposals stand that a forecast is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from engross.core.proposals.forecasting.days import DayRow
from engross.core.proposals.forecasting.passages import Passage, Spell
from engross.core.proposals.forecasting.past import History


@dataclass(frozen=True)
class Standing:
    """A proposal in an open stage, or awaiting a release: its place among the passages.

    Units: `waited` in Working Days in the stage that it was not on hold: its clock stands still
    meanwhile. `entered` is the place of the day on which it entered, in the row of Working Days.
    """

    place: int
    passage: Passage
    spell: Spell
    route: int
    waited: int
    entered: int
    is_held: bool


def standing(history: History, row: DayRow) -> list[Standing]:
    """Return every proposal that stands in an open stage, or awaits its release, on a day."""
    routes = {key: place for place, key in enumerate(history.routes)}
    stages = {*history.ways.open, *history.ways.awaiting}
    found = [
        (place, passage, spell)
        for place, passage in enumerate(history.passages)
        if (spell := passage.spell_on(row.on)) is not None and spell.stage in stages
    ]
    entered = row.places([spell.entered_on for *_, spell in found])
    held = _held_days([(passage, spell) for _, passage, spell in found], row)
    return [
        Standing(
            place, passage, spell, routes[passage.route], -int(began) - off, int(began),
            is_held=passage.hold_on(row.on) is not None,
        )
        for (place, passage, spell), began, off in zip(found, entered, held, strict=True)
    ]  # fmt: skip


def _held_days(found: Sequence[tuple[Passage, Spell]], row: DayRow) -> list[int]:
    """Return for how many Working Days each was on hold while in its stage."""
    held, spans, whose = [0] * len(found), [], []
    for number, (passage, spell) in enumerate(found):
        for each in passage.holds:
            first = max(each.held_from, spell.entered_on)
            last = min(each.held_until or row.on, row.on)
            if first < last:
                spans += [first, last]
                whose.append(number)
    places = row.places(spans).reshape(-1, 2)
    for number, (first, last) in zip(whose, places, strict=True):
        held[number] += int(last - first)
    return held
