"""Whose holidays: a country, and where holidays differ within it, a nation or subdivision.

The names are those of ISO 3166 ('IE', 'DE-BY', 'US-CA'). The United Kingdom has no calendar of
its own, so one of its nations must be named; England and Wales share theirs.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

import holidays
import numpy as np
from numpy.typing import NDArray

from engross.core.refusals import Reason, Refused

UK = "GB"
_UK_NATIONS = {"england-and-wales": "ENG", "northern-ireland": "NIR", "scotland": "SCT"}
_UK_ALIASES = {
    "england": "england-and-wales",
    "eng": "england-and-wales",
    "wales": "england-and-wales",
    "wls": "england-and-wales",
    "nir": "northern-ireland",
    "sct": "scotland",
}
_COUNTRY = re.compile(r"[A-Z]{2}")


def split_place(text: str) -> tuple[str, str | None]:
    """Return country and nation of a place written in one: 'scotland', 'IE' or 'DE-BY'.

    Raises Refused if there is no such place.
    """
    if uk_nation_named(text) is not None:
        return settle_place(UK, text)
    country, _, nation = text.partition("-")
    return settle_place(country, nation or None)


def uk_nation_named(text: str) -> str | None:
    """Return the one name of a nation of the United Kingdom, or None if `text` is not one."""
    name = "-".join(text.casefold().replace("_", " ").replace("-", " ").split())
    name = _UK_ALIASES.get(name, name)
    return name if name in _UK_NATIONS else None


def nations_of(country: str) -> tuple[str, ...]:
    """Return the nations or subdivisions that a country's calendars are told apart by, in order.

    Raises Refused if no holidays are known of the country.
    """
    table = _country(country)
    return tuple(_UK_NATIONS) if table.country == UK else tuple(sorted(table.subdivisions))


@lru_cache(maxsize=256)
def settle_place(country: str, nation: str | None) -> tuple[str, str | None]:
    """Return the one spelling of a place, so that equal places are equal.

    Raises Refused if the country is not known, or has no such nation or subdivision.
    """
    table = _country(country)
    settled = str(table.country)
    if settled == UK:
        return settled, _settle_uk_nation(nation)
    if nation is None:
        return settled, None
    spellings = {code.casefold(): code for code in table.subdivisions}
    spellings |= {alias.casefold(): code for alias, code in table.subdivisions_aliases.items()}
    code = spellings.get(nation.strip().casefold())
    if code is None:
        raise Refused(_no_such_nation(nation, settled, tuple(table.subdivisions)))
    return settled, code


@dataclass(frozen=True, eq=False)
class PublishedDays:
    """The days of a place as published, before anyone corrects them; both ends included."""

    first_day: date
    last_day: date
    is_weekend: NDArray[np.bool_]
    works_at_weekend: frozenset[date]
    holiday_names: Mapping[date, str]


@lru_cache(maxsize=32)
def published_days(country: str, nation: str | None) -> PublishedDays:
    """Return all that is published of a settled place, for every year that is known of it."""
    known = _country(country)
    first_day, last_day = date(known.start_year, 1, 1), date(known.end_year, 12, 31)
    code = _UK_NATIONS[nation] if country == UK and nation else nation
    table = holidays.country_holidays(
        country, subdiv=code, years=range(first_day.year, last_day.year + 1)
    )
    every_day = (first_day + timedelta(days=i) for i in range((last_day - first_day).days + 1))
    return PublishedDays(
        first_day=first_day,
        last_day=last_day,
        # Asked day by day, because some countries have moved their weekend.
        is_weekend=np.fromiter(map(table.is_weekend, every_day), dtype=np.bool_),
        # A holiday may be observed just outside the years asked for.
        works_at_weekend=frozenset(d for d in table.weekend_workdays if first_day <= d <= last_day),
        holiday_names=MappingProxyType(
            {day: name for day, name in table.items() if first_day <= day <= last_day}
        ),
    )


def _country(country: str) -> holidays.HolidayBase:
    code = country.strip().upper()
    try:
        # The library would take any name it holds, such as that of a function.
        if not _COUNTRY.fullmatch(code):
            raise NotImplementedError
        return holidays.country_holidays(code)
    except NotImplementedError:
        reason = Reason(
            f"No holidays are known of '{country}'",
            "Give a country by its two letters (IE), with a subdivision (DE-BY),"
            f" or a nation of the United Kingdom: {', '.join(_UK_NATIONS)}",
        )
        raise Refused(reason) from None


def _settle_uk_nation(nation: str | None) -> str:
    if nation is None:
        reason = Reason(
            "The United Kingdom has no holidays of its own",
            f"Name one of its nations: {', '.join(_UK_NATIONS)}",
        )
        raise Refused(reason)
    settled = uk_nation_named(nation)
    if settled is None:
        raise Refused(_no_such_nation(nation, "the United Kingdom", tuple(_UK_NATIONS)))
    return settled


def _no_such_nation(nation: str, country: str, choices: tuple[str, ...]) -> Reason:
    remedy = f"Choose from {', '.join(choices)}" if choices else "Leave it out"
    return Reason(f"No '{nation}' is known in {country}", remedy)
