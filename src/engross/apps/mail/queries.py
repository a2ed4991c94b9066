"""Reading the outbox: what is to go, what went, and what a reader may see of it."""

from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from engross.apps.mail.models import Mail, State
from engross.core.access import Marking, Reader, may_read
from engross.core.access.reach import reach_of
from engross.core.codes import Code


def mail_asked(*, state: str = "", words: str = "") -> QuerySet[Mail]:
    """Return the mail that was asked for, newest first."""
    rows = Mail.objects.defer("text", "html")
    if state:
        rows = rows.filter(state=state)
    for word in words.split()[:8]:
        found = Q(subject__icontains=word) | Q(to_address__icontains=word)
        rows = rows.filter(found | Q(template__startswith=word))
    return rows.order_by("-queued_at", "-pk")


def mail_numbered(number: int) -> Mail | None:
    """Return a mail by its number; None if there is none."""
    return Mail.objects.select_related("to_person", "cause").filter(pk=number).first()


def mail_counts() -> dict[str, int]:
    """Return how many mails are in each state."""
    rows = Mail.objects.order_by().values("state").annotate(count=Count("pk"))
    return dict(rows.values_list("state", "count"))


def mails_of_template(template: str) -> int:
    """Return how many mails were queued with a template's words."""
    return Mail.objects.filter(template=template).count()


def due_mail(*, at: datetime, most: int) -> list[int]:
    """Return the ids of the queued mails whose time has come, the oldest first."""
    rows = Mail.objects.filter(state=State.QUEUED, due_at__lte=at).order_by("due_at", "pk")
    return list(rows.values_list("pk", flat=True)[:most])


def abandoned_mail(*, at: datetime, after: timedelta) -> QuerySet[Mail]:
    """Return the mails that somebody began to send so long ago that they must have stopped."""
    return Mail.objects.filter(state=State.SENDING, claimed_at__lt=at - after).order_by("pk")


def may_preview(mail: Mail, reader: Reader, *, code: Code) -> bool:
    """Say whether a reader may see what a mail says: by its class, and never a secret one."""
    if mail.is_secret:
        return False
    people = frozenset({mail.to_person_id} if mail.to_person_id else ())
    return may_read(reader, Marking(reach_of(code, mail.paper_class), people=people))
