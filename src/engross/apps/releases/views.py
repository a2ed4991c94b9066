"""The pages of code versions and of releases: their lists, and one of each."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from engross.adapters.tables import CONTENT_TYPES, table_bytes
from engross.apps.accounts.queries import is_staff, may_change_registers
from engross.apps.dates.queries import calendar_of_the_code, working_days_left
from engross.apps.legaltext import queries as texts
from engross.apps.legaltext.models import CodeVersionDetails
from engross.apps.registers.queries import active_code, option_name, plain_rows, timeline_of
from engross.apps.registers.registers import register_named
from engross.apps.releases import queries
from engross.apps.releases.forms import AsAtForm, ReleaseFilterForm, VersionFilterForm
from engross.apps.releases.models import ReleaseDetails
from engross.apps.releases.queries import Part
from engross.core.codes.codes import Option
from engross.core.legaltext.versions import Standing, standing_of
from engross.core.registers.addresses import address_of, nearest_keys
from engross.design.parts import Column, basis, day, status

ROWS_A_PAGE = 60
VERSION_COLUMNS = (
    Column("number", "Version", "reference", link="href"),
    Column("effective_on", "Effective", "day", sort="effective_on"),
    Column("published_on", "Published", "day", sort="published_on"),
    Column("standing", "Standing"),
    Column("cause", "Cause", sort="cause"),
    Column("key_changes", "Key changes", "title"),
)
RELEASE_COLUMNS = (
    Column("name", "Release", "title", link="href"),
    Column("released_on", "Day", "day", sort="released_on"),
    Column("kind", "Kind", sort="kind"),
    Column("scope", "Scope"),
    Column("left", "Working Days left", "number"),
    Column("states", "What it carries"),
)


def tabs_of(current: str) -> list[dict[str, Any]]:
    """Return the two views that share a place in the menu."""
    words = active_code().words.get("versions", "Versions")
    named = {"versions": words[:1].upper() + words[1:], "releases": "Releases"}
    return [
        {"label": label, "href": reverse(f"releases:{name}"), "is_current": name == current}
        for name, label in named.items()
    ]


def _proposals_word() -> str:
    word = active_code().words.get("proposals", "Proposals")
    return word[:1].upper() + word[1:]


def version_list(request: HttpRequest) -> HttpResponse:
    """Show the versions of the code that were asked for, and which is in force."""
    form = VersionFilterForm(request.GET, years=texts.years_of_versions())
    asked = form.asked(sort=request.GET.get("sort", ""))
    today = asked.as_at or timezone.localdate()
    rows: Any = texts.versions_asked(asked, year=form.year())
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    in_force = texts.version_in_force(today)
    page.object_list = _shown_versions(list(page.object_list), today, asked.as_at, in_force)
    tabs = tabs_of("versions")
    context = {
        "title": tabs[0]["label"],
        "lead": "Every version of the code: when it took effect, and what made it.",
        "tabs": tabs,
        "in_force": in_force,
        "in_force_href": href_of_version(in_force, asked.as_at) if in_force else "",
        "today": today,
        "filter_form": form,
        "page": page,
        "columns": (*VERSION_COLUMNS, Column("proposals", _proposals_word(), "number")),
        "noun": "versions" if page.paginator.count != 1 else "version",
        "sorted_by": asked.sort,
        "as_at": asked.as_at,
        "downloads": {**_downloads(request, "versions"), "atom": reverse("releases:versions-feed")},
        "may_change": may_change_registers(request.user),
        "register": "code-versions",
        "empty_title": None if request.GET else "No version is recorded yet.",
    }
    return render(request, "releases/versions.html", context)


def _downloads(request: HttpRequest, name: str) -> dict[str, str]:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return {
        form: reverse(f"releases:download-{name}", args=[form]) + query
        for form in ("csv", "xlsx", "json")
    }


def _shown_versions(
    rows: list[CodeVersionDetails], today: date, as_at: date | None, in_force: str
) -> list[dict[str, Any]]:
    counts = queries.proposals_by_version([row.version_id for row in rows])
    causes = {each.key: each.name for each in active_code().options("version_reasons")}
    return [
        {
            "number": row.version.key,
            "href": href_of_version(row.version.key, as_at),
            "effective_on": row.effective_on,
            "published_on": row.published_on,
            "standing": format_html(
                "{} {}", standing_mark(row, on=today, in_force=in_force), basis(row.basis)
            ),
            "cause": causes.get(row.cause, row.cause),
            "key_changes": row.key_changes,
            # None is recorded, which does not say that there was none.
            "proposals": counts.get(row.version_id),
        }
        for row in rows
    ]


def standing_mark(row: CodeVersionDetails, *, on: date, in_force: str) -> str:
    """Return how a version stands on a day, in words; a mark where it matters."""
    standing = standing_of(texts.days_of(row), on=on, in_force=in_force)
    if standing is Standing.IN_FORCE:
        return status("In force", "done")
    if standing is Standing.SUPERSEDED:
        return "Superseded"
    words = format_html("In force from {}", day(row.effective_on))
    if standing is Standing.PUBLISHED:
        return status(words, "waiting")
    return status(format_html("Planned: {}", words), "neutral")


def href_of_version(number: str, as_at: date | None = None) -> str:
    """Return the address of a version's page, as at a day if one is asked for."""
    query = f"?{urlencode({'as_at': as_at.isoformat()})}" if as_at else ""
    return reverse("releases:version", args=[address_of(number)]) + query


