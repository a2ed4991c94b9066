"""Reading what was done."""

from django.db.models import QuerySet

from engross.apps.audit.models import Event


def events_about(subject: str) -> QuerySet[Event]:
    """Return what was done to `subject`, newest first."""
    return (
        Event.objects.filter(subject=subject).select_related("by").order_by("-happened_at", "-id")
    )


def latest_event_id() -> int:
    """Return the id of the latest event: it changes whenever anything was written."""
    latest = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
    return latest or 0
