"""The read API of code versions and of releases, as at a day and as known at a moment."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from engross.apps.accounts.queries import who_reads
from engross.apps.legaltext import queries as texts
from engross.apps.legaltext.models import CodeVersionDetails
from engross.apps.registers.api import (
    PROBLEMS,
    AsAt,
    PageOf,
    Searched,
    Turn,
    aware,
    plain_values,
    turn_to,
)
from engross.apps.registers.queries import Asked, timeline_of
from engross.apps.releases import queries
from engross.apps.releases.models import ReleaseDetails
from engross.core.legaltext.versions import standing_of
from engross.core.registers.addresses import address_of

versions = Router(tags=["Versions and releases"])
releases = Router(tags=["Versions and releases"])


class _ListQuery(Searched):
    """What both lists can be asked."""

    q: str = Field("", max_length=200, description="Words that the record holds")
    year: int | None = Field(None, ge=1900, le=2200, description="Only those of this year")
    sort: str = Field("", max_length=60, description="A column of the register; with - before it, "
                      "backwards")  # fmt: skip


class VersionsQuery(_ListQuery):
    """What the list of versions can be asked."""

    cause: str = Field("", max_length=60, description="A key of the list version_reasons")


class ReleasesQuery(_ListQuery):
    """What the list of releases can be asked."""

    kind: str = Field("", max_length=60, description="A key of the list release_kinds")


class VersionItem(Schema):
    """A version; `standing` is in-force, superseded, published or planned on the day asked for."""

    version: str
    url: str
    effective_on: date
    published_on: date | None = None
    standing: str
    cause: str | None = None
    key_changes: str | None = None
    proposals: int
    basis: str


class ReleaseItem(Schema):
    """A release, and how many proposals have parts in each state of the list tranche_states."""

    release: str
    url: str
    kind: str
    released_on: date
    scope: str | None = None
    proposals: dict[str, int]
    basis: str


class PartItem(Schema):
    """A part of a proposal that goes live on its own."""

    proposal: str
    title: str | None = None
    sequence: int
    state: str
    release: str | None = None
    version: str | None = None
    implemented_on: date | None = None
    note: str | None = None
    basis: str


class VersionEntry(VersionItem):
    """A version with what made it and what came before and after."""

    previous: str | None = None
    next: str | None = None
    parts: list[PartItem]
    timeline: list[dict[str, Any]]


class ReleaseEntry(ReleaseItem):
    """A release with what it carries and what came before and after."""

    previous: str | None = None
    next: str | None = None
    parts: list[PartItem]


class VersionPage(PageOf):
    """A page of versions."""

    rows: list[VersionItem]


class ReleasePage(PageOf):
    """A page of releases."""

    rows: list[ReleaseItem]


def _asked(asked: _ListQuery, turn: Turn, **chosen: str) -> Asked:
    return Asked(
        as_at=asked.as_at,
        known_at=turn.known_at,
        filters={name: key for name, key in chosen.items() if key},
        words=asked.q,
        sort=asked.sort,
    )


@versions.get("", response={200: VersionPage, **PROBLEMS}, summary="Versions of the code",
              operation_id="list_code_versions_as_listed")  # fmt: skip
def list_versions(request: HttpRequest, asked: Query[VersionsQuery]) -> Any:
    """The versions of the code, the latest first; with a day, those known of by then."""
    turn = turn_to(request, asked)
    day = asked.as_at or turn.today
    found = texts.versions_asked(_asked(asked, turn, cause=asked.cause), year=asked.year)
    page = turn.page(found, lambda row: str(row.entry))
    counts = queries.proposals_by_version(
        [row.version_id for row in page.rows], known_at=turn.known_at
    )
    in_force = texts.version_in_force(day, known_at=turn.known_at)
    items = [
        _version(row, day, in_force=in_force, proposals=counts.get(row.version_id, 0))
        for row in page.rows
    ]
    return page.answer(items)


def _version(
    row: CodeVersionDetails, day: date, *, in_force: str, proposals: int
) -> dict[str, Any]:
    key = row.version.key
    return {
        "version": key,
        "url": reverse("releases:version", args=[address_of(key)]),
        "standing": standing_of(texts.days_of(row), on=day, in_force=in_force).value,
        "proposals": proposals,
        **plain_values(row, "effective_on", "published_on", "cause", "key_changes", "basis"),
    }


@versions.get("/{path:number}", response={200: VersionEntry, **PROBLEMS},
              summary="One version of the code", operation_id="get_code_version")  # fmt: skip
def get_version(request: HttpRequest, number: str, asked: Query[AsAt]) -> Any:
    """A version by its number, with what made it."""
    known_at, today = aware(asked.known_at), timezone.localdate()
    row = texts.version_at(number, known_at=known_at)
    if row is None:
        raise Http404("There is no such version, or it was not known then")
    day = asked.as_at or today
    parts = queries.parts_of_version(row.version_id, known_at=known_at)
    before, after = texts.versions_beside(row, known_at=known_at)
    told = timeline_of("code-versions", row.version, as_at=asked.as_at, known_at=known_at,
                       today=today, reader=who_reads(request))  # fmt: skip
    return JsonResponse({
        **_version(row, day, in_force=texts.version_in_force(day, known_at=known_at),
                   proposals=len({part.key for part in parts})),
        "previous": before.version.key if before else None,
        "next": after.version.key if after else None,
        "parts": [_part(each) for each in parts],
        "timeline": [{**plain_values(each, "on", "title", "text", "kind", "basis"),
                      "url": each.href} for each in told],
    })  # fmt: skip


def _part(part: queries.Part) -> dict[str, Any]:
    names = ("proposal", "title", "sequence", "state", "release", "version", "implemented_on",
             "note", "basis")  # fmt: skip
    return plain_values(part, *names)


@releases.get("", response={200: ReleasePage, **PROBLEMS}, summary="Releases",
              operation_id="list_releases_as_listed")  # fmt: skip
def list_releases(request: HttpRequest, asked: Query[ReleasesQuery]) -> Any:
    """The releases, the latest first; with a day, those that had gone live by then."""
    turn = turn_to(request, asked)
    found = queries.releases_asked(_asked(asked, turn, kind=asked.kind), year=asked.year)
    if asked.as_at:
        found = found.filter(released_on__lte=asked.as_at)
    page = turn.page(found, lambda row: str(row.entry))
    states = queries.states_by_release(
        [row.release_id for row in page.rows], known_at=turn.known_at
    )
    return page.answer([_release(row, states.get(row.release_id, {})) for row in page.rows])


def _release(row: ReleaseDetails, states: dict[str, int]) -> dict[str, Any]:
    key = row.release.key
    return {
        "release": key,
        "url": reverse("releases:release", args=[address_of(key)]),
        "proposals": states,
        **plain_values(row, "kind", "released_on", "scope", "basis"),
    }


class KnownAt(Schema):
    """The moment a release is asked about; its parts' states bear no day of their own."""

    known_at: datetime | None = Field(None, description="As it was known at this moment")


@releases.get("/{path:name}", response={200: ReleaseEntry, **PROBLEMS}, summary="One release",
              operation_id="get_release")  # fmt: skip
def get_release(request: HttpRequest, name: str, asked: Query[KnownAt]) -> Any:
    """A release by its name, with what it carries."""
    known_at = aware(asked.known_at)
    row = queries.release_at(name, known_at=known_at)
    if row is None:
        raise Http404("There is no such release, or it was not known then")
    parts = queries.parts_of_release(row.release_id, known_at=known_at)
    states = queries.states_by_release([row.release_id], known_at=known_at)
    before, after = queries.releases_beside(row, known_at=known_at)
    return JsonResponse({
        **_release(row, states.get(row.release_id, {})),
        "previous": before.release.key if before else None,
        "next": after.release.key if after else None,
        "parts": [_part(each) for each in parts],
    })  # fmt: skip
