"""Which provisions a recording touched, and where one stands on a day."""

from datetime import date

from django.db.models import Q

from engross.apps.legaltext.models import DocumentVersion, Placement
from engross.apps.legaltext.queries.search import Hit, hits_of

BATCH = 900


def provisions_touched(recording: int, document: str) -> set[str]:
    """Return the ids of a document's provisions that a recording touched, and of those above them.

    Touched is what it placed, ended or took back: a wording, a number or a place that changed.
    """
    by = Q(opened_by=recording) | Q(ended_by=recording) | Q(closed_by=recording)
    named = DocumentVersion.objects.filter(name=document).order_by().values("document")
    rows = Placement.objects.filter(by, document__in=named).order_by()
    pairs = set(rows.values_list("provision", "parent"))
    found = {provision for provision, _ in pairs}
    above = {parent for _, parent in pairs if parent} - found
    while above:
        found |= above
        above = _parents(above) - found
    return found


def _parents(provisions: set[str]) -> set[str]:
    listed = sorted(provisions)
    found: set[str] = set()
    for start in range(0, len(listed), BATCH):
        rows = Placement.objects.filter(provision__in=listed[start : start + BATCH]).order_by()
        found |= set(rows.values_list("parent", flat=True).distinct())
    return {each for each in found if each}


def provision_standing(provision: str, *, on: date) -> Hit | None:
    """Return where a provision stands on a day and what it says; None if it stands nowhere."""
    rows = Placement.objects.holding(on=on).filter(provision=provision).order_by("pk")
    placement = rows.values_list("pk", flat=True).first()
    return hits_of([placement], on=on).get(placement) if placement else None
