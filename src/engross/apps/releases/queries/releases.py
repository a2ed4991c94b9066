"""Reading releases: what goes live in each, when, and which versions of the code it made."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from engross.apps.proposals.models import ProposalDetails
from engross.apps.registers.queries import Asked, active_code, rows_of
from engross.apps.registers.registers import register_named
from engross.apps.releases.models import Release, ReleaseDetails, Tranche
from engross.core.registers.addresses import keys_at


@dataclass(frozen=True)
class Part:
    """A part in which a proposal goes live, as a page shows it."""

    entry: str
    proposal: str
    key: str
    title: str
    sequence: int
    state: str
    release: str
    version: str
    implemented_on: date | None
    note: str
    basis: str


def releases_asked(
    asked: Asked, *, year: int | None = None
) -> "QuerySet[ReleaseDetails, ReleaseDetails]":
    """Return the releases that were asked for, the latest first.

    A release that lies ahead of the day asked for is known all the same, so none is left out.
    """
    plain = Asked(None, asked.known_at, asked.filters, asked.words, asked.sort, asked.reader)
    rows: QuerySet[ReleaseDetails] = rows_of(register_named("releases"), plain)  # type: ignore[assignment]
    if year:
        rows = rows.filter(released_on__year=year)
    return rows


def years_of_releases() -> list[int]:
    """Return the years that have releases, the latest first."""
    rows = ReleaseDetails.objects.known_at(None)
    return [day.year for day in rows.dates("released_on", "year", order="DESC")]


def release_at(address: str, *, known_at: datetime | None = None) -> ReleaseDetails | None:
    """Return the release that an address means, as known at a moment; None if there is none."""
    rows = ReleaseDetails.objects.known_at(known_at).filter(release__key__in=keys_at(address))
    return rows.select_related("release").order_by("release__key").first()


def release_keys() -> list[str]:
    """Return the name of every release that was ever recorded."""
    return list(Release.objects.order_by("key").values_list("key", flat=True))


def releases_beside(
    row: ReleaseDetails, *, known_at: datetime | None = None
) -> tuple[ReleaseDetails | None, ReleaseDetails | None]:
    """Return the releases just before and just after one, by day and then by name."""
    rows = ReleaseDetails.objects.known_at(known_at).select_related("release")
    same = Q(released_on=row.released_on)
    key = row.release.key
    before = rows.filter(Q(released_on__lt=row.released_on) | same & Q(release__key__lt=key))
    after = rows.filter(Q(released_on__gt=row.released_on) | same & Q(release__key__gt=key))
    return (
        before.order_by("-released_on", "-release__key").first(),
        after.order_by("released_on", "release__key").first(),
    )


def proposals_by_version(
    versions: Collection[int], *, known_at: datetime | None = None
) -> dict[int, int]:
    """Return how many proposals came with each of these versions; those with none are left out."""
    rows = Tranche.objects.known_at(known_at).filter(version__in=versions).order_by()
    counted = rows.values("version").annotate(count=Count("proposal", distinct=True))
    return dict(counted.values_list("version", "count"))


def states_by_release(
    releases: Collection[int], *, known_at: datetime | None = None
) -> dict[int, dict[str, int]]:
    """Return for each of these releases how many proposals have parts in each state."""
    rows = Tranche.objects.known_at(known_at).filter(release__in=releases).order_by()
    counted = rows.values("release", "state").annotate(count=Count("proposal", distinct=True))
    found: dict[int, dict[str, int]] = {}
    for release, state, count in counted.values_list("release", "state", "count"):
        found.setdefault(release, {})[state] = count
    return found


def parts_of_version(version: int, *, known_at: datetime | None = None) -> list[Part]:
    """Return the parts of proposals that made a version, in order of proposals."""
    return _parts(Q(version=version), known_at=known_at)


def parts_of_release(release: int, *, known_at: datetime | None = None) -> list[Part]:
    """Return the parts of proposals that go live in a release: the surest first."""
    order = {each.key: -each.number("order") for each in active_code().options("tranche_states")}
    found = _parts(Q(release=release), known_at=known_at)
    return sorted(found, key=lambda part: order.get(part.state, 0))


def _parts(about: Q, *, known_at: datetime | None) -> list[Part]:
    """Return parts with their proposals' titles: two queries however many there are."""
    rows: Any = Tranche.objects.known_at(known_at).filter(about)
    details = ProposalDetails.objects.known_at(known_at)
    titled = details.filter(proposal__in=rows.order_by().values("proposal")).order_by()
    titles = dict(titled.values_list("proposal_id", "title"))
    related = rows.select_related("proposal", "release", "version")
    return [_part(row, titles) for row in related.order_by("proposal__key", "sequence", "entry")]


def _part(row: Tranche, titles: dict[int, str]) -> Part:
    return Part(
        entry=str(row.entry),
        proposal=str(row.proposal),
        key=row.proposal.key,
        title=titles.get(row.proposal_id, ""),
        sequence=row.sequence,
        state=row.state,
        release=row.release.key if row.release else "",
        version=row.version.key if row.version else "",
        implemented_on=row.implemented_on,
        note=row.note,
        basis=row.basis,
    )


def versions_of(parts: Iterable[Part]) -> list[str]:
    """Return the versions that these parts made, each once, as they come."""
    return list(dict.fromkeys(part.version for part in parts if part.version))


@dataclass(frozen=True)
class Coming:
    """A release that lies ahead, with the keys of the proposals that go live in it."""

    release: str
    released_on: date
    proposals: tuple[str, ...]
    bases: frozenset[str]


def releases_after(day: date, *, known_at: datetime | None = None) -> list[Coming]:
    """Return the releases after a day, the next one first, each with its proposals."""
    rows = ReleaseDetails.objects.known_at(known_at).filter(released_on__gt=day)
    ordered = rows.order_by("released_on", "release__label")
    parts: dict[int, list[tuple[str, str]]] = {}
    tranches = Tranche.objects.known_at(known_at).filter(release__isnull=False)
    named = tranches.order_by("proposal__key", "sequence")
    for release, proposal, basis in named.values_list("release_id", "proposal__key", "basis"):
        parts.setdefault(release or 0, []).append((proposal, basis))
    return [
        Coming(
            release=label,
            released_on=released_on,
            proposals=tuple(dict.fromkeys(key for key, _ in parts.get(pk, []))),
            bases=frozenset({basis, *(each for _, each in parts.get(pk, []))}),
        )
        for pk, label, released_on, basis in ordered.values_list(
            "release_id", "release__label", "released_on", "basis"
        )
    ]
