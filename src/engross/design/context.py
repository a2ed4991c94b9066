"""What every page knows of the site it is on."""

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from engross.core.codes.codes import Code
from engross.design import navigation, theme
from engross.design.navigation import Place


@dataclass(frozen=True)
class Site:
    """The code that this deployment runs, and where its menus lead from one page.

    `proposals` is what the code calls the list of them.
    """

    name: str
    short_name: str
    administrator: str
    demonstration: bool
    theme_version: str
    navigation: tuple[Place, ...]
    feeds: tuple[Place, ...]
    sign_in: str
    sign_out: str
    account: str
    search: str
    search_description: str
    section: str
    proposals: str


def active_code() -> Code:
    """Return the code of this deployment.

    The look stands below the apps, so the settings say who knows (`ENGROSS_ACTIVE_CODE`).
    """
    where = getattr(settings, "ENGROSS_ACTIVE_CODE", "engross.apps.registers.queries.active_code")
    return cast(Code, import_string(where)())


def _sign_in(request: HttpRequest) -> str:
    """Return where to sign in, and come back from there; the account pages are no way back."""
    place = navigation.address("account_login")
    is_way_back = request.method in ("GET", "HEAD") and request.path != "/"
    if not place or not is_way_back or request.path.startswith(place.removesuffix("login/")):
        return place
    return f"{place}?{urlencode({'next': request.get_full_path()})}"


@cache
def _theme_version(colours: tuple[tuple[str, str], ...]) -> str:
    stylesheet = theme.stylesheet(dict(colours))
    return hashlib.sha256(stylesheet.encode()).hexdigest()[:8]


def site(request: HttpRequest) -> dict[str, Site]:
    """Return `site` for templates: names, menus with the current section, where to sign in.

    It is there as `deployment` too, because allauth's views put another `site` in its place.
    """
    code = active_code()
    menu = navigation.places(navigation.PRIMARY, path=request.path, words=code.words)
    made = Site(
        name=code.name,
        short_name=code.short_name,
        administrator=code.administrator,
        demonstration=bool(getattr(settings, "ENGROSS_DEMONSTRATION", False)),
        theme_version=_theme_version(tuple(code.theme.items())),
        navigation=menu,
        feeds=navigation.places(navigation.FEEDS, path=request.path, words=code.words),
        sign_in=_sign_in(request),
        sign_out=navigation.address("account_logout"),
        account=navigation.address("following:mine") or navigation.address("account_email"),
        search=navigation.address("search:results"),
        search_description=navigation.address("search:description"),
        section=next((place.label for place in menu if place.is_current), ""),
        proposals=next((place.label for place in menu if place.href == navigation.PROPOSALS), ""),
    )
    return {"site": made, "deployment": made}
