"""The pages of the code's versions: the list, and one version."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from engross.apps.accounts.queries import may_change_registers, who_reads
from engross.apps.dates.queries import calendar_of_the_code, working_days_left
from engross.apps.legaltext import queries as texts
from engross.apps.legaltext.models import CodeVersionDetails
from engross.apps.registers.queries import active_code, option_name, timeline_of
from engross.apps.releases import queries
from engross.apps.releases.forms import AsAtForm, VersionFilterForm
from engross.apps.releases.views.shown import (
    PART_COLUMNS,
    ROWS_A_PAGE,
    commands_for,
    downloads_of,
    file_of,
    href_of_version,
    proposals_word,
    shown_parts,
    tabs_of,
    unknown,
    with_basis,
)
from engross.core.legaltext.versions import Standing, standing_of
from engross.core.registers.addresses import address_of, nearest_keys
from engross.design.parts import Column, day, status

VERSION_COLUMNS = (
    Column("number", "Version", "reference", link="href"),
    Column("effective_on", "Effective", "day", sort="effective_on"),
    Column("published_on", "Published", "day", sort="published_on"),
    Column("standing", "Standing"),
    Column("cause", "Cause", sort="cause"),
    Column("key_changes", "Key changes", "title"),
)


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
        "columns": (*VERSION_COLUMNS, Column("proposals", proposals_word(), "number")),
        "noun": "versions" if page.paginator.count != 1 else "version",
        "sorted_by": asked.sort,
        "as_at": asked.as_at,
        "downloads": {
            **downloads_of(request, "versions"),
            "atom": reverse("releases:versions-feed"),
        },
        "may_change": may_change_registers(request.user),
        "register": "code-versions",
        "empty_title": None if request.GET else "No version is recorded yet.",
    }
    return render(request, "releases/versions.html", context)


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
            "standing": with_basis(standing_mark(row, on=today, in_force=in_force), row.basis),
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


def download_versions(request: HttpRequest, form: str) -> HttpResponse:
    """Send the list of versions that was asked for as a file that an import takes back."""
    asking = VersionFilterForm(request.GET, years=texts.years_of_versions())
    asked = asking.asked(sort=request.GET.get("sort", ""))
    return file_of("code-versions", form, texts.versions_asked(asked, year=asking.year()))


def version(request: HttpRequest, number: str) -> HttpResponse:
    """Show a version: its days, what made it, and what came before and after."""
    row = texts.version_at(number)
    if row is None:
        near = nearest_keys(number, texts.version_keys())
        links = [(key, href_of_version(key)) for key in near]
        return unknown(request, f"There is no version {number[:60]}", links, "versions")
    key = row.version.key
    as_at = AsAtForm(request.GET).day()
    if number != address_of(key):
        return redirect(href_of_version(key, as_at))
    today = as_at or timezone.localdate()
    parts = queries.parts_of_version(row.version_id)
    before, after = texts.versions_beside(row)
    events = timeline_of("code-versions", row.version, as_at=as_at, today=today,
                         reader=who_reads(request))  # fmt: skip
    context = {
        "title": f"Version {key}",
        "word": tabs_of("versions")[0]["label"],
        "proposals_word": proposals_word(),
        "row": row,
        "standing": standing_mark(row, on=today, in_force=texts.version_in_force(today)),
        "facts": _version_facts(row, today),
        "parts": shown_parts(parts, today),
        "part_columns": [each for each in PART_COLUMNS if each.key != "version"],
        "events": events,
        "before": before,
        "before_href": href_of_version(before.version.key) if before else "",
        "after": after,
        "after_href": href_of_version(after.version.key) if after else "",
        "as_at": as_at,
        "api_url": f"/api/v1/code/versions/{address_of(key)}",
        "feed_url": reverse("releases:versions-feed"),
        "commands": commands_for(request, "code-versions", row, {"version": key}),
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
