"""What people decided about whom the text applies to."""

from engross.apps.legaltext.models import ApplicabilityDecision
from engross.core.legaltext.applicability import Decision, Sense


def applicability_decisions() -> tuple[Decision, ...]:
    """Return what was decided, as known now: one query."""
    rows = ApplicabilityDecision.objects.known_at(None).order_by("provision", "category")
    senses = {sense.value: sense for sense in Sense}
    return tuple(
        Decision(row.provision, row.category, senses.get(row.sense), row.why, row.decided_on)
        for row in rows
    )
