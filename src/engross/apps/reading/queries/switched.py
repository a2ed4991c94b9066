"""The text as it would read with chosen change sets switched on: merged, conflicts and all."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

from engross.apps.legaltext.queries.styles import term_style
from engross.apps.reading.queries.choosing import chosen_sets
from engross.apps.reading.queries.keeping import Kept
from engross.apps.reading.queries.layers import CodeLayers, layers_key
from engross.apps.reading.queries.open_sets import SetSeen
from engross.apps.reading.queries.texts import (
    StandingText,
    TextState,
    standing_text,
    text_since,
    text_state,
)
from engross.apps.releases.models import ChangeSetVersion
from engross.apps.releases.queries import merged_on
from engross.core.access import Reader
from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.aligning import align_places
from engross.core.legaltext.layers import Layers
from engross.core.legaltext.merging import Conflict, Merged, Note
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code
from engross.core.refusals import Reason, Refused


@dataclass(frozen=True)
class LeftOut:
    """A change set that cannot be put into the text of the day at all, and why."""

    change_set: SetSeen
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class _Merge:
    """What a merge gives, with what is worked out of it once."""

    key: str
    base: StandingText
    merged: Merged
    out: dict[str, tuple[Reason, ...]]

    @cached_property
    def layers(self) -> CodeLayers:
        layers = Layers(Places(self.merged.code), term_style(self.base.since))
        return CodeLayers(self.key, self.base.since, layers)

    @cached_property
    def aligned(self) -> Aligned:
        return align_places(self.base.places, self.layers.places)


@dataclass(frozen=True)
class TextWith:
    """The text of a day with change sets switched on.

    What conflicts stands in `code` as on the day, and `conflicts` say it with all sides; the rest
    is merged. `sets` are those that were chosen, `left_out` those of them that do not fit at all.
    """

    on: date
    sets: tuple[SetSeen, ...]
    left_out: tuple[LeftOut, ...]
    merge: _Merge

    @property
    def base(self) -> StandingText:
        """The text of the day, with nothing switched on."""
        return self.merge.base

    @property
    def code(self) -> Code:
        """The text with all that can be switched on."""
        return self.merge.merged.code

    @property
    def hash(self) -> str:
        """The `text_hash` of `code`."""
        return self.merge.merged.hash

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What the sets do that cannot stand together, or not on this text."""
        return self.merge.merged.conflicts

    @property
    def notes(self) -> tuple[Note, ...]:
        """What a person should know and what keeps no change out."""
        return self.merge.merged.notes

    @property
    def layers(self) -> CodeLayers:
        """The text with the sets, with all that is derived from it."""
        return self.merge.layers

    @property
    def aligned(self) -> Aligned:
        """The text of the day and the one with the sets, paired."""
        return self.merge.aligned

    @cached_property
    def conflicts_at(self) -> dict[str, list[Conflict]]:
        """The conflicts by the key of the provision that they are at."""
        found: defaultdict[str, list[Conflict]] = defaultdict(list)
        for conflict in self.conflicts:
            found[conflict.key].append(conflict)
        return dict(found)


def text_with(on: date, names: Sequence[str], reader: Reader) -> TextWith:
    """Return the text of a day with the change sets that names mean switched on.

    A name is that of a change set or of a proposal. Sets that were drafted on another text are
    carried over to that of the day first. Raises Refused if there is no text on that day, or a
    name means nothing that is open to the reader: then it gives the nearest names.
    """
    return text_with_sets(on, chosen_sets(names, reader))


def text_with_sets(on: date, sets: Sequence[SetSeen]) -> TextWith:
    """Return the text of a day with change sets switched on; raises Refused without a text."""
    state = text_state()
    base = standing_text(on, state=state)
    if base is None:
        what = f"There is no text on {on.day} {on:%B %Y}"
        raise Refused(Reason(what, "Choose a later day"))
    name = (state.hash, base.since, tuple(sorted(each.kept for each in sets)))
    merge = _kept.made(name, lambda: _merge(*name))
    left_out = tuple(LeftOut(each, merge.out[each.name]) for each in sets if each.name in merge.out)
    return TextWith(on, tuple(sets), left_out, merge)


_kept: Kept[tuple[str, date, tuple[tuple[int, str], ...]], _Merge] = Kept(6)


def _merge(state: str, since: date, kept: tuple[tuple[int, str], ...]) -> _Merge:
    """Return the merge of versions of change sets, by all that it is made of."""
    base = text_since(state, since)
    rows = ChangeSetVersion.objects.filter(pk__in=[pk for pk, _ in kept])
    versions = list(rows.select_related("change_set").order_by("change_set__name"))
    told = f"{layers_key(TextState(state, ()), since)} {kept}"
    key = sha256(told.encode()).hexdigest()[:32]
    try:
        return _Merge(key, base, _put_together(base, versions), {})
    except Refused:
        fitting, out = _parted(base, versions)
        return _Merge(key, base, _put_together(base, fitting), out)


def _put_together(base: StandingText, versions: list[ChangeSetVersion]) -> Merged:
    return merged_on(base.places, base.hash, versions, [])


def _parted(
    base: StandingText, versions: list[ChangeSetVersion]
) -> tuple[list[ChangeSetVersion], dict[str, tuple[Reason, ...]]]:
    """Return the versions that can be put into the text one by one, and why the others cannot."""
    fitting, out = [], {}
    for each in versions:
        try:
            _put_together(base, [each])
        except Refused as refused:
            out[each.change_set.name] = refused.reasons
        else:
            fitting.append(each)
    return fitting, out
