"""Which provision of a text that is taken in is which of those that are stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engross.apps.legaltext.commands.standing import Stored
from engross.apps.legaltext.models import Placement, Provision
from engross.core.legaltext.aligned import NONE, Aligned
from engross.core.legaltext.aligning import align_places
from engross.core.legaltext.identities import is_permanent_id, minted_id, seeds_of
from engross.core.legaltext.places import Places
from engross.core.refusals import Reason, Refused

_BATCH = 900
_NAMED = 5


@dataclass(frozen=True)
class Identified:
    """The ids of every node of a new text (None for a document's), and what was seen on the way.

    `minted` are the ids that no provision bore before, made here or brought along. `renamed`
    gives the stored name of a document that is called otherwise now.
    """

    ids: list[str | None]
    minted: frozenset[str]
    renamed: Mapping[str, str]
    splits: int
    joins: int


def identified_in(stored: Stored, new: Places, *, is_identified: bool) -> Identified:
    """Return the ids of a new text: its own, those of what it is aligned to, else new ones.

    Where the text `is_identified`, what bears no id in it is new.

    Raises Refused if an id it brings along cannot be one, or stands elsewhere.
    """
    ids: list[str | None] = [one.id if one is not None else None for one in new.provisions]
    nameless = [
        node for node, one in enumerate(new.provisions) if one is not None and one.id is None
    ]
    _refuse_odd_ids(new, ids)
    aligned = None if is_identified else _aligned(stored, new, nameless)
    given = {ident for ident in ids if ident}
    _inherit(ids, nameless, aligned, given)
    missing = [node for node in nameless if ids[node] is None]
    known = _known_ids(given - set(stored.places.nodes))
    minted = _mint(ids, missing, new, given, on=stored.on)
    return Identified(
        ids=ids,
        minted=frozenset(minted | (given - set(stored.places.nodes) - known)),
        renamed=_renamed(aligned, stored, new),
        splits=len(aligned.splits) if aligned else 0,
        joins=len(aligned.joins) if aligned else 0,
    )


def _aligned(stored: Stored, new: Places, nameless: list[int]) -> Aligned | None:
    """Return the pairs with what is stored; None where there is nothing to look for."""
    if not len(stored.places):
        return None
    known = set(stored.document_names)
    strange = any(new.documents[root].document not in known for root in new.roots)
    return align_places(stored.places, new) if nameless or strange else None


def _inherit(
    ids: list[str | None], nameless: list[int], aligned: Aligned | None, given: set[str]
) -> None:
    for node in nameless if aligned else ():
        old = aligned.old_of[node] if aligned else NONE
        ident = aligned.old.provision(old).id if aligned and old != NONE else None
        if ident and ident not in given:
            ids[node] = ident
            given.add(ident)


def _mint(
    ids: list[str | None], missing: list[int], new: Places, given: set[str], *, on: date
) -> set[str]:
    """Give new ids to what has none; none that was ever borne."""
    seeds = seeds_of(new, missing, on=on)
    used: set[str] = set()
    while missing:
        tried: dict[str, int] = {}
        for node in missing:
            ident = minted_id(seeds[node], taken=lambda one: one in given or one in used)
            used.add(ident)
            tried[ident] = node
        taken = _known_ids(set(tried))
        for ident, node in tried.items():
            if ident not in taken:
                ids[node] = ident
        missing = [tried[ident] for ident in sorted(taken)]
    return used.intersection(filter(None, ids))


def _known_ids(ids: set[str]) -> set[str]:
    """Return which of the ids some provision bears or has borne."""
    listed = sorted(ids)
    known: set[str] = set()
    for start in range(0, len(listed), _BATCH):
        batch = Provision.objects.filter(pk__in=listed[start : start + _BATCH])
        known |= set(batch.order_by().values_list("pk", flat=True))
    return known


def _renamed(aligned: Aligned | None, stored: Stored, new: Places) -> dict[str, str]:
    """Return the stored documents that bear another name in the new text."""
    if aligned is None:
        return {}
    names = {document.document for document in new.code.documents}
    renamed = {}
    for root in new.roots:
        name, old = new.documents[root].document, aligned.old_of[root]
        before = aligned.old.documents[old].document if old != NONE else ""
        if before and name not in stored.names and before not in names:
            renamed[name] = before
    return renamed


def _refuse_odd_ids(new: Places, ids: list[str | None]) -> None:
    odd = [node for node, ident in enumerate(ids) if ident and not is_permanent_id(ident)]
    if odd:
        raise Refused(
            Reason(f"{new.shown(node)} bears '{ids[node]}', which cannot be a permanent id",
                   "Write null, or 'p-' and at most 38 letters, digits, '.', '-' or '_'")
            for node in odd[:_NAMED]
        )  # fmt: skip


def refuse_standing_elsewhere(
    stored: Stored, found: Identified, ends: Mapping[str, date | None]
) -> None:
    """Raise Refused if a provision would stand in two places on one day.

    `ends` gives the day up to which each provision of the new text is to stand.
    """
    strangers = sorted(set(ends) - set(stored.bearings) - found.minted)
    reasons: list[Reason] = []
    for start in range(0, len(strangers), _BATCH):
        rows = Placement.objects.known_at(None).filter(
            provision__in=strangers[start : start + _BATCH]
        )
        for row in rows.select_related("document").order_by("provision", "effective_from"):
            end = ends[row.provision_id]
            begins_in_time = end is None or row.effective_from < end
            if begins_in_time and (row.effective_until is None or stored.on < row.effective_until):
                what = (f"{row.provision_id} stands in {row.document} from "
                        f"{row.effective_from:%-d %B %Y}")  # fmt: skip
                reasons.append(Reason(what, "Take both documents in together, or write null"))
    if reasons:
        raise Refused(reasons[:_NAMED])
