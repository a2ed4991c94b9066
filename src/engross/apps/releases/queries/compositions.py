"""Reading compositions: what the chosen change sets give together, conflicts and all."""

from dataclasses import dataclass

import msgspec
from django.db.models import QuerySet

from engross.apps.releases.models import (
    ChangeSetVersion,
    Composition,
    ConflictResolution,
    TextBase,
)
from engross.apps.releases.queries.change_sets import base_of, change_set_of
from engross.core.legaltext.merging import Merged, Resolution, merge
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code

_decoder = msgspec.json.Decoder(Resolution)


@dataclass(frozen=True)
class Composed:
    """A composition with its base and what the merge gives now."""

    composition: Composition
    base: Code
    merged: Merged


def compositions_of(release: str) -> QuerySet[Composition, Composition]:
    """Return the compositions of a release, the last one first."""
    found = Composition.objects.filter(release__key=release)
    return found.select_related("release", "base_version", "published_version").order_by("-number")


def resolutions_of(composition: Composition) -> list[Resolution]:
    """Return the decisions that stand for a composition, by conflict."""
    live = ConflictResolution.objects.filter(
        conflict__composition=composition, superseded_at__isnull=True
    )
    payloads = live.order_by("conflict__conflict").values_list("payload", flat=True)
    return [_decoder.decode(payload) for payload in payloads]


def composed(composition: Composition) -> Composed:
    """Return what a composition gives: the same text, with the same hash, every time.

    Raises Refused if its base cannot be had any more.
    """
    base = base_of(composition)
    chosen = composition.chosen.select_related("change_set").order_by("change_set__name")
    merged = merged_on(base, list(chosen), resolutions_of(composition))
    return Composed(composition, base, merged)


def merged_on(base: Code, chosen: list[ChangeSetVersion], resolutions: list[Resolution]) -> Merged:
    """Return what versions of change sets that were drafted on one base give together."""
    return merge(Places(base), [change_set_of(each) for each in chosen], resolutions)


def bases_of(chosen: list[ChangeSetVersion]) -> list[TextBase]:
    """Return the different texts that versions were drafted on."""
    by_hash: dict[str, TextBase] = {each.base_hash: each for each in chosen}
    return list(by_hash.values())
