"""Other codes' changes: the list that was asked for, and one with its reviews and links."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from engross.apps.crosscode.models import ImpactReview, OtherChange, OtherChangeDetails
from engross.apps.crosscode.queries.sheets import newest_keys
from engross.apps.crosscode.registers import (
    codes_known,
    cross_code_changes,
    other_change_key,
)
from engross.apps.proposals.models import ProposalLink
from engross.apps.registers.queries import Asked, rows_of
from engross.core.crosscode.identifiers import change_name, code_called

TO_REVIEW, GONE, ON_SHEET = "to-review", "gone", "on-sheet"


@dataclass(frozen=True)
class ChangesAsked:
    """What is asked of the list: words, filters by column, an impact, and whether it is gone."""

    words: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    finding: str = ""
    standing: str = ""
    names_us: bool = False
    sort: str = ""


@dataclass(frozen=True)
class ChangeSeen:
    """A change as known now, with every review of it and the proposals linked to it."""

    change: OtherChange
    details: OtherChangeDetails
    reviews: list[ImpactReview]
    links: list[ProposalLink]
    is_gone: bool


def asked_changes(asked: ChangesAsked) -> "QuerySet[Any]":
    """Return the changes as known now that were asked for, in order."""
    rows: Any = rows_of(
        cross_code_changes, Asked(filters=asked.filters, words=asked.words, sort=asked.sort)
    )
    if asked.finding == TO_REVIEW:
        rows = rows.filter(change__needs_review=True)
    elif asked.finding:
        rows = rows.filter(change__finding=asked.finding)
    if asked.names_us:
        rows = rows.filter(change__names_us=True)
    if asked.standing:
        keys = newest_keys() or set()
        # Of a sheet's rows, not of all that was ever recorded: a list that every database takes.
        listed = OtherChange.objects.filter(key__in=keys).order_by().values("pk")
        rows = (
            rows.exclude(change__in=listed)
            if asked.standing == GONE
            else rows.filter(change__in=listed)
        )
    return rows  # type: ignore[no-any-return]


def changes_to_review() -> int:
    """Return how many changes wait for a review: new ones, and those that changed since."""
    return OtherChange.objects.filter(needs_review=True).count()


def change_called(code: str, reference: str) -> OtherChange | None:
    """Return the change of another code that an address names, in any form of its reference."""
    found = code_called(code, codes_known())
    if found is None or found.is_own:
        return None
    return OtherChange.objects.filter(key=change_name(found, reference).key).first()


def address_of(change: OtherChange, view: str = "change") -> str:
    """Return the address of a page about another code's change."""
    reference = change.key.partition("/")[2]
    return reverse(f"crosscode:{view}", args=[change.code, reference])


def change_seen(change: OtherChange) -> ChangeSeen | None:
    """Return a change with all that is known of it now; None if its record was withdrawn."""
    details = OtherChangeDetails.objects.known_at(None).filter(change=change).first()
    if details is None:
        return None
    reviews = ImpactReview.objects.known_at(None).filter(change=change)
    keys = newest_keys()
    return ChangeSeen(
        change=change,
        details=details,
        reviews=list(reviews.select_related("recorded_by").order_by("-reviewed_on", "-pk")),
        links=_links_to(change),
        is_gone=keys is not None and change.key not in keys,
    )


def _links_to(change: OtherChange) -> list[ProposalLink]:
    """Return the proposals' links to a change, under any form of its name."""
    rows = ProposalLink.objects.known_at(None).exclude(other_code="")
    listed = rows.select_related("proposal").order_by("proposal__key", "relation")
    return [each for each in listed
            if other_change_key(f"{each.other_code} {each.other}") == change.key]  # fmt: skip


def review_on(change: OtherChange, day: date) -> ImpactReview | None:
    """Return the review of a change on a day, if there is one."""
    rows = ImpactReview.objects.known_at(None).filter(change=change, reviewed_on=day)
    return rows.first()
