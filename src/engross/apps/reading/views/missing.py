"""Addresses where nothing stands: why, what stands near, and when something stood there."""

from datetime import date

from django.http import HttpRequest, HttpResponse

from engross.apps.reading.queries import CodeLayers, TextState, layers_as_at, text_state
from engross.apps.reading.queries.lost import Stood, nearest_addresses, stood_at
from engross.apps.reading.views.shown import AS_A_DAY, no_text, place_of
from engross.core.dates.wording import day_in_words
from engross.core.legaltext.numbers.addresses import Address, address_from_slug

LONGEST_SLUG = 200


def nothing_at(
    request: HttpRequest, slug: str, on: date | None, *, asked: date | None = None
) -> HttpResponse:
    """Say that nothing stands at an address on a day; `on` is None where it is no day.

    What stands near it is named as at the day `asked`, if there was one.
    """
    if on is None:
        return not_a_day(request)
    address = _address(slug)
    if address is None:
        remedy = "See the contents"
        return no_text(
            request, title="The code", why=f"{slug[:LONGEST_SLUG]!r} names no clause", remedy=remedy
        )
    state = text_state()
    code = layers_as_at(on, state=state)
    if code is None:
        return no_text_yet(request, address, on, state)
    stood = stood_at(address, on=on, code=code)
    return no_text(
        request,
        title=str(address),
        why=f"There is no {address} on {day_in_words(on)}",
        remedy=_remedy(stood, code, address),
        near=[*_once(stood, address), *_near(code, slug, address, asked)],
    )


def not_a_day(request: HttpRequest) -> HttpResponse:
    """Say that what was asked for is no day."""
    return no_text(request, title="The code", why="That is not a day", remedy=AS_A_DAY)


def no_text_yet(
    request: HttpRequest, about: Address | None, on: date, state: TextState
) -> HttpResponse:
    """Say that there is no text on a day, and from which day on there is."""
    what = about or "text"
    remedy = "No text is stored for that day"
    near: list[dict[str, str]] = []
    if state.days:
        first = state.days[0]
        remedy = f"The text begins on {day_in_words(first)}"
        if about is not None:
            near = [
                {"name": f"{about} on {day_in_words(first)}", "href": place_of(about.slug, first)}
            ]
    why = f"There is no {what} on {day_in_words(on)}"
    return no_text(request, title=str(about or "The code"), why=why, remedy=remedy, near=near)


def _address(slug: str) -> Address | None:
    if len(slug) > LONGEST_SLUG:
        return None
    try:
        return address_from_slug(slug)
    except ValueError:
        return None


def _remedy(stood: Stood | None, code: CodeLayers, address: Address) -> str:
    if stood is None:
        if address.document not in code.roots:
            documents = ", ".join(list(code.roots)[:40])
            return f"The documents on that day are {documents}"
        return "Nothing ever stood there; what stands near it is below"
    if stood.is_to_come:
        return f"It stands in the text from {day_in_words(stood.first_on)}"
    until = f"It existed until {day_in_words(stood.until)}" if stood.until else "It existed before"
    if stood.now_at is not None and stood.now_at != address:
        return f"{until}, and now stands at {stood.now_at}"
    return f"{until}, and was then taken away"


def _once(stood: Stood | None, address: Address) -> list[dict[str, str]]:
    """Return the page of an address on the last day that it had one, and where it went."""
    if stood is None:
        return []
    found = []
    if stood.now_at is not None and stood.now_at != address:
        found.append(
            {"name": f"{stood.now_at}, where it went", "href": place_of(stood.now_at.slug, None)}
        )
    day = stood.first_on if stood.is_to_come else stood.last_on
    found.append({"name": f"{address} on {day_in_words(day)}", "href": place_of(address.slug, day)})
    return found


def _near(
    code: CodeLayers, slug: str, address: Address, asked: date | None
) -> list[dict[str, str]]:
    found = []
    for each in nearest_addresses(code, slug, address):
        node = code.node_at(each)
        heading = code.heading_of(node) if node is not None else ""
        name = f"{each} {heading}".strip()
        found.append({"name": name, "href": place_of(each.slug, asked)})
    return found
