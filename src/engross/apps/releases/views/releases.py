"""The pages of releases: the list, and one release with what it carries."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from engross.apps.accounts.queries import may_change_registers
from engross.apps.dates.queries import calendar_of_the_code, working_days_left
from engross.apps.registers.queries import active_code, option_name
from engross.apps.releases import queries
from engross.apps.releases.forms import AsAtForm, ReleaseFilterForm
from engross.apps.releases.models import Composition, ReleaseDetails
from engross.apps.releases.queries import Part
from engross.apps.releases.views.shown import (
    PART_COLUMNS,
    ROWS_A_PAGE,
    commands_for,
    downloads_of,
    file_of,
    href_of_release,
    href_of_version,
    proposals_word,
    shown_parts,
    state_name,
    tabs_of,
    unknown,
    with_basis,
)
from engross.core.registers.addresses import address_of, nearest_keys
from engross.design.parts import Column, status

RELEASE_COLUMNS = (
    Column("name", "Release", "title", link="href"),
    Column("released_on", "Day", "day", sort="released_on"),
    Column("kind", "Kind", sort="kind"),
    Column("scope", "Scope"),
    Column("left", "Working Days left", "number"),
    Column("states", "What it carries"),
)

SCOPE_COLUMNS = (
    Column("proposal", "Identifier", "reference", link="href"),
    Column("what", "Decided"),
    Column("decided_on", "On", "day"),
    Column("body", "By"),
)
COMPOSITION_COLUMNS = (
    Column("number", "Composition", "reference", link="href"),
    Column("made_on", "Made", "day"),
    Column("base", "Put into version", "reference"),
    Column("standing", "Standing"),
)
WINDOW_COLUMNS = (
    Column("name", "Window", "title"),
    Column("on", "Day", "day"),
    Column("left", "Working Days left", "number"),
    Column("carries", "Carries"),
)


def release_list(request: HttpRequest) -> HttpResponse:
    """Show the releases that were asked for, the latest first."""
    form = ReleaseFilterForm(request.GET, years=queries.years_of_releases())
    asked = form.asked(sort=request.GET.get("sort", ""))
    rows: Any = queries.releases_asked(asked, year=form.year())
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    today = asked.as_at or timezone.localdate()
    page.object_list = _shown_releases(list(page.object_list), today, asked.as_at)
    context = {
        "title": "Releases",
        "lead": "The days on which changes go live, and what each carries.",
        "tabs": tabs_of("releases"),
        "filter_form": form,
        "page": page,
        "columns": RELEASE_COLUMNS,
        "noun": "releases" if page.paginator.count != 1 else "release",
        "sorted_by": asked.sort,
        "as_at": asked.as_at,
        "downloads": {
            **downloads_of(request, "releases"),
            "ical": reverse("releases:calendar"),
        },
        "may_change": may_change_registers(request.user),
        "register": "releases",
        "empty_title": None if request.GET else "No release is recorded yet.",
        "windows": _windows(today),
        "window_columns": WINDOW_COLUMNS,
    }
    return render(request, "releases/releases.html", context)


def _windows(today: date) -> list[dict[str, Any]]:
    calendar = calendar_of_the_code()
    return [
        {
            "name": f"{each.window.name} {each.by_rule_on.year}",
            "on": each.on,
            "left": working_days_left(calendar, today, each.on),
            "carries": ("Text and systems" if each.window.carries_systems else "Text alone")
            + (f"; moved from {each.by_rule_on:%-d %B}" if each.is_moved else ""),
        }
        for each in queries.windows_ahead(on=today)
    ]


def _shown_releases(
    rows: list[ReleaseDetails], today: date, as_at: date | None
) -> list[dict[str, Any]]:
    states = queries.states_by_release([row.release_id for row in rows])
    kinds = {each.key: each.name for each in active_code().options("release_kinds")}
    calendar = calendar_of_the_code()
    return [
        {
            "name": row.release.label,
            "href": href_of_release(row.release.key, as_at),
            "released_on": row.released_on,
            "kind": kinds.get(row.kind, row.kind),
            "scope": row.scope,
            "states": with_basis(
                _counted_states(states.get(row.release_id, {}), is_ahead=row.released_on > today),
                row.basis,
            ),
            "left": working_days_left(calendar, today, row.released_on),
        }
        for row in rows
    ]


def _counted_states(counts: dict[str, int], *, is_ahead: bool) -> str:
    """Return how many proposals stand how, the surest first: '5 done, 2 proposed'."""
    options = active_code().options("tranche_states")
    ordered = sorted(options, key=lambda each: -each.number("order"))
    listed = (
        f"{counts[each.key]} {state_name(each, is_ahead=is_ahead).lower()}"
        for each in ordered
        if each.key in counts
    )
    return ", ".join(listed)


def download_releases(request: HttpRequest, form: str) -> HttpResponse:
    """Send the list of releases that was asked for as a file that an import takes back."""
    asking = ReleaseFilterForm(request.GET, years=queries.years_of_releases())
    asked = asking.asked(sort=request.GET.get("sort", ""))
    return file_of("releases", form, queries.releases_asked(asked, year=asking.year()))


def release(request: HttpRequest, name: str) -> HttpResponse:
    """Show a release: its day, what it carries, and how sure each part is."""
    row = queries.release_at(name)
    if row is None:
        near = nearest_keys(name, queries.release_keys())
        links = [(key, href_of_release(key)) for key in near]
        return unknown(request, f"There is no release {name[:60]}", links, "releases")
    key = row.release.key
    as_at = AsAtForm(request.GET).day()
    if name != address_of(key):
        return redirect(href_of_release(key, as_at))
    today = as_at or timezone.localdate()
    parts = queries.parts_of_release(row.release_id)
    before, after = queries.releases_beside(row)
    context = {
        "title": row.release.label,
        "row": row,
        "kind": option_name("release_kinds", row.kind),
        "left": working_days_left(calendar_of_the_code(), today, row.released_on),
        "is_ahead": row.released_on > today,
        "is_today": row.released_on == today,
        "parts": shown_parts(parts, today),
        "part_columns": [each for each in PART_COLUMNS if each.key != "release"],
        "word": proposals_word(),
        "versions": [(each, href_of_version(each)) for each in queries.versions_of(parts)],
        "groups": _state_groups(parts, is_ahead=row.released_on > today),
        "before": before,
        "before_href": href_of_release(before.release.key) if before else "",
        "after": after,
        "after_href": href_of_release(after.release.key) if after else "",
        "as_at": as_at,
        "api_url": f"/api/v1/releases/{address_of(key)}",
        "commands": _commands(request, row),
        **_work(request, row),
    }  # fmt: skip
    return render(request, "releases/release.html", context)


def _commands(request: HttpRequest, row: ReleaseDetails) -> list[tuple[str, str]]:
    """Return what staff may do with a release: words and addresses; nothing for anyone else."""
    key = row.release.key
    found = commands_for(request, "releases", row, {"release": key})
    if not found:
        return []
    scope = reverse("registers:record", args=["release-scopes"])
    return [
        ("Compose it", reverse("releases:compose", args=[address_of(key)])),
        ("Record a decision on its scope", f"{scope}?{urlencode({'release': key})}"),
        *found,
    ]


def _work(request: HttpRequest, row: ReleaseDetails) -> dict[str, Any]:
    """Return what a release's page shows of its scope, its compositions and its document."""
    made = list(queries.compositions_of(row.release.key))
    may_see = may_change_registers(request.user)
    address = address_of(row.release.key)
    standing = [each for each in made if each.published_version and not each.withdrawn_at]
    return {
        "scope": [_scoped(each) for each in queries.scope_of(row.release_id)],
        "scope_columns": SCOPE_COLUMNS,
        "compositions": [_composition(each, address) for each in made] if may_see else [],
        "composition_columns": COMPOSITION_COLUMNS,
        "document": _document_addresses(address) if standing or (made and may_see) else {},
    }  # fmt: skip