def download_versions(request: HttpRequest, form: str) -> HttpResponse:
    """Send the list of versions that was asked for as a file that an import takes back."""
    asking = VersionFilterForm(request.GET, years=texts.years_of_versions())
    asked = asking.asked(sort=request.GET.get("sort", ""))
    return _file("code-versions", form, texts.versions_asked(asked, year=asking.year()))


def _file(name: str, form: str, rows: Any) -> HttpResponse:
    register = register_named(name)
    content = table_bytes(form, name, register.all_columns, plain_rows(register, rows))
    response = HttpResponse(content, content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def version(request: HttpRequest, number: str) -> HttpResponse:
    """Show a version: its days, what made it, and what came before and after."""
    row = texts.version_at(number)
    if row is None:
        near = nearest_keys(number, texts.version_keys())
        links = [(key, href_of_version(key)) for key in near]
        return _unknown(request, f"There is no version {number[:60]}", links, "versions")
    key = row.version.key
    as_at = AsAtForm(request.GET).day()
    if number != address_of(key):
        return redirect(href_of_version(key, as_at))
    today = as_at or timezone.localdate()
    parts = queries.parts_of_version(row.version_id)
    before, after = texts.versions_beside(row)
    events = timeline_of("code-versions", row.version, as_at=as_at, today=today,
                         may_see_all=is_staff(request.user))  # fmt: skip
    context = {
        "title": f"Version {key}",
        "word": tabs_of("versions")[0]["label"],
        "proposals_word": _proposals_word(),
        "row": row,
        "standing": standing_mark(row, on=today, in_force=texts.version_in_force(today)),
        "facts": _version_facts(row, today),
        "parts": [_shown_part(part, today) for part in parts],
        "events": events,
        "before": before,
        "before_href": href_of_version(before.version.key) if before else "",
        "after": after,
        "after_href": href_of_version(after.version.key) if after else "",
        "as_at": as_at,
        "api_url": f"/api/v1/code-versions/{address_of(key)}",
        "feed_url": reverse("releases:versions-feed"),
        "commands": _commands(request, "code-versions", row, {"version": key}),
    }
    return render(request, "releases/version.html", context)


def _version_facts(row: CodeVersionDetails, today: date) -> list[tuple[str, Any]]:
    facts: list[tuple[str, Any]] = [
        ("Takes effect" if row.effective_on > today else "Took effect", row.effective_on),
        ("Published", row.published_on),
        ("Cause", option_name("version_reasons", row.cause) if row.cause else None),
    ]
    calendar = calendar_of_the_code()
    if row.published_on:
        notice = working_days_left(calendar, row.published_on, row.effective_on)
        if notice is not None:
            facts.append(("Notice, in Working Days", notice))
    left = working_days_left(calendar, today, row.effective_on)
    if left is not None:
        facts.append(("Working Days left", left))
    return facts


def _shown_part(part: Part, today: date) -> dict[str, Any]:
    return {
        "part": part,
        "href": reverse("proposals:proposal", args=[part.proposal]),
        "state": _state_mark(part, today),
        "release_href": href_of_release(part.release) if part.release else "",
        "version_href": href_of_version(part.version) if part.version else "",
    }


def _state_mark(part: Part, today: date) -> SafeString:
    """Return how sure a part is. Its state bears no day, so one done later is said to be."""
    option = active_code().option("tranche_states", part.state)
    if option.flag("is_done"):
        is_later = part.implemented_on is not None and part.implemented_on > today
        return status(f"{option.name} later" if is_later else option.name,
                      "waiting" if is_later else "done")  # fmt: skip
    return status(option.name, "open" if option.number("order") > 1 else "neutral")


def _commands(
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


def _unknown(
    request: HttpRequest, title: str, near: list[tuple[str, str]], name: str
) -> HttpResponse:
    context = {
        "title": title,
        "lead": "Nothing here bears that name.",
        "near": near,
        "all_url": reverse(f"releases:{name}"),
        "all_label": f"All {name}",
    }
    return render(request, "design/unknown.html", context, status=404)


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
        "downloads": _downloads(request, "releases"),
        "may_change": may_change_registers(request.user),
        "register": "releases",
        "empty_title": None if request.GET else "No release is recorded yet.",
    }
    return render(request, "releases/releases.html", context)


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
            "states": format_html(
                "{} {}",
                _counted_states(states.get(row.release_id, {}), is_ahead=row.released_on > today),
                basis(row.basis),
            ),
            "left": working_days_left(calendar, today, row.released_on),
        }
        for row in rows
    ]


