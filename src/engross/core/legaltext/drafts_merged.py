"""Merge change sets that were drafted on other bases: each is carried over first.

What cannot be carried over is a conflict between the set and what the base has become. The newer
base stands there until a person says so, or drafts it anew.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

import msgspec

from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.aligning import align_places
from engross.core.legaltext.change_sets import ChangeSet
from engross.core.legaltext.merging.releasing import merge
from engross.core.legaltext.merging.results import Act, Conflict, Merged, Note, Resolution, Side
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code
from engross.core.legaltext.rebasing import Obstacle, rebase
from engross.core.legaltext.terms import SEC_TERMS, TermStyle
from engross.core.refusals import Reason, Refused


class Drafted(NamedTuple):
    """A change set and the text it was drafted on; None for the base of the release."""

    change_set: ChangeSet
    base: Code | None = None


def merge_drafted(
    base: Code | Places,
    sets: Iterable[Drafted],
    resolutions: Sequence[Resolution] = (),
    *,
    style: TermStyle = SEC_TERMS,
) -> Merged:
    """Return what `merge` does, with sets on other bases carried over to this one first.

    Raises Refused as `merge` does.
    """
    places = base if isinstance(base, Places) else Places(base)
    carried: list[ChangeSet] = []
    obstacles: list[Conflict] = []
    notes: list[Note] = []
    alignments: dict[int, Aligned] = {}
    for one in sets:
        if one.base is None or one.base == places.code:
            carried.append(one.change_set)
            continue
        known = alignments.get(id(one.base))
        if known is None:
            known = alignments[id(one.base)] = align_places(Places(one.base), places)
        rebased = rebase(one.change_set, known)
        carried.append(rebased.change_set)
        obstacles += [_conflict(one.change_set, obstacle, known) for obstacle in rebased.obstacles]
        notes += rebased.notes
    obstacles.sort(key=lambda conflict: conflict.id)
    known_ids = {conflict.id for conflict in obstacles}
    answers = {answer.conflict: answer for answer in resolutions if answer.conflict in known_ids}
    others = [answer for answer in resolutions if answer.conflict not in known_ids]
    merged = merge(places, carried, others, style=style)
    _refuse_all_but_base(answers.values())
    return msgspec.structs.replace(
        merged,
        conflicts=(*(each for each in obstacles if each.id not in answers), *merged.conflicts),
        resolved=(*(each for each in obstacles if each.id in answers), *merged.resolved),
        notes=tuple(sorted({*notes, *merged.notes}, key=msgspec.json.encode)),
    )


def _conflict(change_set: ChangeSet, obstacle: Obstacle, aligned: Aligned) -> Conflict:
    operations = [change_set.operations[at] for at in obstacle.operations]
    content = msgspec.json.encode((operations, obstacle.kind, obstacle.found))
    name = f"base-{sha256(content).hexdigest()[:20]}"
    node = aligned.old.find(_key_of(operations))
    address = change_set.change_set if node is None else aligned.old.shown(node)
    act = Act(change_set.change_set, _key_of(operations), address, obstacle.what)
    side = Side((change_set.change_set,), (act,))
    return Conflict(name, "base", _key_of(operations), address, (side,), obstacle.found)


def _key_of(operations: Sequence[object]) -> str:
    key = getattr(operations[0], "key", "") if operations else ""
    return key if isinstance(key, str) else key[0]


def _refuse_all_but_base(answers: Iterable[Resolution]) -> None:
    for answer in answers:
        if answer.take != "base":
            what = f"The resolution of {answer.conflict} wants what does not fit the base any more"
            raise Refused(Reason(what, "Take the base, or draft the change set anew on it"))
        if not (answer.by.strip() and answer.reason.strip()):
            what = f"The resolution of {answer.conflict} does not say who decided, and why"
            raise Refused(Reason(what, "Say both"))
