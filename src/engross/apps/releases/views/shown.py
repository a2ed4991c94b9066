"""What the pages of versions and of releases share: addresses, marks, commands, files."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from engross.adapters.tables import CONTENT_TYPES, table_bytes
from engross.apps.accounts.queries import may_change_registers
from engross.apps.registers.queries import active_code, plain_rows
from engross.apps.registers.registers import register_named
from engross.apps.releases.queries import Part
from engross.core.codes.codes import Option
from engross.core.registers.addresses import address_of
from engross.design.parts import Column, basis, status

ROWS_A_PAGE = 60
PART_COLUMNS = (
    Column("proposal", "Identifier", "reference", link="href"),
    Column("title", "Title", "title"),
    Column("sequence", "Part", "number"),
    Column("state", "State"),
    Column("release", "Release", link="release_href"),
    Column("version", "Version", "reference", link="version_href"),
    Column("implemented_on", "Day", "day"),
)


def tabs_of(current: str) -> list[dict[str, Any]]:
    """Return the two views that share a place in the menu."""
    words = active_code().words.get("versions", "Versions")
    named = {"versions": words[:1].upper() + words[1:], "releases": "Releases"}
    return [
        {"label": label, "href": reverse(f"releases:{name}"), "is_current": name == current}
        for name, label in named.items()
    ]


def proposals_word() -> str:
    """Return the code's word for proposals, as a heading writes it."""
    word = active_code().words.get("proposals", "Proposals")
    return word[:1].upper() + word[1:]


def downloads_of(request: HttpRequest, name: str) -> dict[str, str]:
    """Return where the list that was asked for can be had as a file."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return {
        form: reverse(f"releases:download-{name}", args=[form]) + query
        for form in ("csv", "xlsx", "json")
    }


def file_of(name: str, form: str, rows: Any) -> HttpResponse:
    """Return rows of a register as a file that an import takes back."""
    register = register_named(name)
    content = table_bytes(form, name, register.all_columns, plain_rows(register, rows))
    response = HttpResponse(content, content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def href_of_version(number: str, as_at: date | None = None) -> str:
    """Return the address of a version's page, as at a day if one is asked for."""
    query = f"?{urlencode({'as_at': as_at.isoformat()})}" if as_at else ""
    return reverse("releases:version", args=[address_of(number)]) + query


def href_of_release(name: str, as_at: date | None = None) -> str:
    """Return the address of a release's page, as at a day if one is asked for."""
    query = f"?{urlencode({'as_at': as_at.isoformat()})}" if as_at else ""
    return reverse("releases:release", args=[address_of(name)]) + query


def shown_parts(parts: Iterable[Part], today: date) -> list[dict[str, Any]]:
    """Return parts as a table shows them, with the addresses they lead to."""
    return [
        {
            "proposal": part.proposal,
            "href": reverse("proposals:proposal", args=[part.proposal]),
            "title": _title_of(part),
            "sequence": part.sequence,
            "state": with_basis(_state_mark(part, today), part.basis),
            "release": part.release,
            "release_href": href_of_release(part.release) if part.release else "",
            "version": part.version,
            "version_href": href_of_version(part.version) if part.version else "",
            "implemented_on": part.implemented_on,
        }
        for part in parts
    ]


def _title_of(part: Part) -> str:
    if not part.note:
        return part.title
    return format_html('{} <span class="small muted">{}</span>', part.title, part.note)


def _state_mark(part: Part, today: date) -> SafeString:
    """Return how sure a part is. Its state bears no day, so one done later is said to be."""
    try:
        option = active_code().option("tranche_states", part.state)
    except LookupError:  # recorded under a code that had this state
        return status(part.state, "neutral")
    if option.flag("is_done"):
        is_later = part.implemented_on is not None and part.implemented_on > today
        return status(f"{option.name} later" if is_later else option.name,
                      "waiting" if is_later else "done")  # fmt: skip
    return status(option.name, "open" if option.number("order") > 1 else "neutral")


def state_name(state: Option, *, is_ahead: bool) -> str:
    """Return what a state is called; on a day before the release, done is done later."""
    return f"{state.name} later" if is_ahead and state.flag("is_done") else state.name


def commands_for(
    request: HttpRequest, register: str, row: Any, subject: dict[str, str]
) -> list[tuple[str, str]]:
    """Return what staff may do here: words and addresses; nothing for anyone else."""
    if not may_change_registers(request.user):
        return []
    part = reverse("registers:record", args=["proposal-tranches"])
    return [
        ("Correct", reverse("registers:correct", args=[register, row.entry])),
        ("Withdraw", reverse("registers:withdraw", args=[register, row.entry])),
        ("Add a proposal's part", f"{part}?{urlencode(subject)}"),
    ]


OUTCOMES = {
    "one": "changed by one",
    "agreed": "changed alike",
    "combined": "changes combined",
    "conflict": "in conflict",
    "resolved": "decided",
}


def outcome_words(kind: str) -> str:
    """Return what becomes of a provision in a composition, in words."""
    return OUTCOMES.get(kind, kind)


def unknown(
    request: HttpRequest, title: str, near: list[tuple[str, str]], name: str
) -> HttpResponse:
    """Say that nothing bears a name, and which names are near."""
    context = {
        "title": title,
        "lead": "Nothing here bears that name.",
        "near": near,
        "all_url": reverse(f"releases:{name}"),
        "all_label": f"All {name}",
    }
    return render(request, "design/unknown.html", context, status=404)


def with_basis(words: str, key: str) -> str:
    """Return words with the mark of what they rest on; as they are for a plain record."""
    mark = basis(key)
    return format_html("{} {}", words, mark) if mark else words
