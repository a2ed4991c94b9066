"""Who answered consultations: told, erased, forgotten. What was answered stays."""

from datetime import datetime

from django.db.models import Q, QuerySet

from engross.apps.accounts.models import User
from engross.apps.consultations.models import Response, ResponseVersion
from engross.apps.operations.commands.personal.accounts import Rows, told


def answers_told(user: User) -> Rows:
    """Return what the person answered, by link or for a Party, draft or handed in."""
    versions = ResponseVersion.objects.filter(
        Q(saved_by=user) | Q(response__email__iexact=user.email)
    )
    return told(versions, "response__consultation__number", "response__name",
                "response__organisation", "response__email", "number", "saved_at",
                "submitted_at")  # fmt: skip


def erase_answers(user: User, at: datetime) -> int:
    """Take the name and the address off what the person answered by link; the link ends."""
    return _empty(Response.objects.filter(email__iexact=user.email))


def forget_answers(before: datetime, at: datetime) -> int:
    """Take names and addresses off what answers consultations that closed before a moment."""
    return _empty(Response.objects.filter(consultation__closed_at__lt=before).exclude(email=""))


def _empty(responses: QuerySet[Response]) -> int:
    count = 0
    for response in responses:
        # Without an address nothing more is mailed to whoever it was.
        response.name, response.email, response.digest = "Erased", "", ""
        response.save(update_fields=["email", "name", "digest"])
        count += 1
    return count
