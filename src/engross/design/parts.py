"""Small parts of a page, made in Python so that a list of 60 rows stays cheap.

Each gives safe HTML. The template tags of `templatetags/design.py` are doors to the same functions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import escape as plain_escape
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from engross.core.refusals import Reason

STATUS_KINDS = ("neutral", "open", "waiting", "hold", "late", "done", "stopped")
_MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
CLASSES = {
    "white": "White: anyone may read this",
    "green": "Green: members and Parties may read this",
    "amber": "Amber: only named people may read this",
    "red": "Red: only those at the meeting may read this",
}
BASES = {
    "derived": "Worked out from other records, not recorded as such",
    "fictional": "Made up for the demonstration",
    "imported": "Taken over as a monthly total; there are no rows behind it",
}


@dataclass(frozen=True)
class Column:
    """A column of a table: where its cell comes from, and how it is set.

    `kind` is text, number, day, moment, reference (an identifier that does not break) or title
    (the words that lead a card on a phone). `sort` is the query's word for sorting by it, if it
    sorts. `link` names the attribute or key of the row that holds the cell's address.
    """

    key: str
    label: str
    kind: str = "text"
    sort: str = ""
    link: str = ""


def value_at(row: Any, key: str) -> Any:
    """Return what `row` holds under `key`: a mapping's entry or an attribute, called if it can be.

    Raises LookupError if it holds nothing of that name.
    """
    # First what most rows are: to ask whether something is a mapping of any kind costs more.
    if isinstance(row, (dict, Mapping)):
        return row[key]
    try:
        value = getattr(row, key)
    except AttributeError as error:
        raise LookupError(f"{type(row).__name__} has no '{key}' to show in a column") from error
    return value() if callable(value) else value


def day(value: date | None, *, otherwise: str = "") -> SafeString:
    """Return a day as `22 Sep 2021` as `<time>`; a dash or `otherwise` if there is none."""
    if not value:
        return nothing(otherwise)
    words = "\N{NO-BREAK SPACE}".join((str(value.day), _MONTHS[value.month - 1], str(value.year)))
    return SafeString(f'<time datetime="{value.isoformat()[:10]}">{words}</time>')


def moment(value: datetime | None) -> SafeString:
    """Return a moment as `22 Sep 2021, 14:05` in the code's time zone."""
    if not value:
        return nothing()
    here = timezone.get_current_timezone()
    local = value.astimezone(here) if timezone.is_aware(value) else value
    return format_html(
        '<time datetime="{}">{}</time>',
        value.isoformat(),
        date_format(local, "j M Y, H:i"),
    )


def nothing(words: str = "") -> SafeString:
    """Return what stands in an empty place: `words`, or a dash that a screen reader skips."""
    if words:
        return format_html('<span class="nothing">{}</span>', words)
    return SafeString('<span class="nothing" aria-hidden="true">\N{EN DASH}</span>')


def number(value: Any) -> str:
    """Return a number with a comma between thousands; anything else as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return str(value)
    return f"{value:,}"


def status(label: str, kind: str = "neutral") -> SafeString:
    """Return a status: its word, and a sign for `kind`. Raises ValueError for an unknown kind."""
    if kind not in STATUS_KINDS:
        raise ValueError(f"A status is one of {', '.join(STATUS_KINDS)}, not '{kind}'")
    return format_html('<span class="status" data-kind="{}">{}</span>', kind, label)


def class_badge(key: str) -> SafeString:
    """Return the badge of a class of paper. Raises ValueError for an unknown class."""
    if key not in CLASSES:
        raise ValueError(f"A class is one of {', '.join(CLASSES)}, not '{key}'")
    return format_html(
        '<span class="class-badge" data-class="{}" title="{}">{}</span>',
        key,
        CLASSES[key],
        key.capitalize(),
    )


def basis(key: str) -> SafeString:
    """Return the mark of a fact that is not a plain record; nothing for a plain record."""
    if key in ("", "record"):
        return SafeString("")
    return format_html(
        '<span class="basis" data-basis="{}" title="{}">{}</span>',
        key,
        BASES.get(key, ""),
        key,
    )


def reason(told: Reason) -> SafeString:
    """Return a reason as a form tells it, its remedy as a link where a page is for that."""
    return format_html("{}. {}.", told.sourced, link(told.href, told.remedy))


def link(href: str, words: Any) -> SafeString:
    """Return `words` as a link; just the words if there is no address."""
    if not href:
        return conditional_escape(words)
    return format_html('<a href="{}">{}</a>', href, words)


def shown(value: Any, kind: str = "text") -> str:
    """Return a cell's value as safe HTML after its kind; a dash where it is None or empty."""
    if value is None or value == "":
        return nothing()
    if type(value) is str:  # Not one that is safe already: most cells of a list.
        return plain_escape(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if hasattr(value, "__html__"):
        return str(value.__html__())
    if isinstance(value, bool):
        value = "yes" if value else "no"
    # The interpreter's own escape: Django's asks each time whether the text is still to come.
    return plain_escape(str(number(value) if kind == "number" else value))
