"""Reading what was done."""

from django.db.models import QuerySet

from engross.apps.audit.models import Event


def events_about(subject: str) -> QuerySet[Event]:
    """Return what was done to `subject`, newest first."""
    return (
        Event.objects.filter(subject=subject).select_related("by").order_by("-happened_at", "-id")
    )
