"""What made versions of the text, as far as they touched one clause."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import msgspec

from engross.apps.legaltext.models import CodeVersionDetails
from engross.apps.reading.queries.open_sets import SetSeen, sets_published_in
from engross.apps.releases.models import ChangeSetVersion, ConflictResolution, Tranche
from engross.apps.releases.queries import change_set_of
from engross.core.access import Reader
from engross.core.legaltext.change_sets import ChangeSet, Insert
from engross.core.legaltext.merging import Conflict, Resolution
from engross.core.legaltext.provisions import body_of, provisions_of
from engross.core.legaltext.reaching import touches_of

_found = msgspec.json.Decoder(Conflict)
_decided = msgspec.json.Decoder(Resolution)


@dataclass(frozen=True)
class Cause:
    """What made a version: '' is an import of the text.

    `sets` are the change sets of it that touched what was asked about. Where none is known to,
    `proposals` are all that went live with the version, by identifier. `is_registered` says that
    the version has a page of its own.
    """

    version: str
    is_registered: bool = False
    sets: tuple[SetSeen, ...] = ()
    proposals: tuple[str, ...] = ()


def clause_causes(
    versions: Collection[str],
    provisions: Collection[str],
    said: Collection[object],
    reader: Reader,
) -> dict[str, Cause]:
    """Return what made each version, as far as it touched one of some provisions: five queries.

    `said` is what a provision has said, by `body_of`: a change set that adds it is known by that.
    What a decision about a conflict kept out of a version did not make it. An import, which has no
    version, is under ''.
    """
    wanted = set(versions)
    touching = _touching(sets_published_in(wanted, reader), set(provisions), said)
    rows = CodeVersionDetails.objects.known_at(None).filter(version__key__in=wanted).order_by()
    registered = set(rows.values_list("version__key", flat=True))
    live = _proposals(wanted)
    found = {"": Cause("")}
    for version in wanted:
        own = tuple(each for each in touching if each.published_in == version)
        told = () if own else live.get(version, ())
        found[version] = Cause(version, version in registered, own, told)
    return found


def _touching(
    sets: Collection[SetSeen], provisions: set[str], said: Collection[object]
) -> list[SetSeen]:
    """Return the change sets that do something at one of the provisions, or add one of them."""
    rows = ChangeSetVersion.objects.filter(pk__in=[each.pk for each in sets])
    kept_out = _kept_out({each.published_in for each in sets})
    texts = {row.pk: change_set_of(row) for row in rows.order_by("pk")}
    return [
        each for each in sets if _touches(texts[each.pk], provisions, said, kept_out[each.name])
    ]


def _kept_out(versions: Collection[str]) -> defaultdict[str, Counter[str]]:
    """Return for each change set how much of it, by place, decisions kept out of the versions."""
    rows = ConflictResolution.objects.filter(
        superseded_at__isnull=True,
        conflict__composition__published_version__key__in=sorted(versions),
    )
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for conflict, decided in rows.order_by("pk").values_list("conflict__payload", "payload"):
        for act in _decided.decode(decided).left_out_of(_found.decode(conflict)):
            found[act.change_set][act.key] += 1
    return found


def _touches(
    change_set: ChangeSet, provisions: set[str], said: Collection[object], kept_out: Counter[str]
) -> bool:
    touches = Counter(touch.key for touch in touches_of(change_set))
    if not provisions.isdisjoint(touches - kept_out):
        return True
    added = (each.provision for each in change_set.operations if isinstance(each, Insert))
    return any(body_of(part) in said for top in added for part in provisions_of(top))


def _proposals(versions: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the proposals that went live with each version, by the register of parts."""
    rows = Tranche.objects.known_at(None).filter(version__key__in=versions)
    found: dict[str, list[str]] = {}
    named = rows.order_by("proposal__key").values_list("version__key", "proposal__label")
    for version, proposal in named:
        listed = found.setdefault(version or "", [])
        if proposal not in listed:
            listed.append(proposal)
    return {version: tuple(listed) for version, listed in found.items()}
