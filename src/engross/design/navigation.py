"""Where the header and footer lead: only to addresses that this site has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from django.urls import NoReverseMatch, Resolver404, resolve, reverse


@dataclass(frozen=True)
class Place:
    """An entry of a menu: its words, its address, and whether the page shown lies under it."""

    label: str
    href: str
    is_current: bool = False


@dataclass(frozen=True)
class _Planned:
    label: str
    path: str
    word: str = ""  # the code's own word for it, from its [words]
    under: tuple[str, ...] = field(default=())


PROPOSALS = "/proposals/"
OF_PROPOSALS = ("/cross-code/", "/priorities/", "/timetables/", "/forecasts/", "/whose-move/")
# By address, because an address is what people keep; an app may name its routes as it likes.
PRIMARY = (
    _Planned("Home", "/"),
    _Planned("The code", "/code/", under=("/change-sets/",)),
    _Planned("Code versions", "/code-versions/", "versions", under=("/releases/",)),
    _Planned("Proposals", PROPOSALS, "proposals", under=OF_PROPOSALS),
    _Planned("Consultations", "/consultations/"),
    _Planned("Parties", "/parties/", "parties"),
    _Planned("Meetings", "/meetings/", under=("/papers/", "/votes/", "/bodies/")),
    _Planned("Product lists", "/product-lists/", under=("/device-assurance/",)),
    _Planned("Reports", "/reports/"),
    _Planned("Registers", "/registers/"),
    _Planned("API", "/api/v1/docs"),
)
FEEDS = (
    _Planned("Proposals (Atom)", "/proposals/feed.atom", "proposals"),
    _Planned("Consultations (Atom)", "/consultations/feed.atom"),
    _Planned("Code versions (Atom)", "/code-versions/feed.atom", "versions"),
    _Planned("Product lists (Atom)", "/registers/product-lists/feed.atom"),
    _Planned("News (Atom)", "/registers/newsletter-issues/feed.atom"),
    _Planned("Meetings (iCalendar)", "/meetings/calendar.ics"),
    _Planned("Releases (iCalendar)", "/releases/calendar.ics"),
    _Planned("Consultations close (iCalendar)", "/consultations/calendar.ics"),
    _Planned("Deadlines (iCalendar)", "/deadlines.ics"),
    _Planned("Bulk files", "/bulk/"),
)


@cache
def _leads_somewhere(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def _label(planned: _Planned, words: Mapping[str, str]) -> str:
    own = words.get(planned.word, "")
    if not own:
        return planned.label
    spare = planned.label.partition(" (")
    return own[:1].upper() + own[1:] + "".join(spare[1:])


def _is_under(path: str, planned: _Planned) -> bool:
    if planned.path == "/":
        return path == "/"
    return path.startswith((planned.path, *planned.under))


def places(
    planned: tuple[_Planned, ...], *, path: str, words: Mapping[str, str]
) -> tuple[Place, ...]:
    """Return the entries of a menu whose address exists, in the code's own words."""
    return tuple(
        Place(_label(each, words), each.path, _is_under(path, each))
        for each in planned
        if _leads_somewhere(each.path)
    )


@cache
def address(name: str) -> str:
    """Return the address of a route by its name; empty if the site has none of that name."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