def _counted_states(counts: dict[str, int], *, is_ahead: bool) -> str:
    """Return how many proposals stand how, the surest first: '5 done, 2 proposed'."""
    options = active_code().options("tranche_states")
    ordered = sorted(options, key=lambda each: -each.number("order"))
    listed = [
        (counts[each.key], _state_name(each, is_ahead=is_ahead).lower())
        for each in ordered
        if each.key in counts
    ]
    return format_html_join(", ", "{} {}", listed)


def _state_name(state: Option, *, is_ahead: bool) -> str:
    return f"{state.name} later" if is_ahead and state.flag("is_done") else state.name


def href_of_release(name: str, as_at: date | None = None) -> str:
    """Return the address of a release's page, as at a day if one is asked for."""
    query = f"?{urlencode({'as_at': as_at.isoformat()})}" if as_at else ""
    return reverse("releases:release", args=[address_of(name)]) + query


def download_releases(request: HttpRequest, form: str) -> HttpResponse:
    """Send the list of releases that was asked for as a file that an import takes back."""
    asking = ReleaseFilterForm(request.GET, years=queries.years_of_releases())
    asked = asking.asked(sort=request.GET.get("sort", ""))
    return _file("releases", form, queries.releases_asked(asked, year=asking.year()))


def release(request: HttpRequest, name: str) -> HttpResponse:
    """Show a release: its day, what it carries, and how sure each part is."""
    row = queries.release_at(name)
    if row is None:
        near = nearest_keys(name, queries.release_keys())
        links = [(key, href_of_release(key)) for key in near]
        return _unknown(request, f"There is no release {name[:60]}", links, "releases")
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
        "parts": [_shown_part(part, today) for part in parts],
        "word": _proposals_word(),
        "versions": [(each, href_of_version(each)) for each in queries.versions_of(parts)],
        "groups": _state_groups(parts, is_ahead=row.released_on > today),
        "before": before,
        "before_href": href_of_release(before.release.key) if before else "",
        "after": after,
        "after_href": href_of_release(after.release.key) if after else "",
        "as_at": as_at,
        "api_url": f"/api/v1/releases/{address_of(key)}",
        "commands": _commands(request, "releases", row, {"release": key}),
    }  # fmt: skip
    return render(request, "releases/release.html", context)


def _state_groups(parts: Iterable[Part], *, is_ahead: bool) -> list[tuple[str, int]]:
    """Return how many parts stand in each state, the surest first."""
    counts: dict[str, int] = {}
    for part in parts:
        counts[part.state] = counts.get(part.state, 0) + 1
    options = sorted(active_code().options("tranche_states"), key=lambda o: -o.number("order"))
    return [
        (_state_name(each, is_ahead=is_ahead), counts[each.key])
        for each in options
        if each.key in counts
    ]