def _document_addresses(address: str) -> dict[str, str]:
    files = {form: reverse("releases:document-file", args=[address, form])
             for form in ("pdf", "docx")}  # fmt: skip
    return {"page": reverse("releases:document", args=[address]), **files}


def _scoped(each: queries.Scoped) -> dict[str, Any]:
    decision = each.decision
    return {
        "proposal": decision.proposal,
        "href": reverse("proposals:proposal", args=[decision.proposal]),
        "what": status("In scope" if decision.is_in else "Out of scope",
                       ("open" if decision.is_in else "stopped") if each.stands else "neutral"),
        "decided_on": decision.decided_on,
        "body": option_name("bodies", decision.body),
    }  # fmt: skip


def _composition(made: Composition, address: str) -> dict[str, Any]:
    left = made.conflicts_left + made.findings_left
    standing = (
        f"withdrawn, was version {made.published_version}" if made.withdrawn_at
        else f"version {made.published_version}" if made.published_version
        else f"{left} to decide or answer" if left else "decided"
    )  # fmt: skip
    return {
        "number": made.number,
        "href": reverse("releases:composition", args=[address, made.number]),
        "made_on": timezone.localdate(made.made_at),
        "base": made.base_version.key,
        "standing": standing,
    }


def _state_groups(parts: Iterable[Part], *, is_ahead: bool) -> list[tuple[str, int]]:
    """Return how many parts stand in each state, the surest first."""
    counts: dict[str, int] = {}
    for part in parts:
        counts[part.state] = counts.get(part.state, 0) + 1
    options = sorted(active_code().options("tranche_states"), key=lambda o: -o.number("order"))
    return [
        (state_name(each, is_ahead=is_ahead), counts[each.key])
        for each in options
        if each.key in counts
    ]
