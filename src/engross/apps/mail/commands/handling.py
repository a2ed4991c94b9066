"""What staff do about a mail that did not go, or came back."""

from datetime import datetime

from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.jobs.commands import ask_for
from engross.apps.mail.commands.queueing import SEND_DUE
from engross.apps.mail.models import Mail, State
from engross.core.mail import one_line
from engross.core.refusals import Reason, Refused


@transaction.atomic
def send_again(mail_id: int, *, by: User, at: datetime) -> None:
    """Queue a mail again that failed or bounced.

    Raises Refused if it has gone, is about to go, or is a link that is not kept.
    """
    mail = Mail.objects.select_for_update().get(pk=mail_id)
    if mail.state not in (State.FAILED, State.BOUNCED):
        what = f"This mail is {State(mail.state).label.lower()}"
        raise Refused(Reason(what, "Only one that failed or bounced can be sent again"))
    mail.state, mail.due_at, mail.attempts, mail.error = State.QUEUED, at, 0, ""
    mail.save(update_fields=["state", "due_at", "attempts", "error"])
    record_event(action="mail.send-again", subject=f"mail/{mail.pk}", by=by, at=at)
    ask_for(SEND_DUE)


def note_preview(mail: Mail, *, by: User, at: datetime) -> None:
    """Write down that somebody else than its reader was shown what a mail says."""
    record_event(action="mail.preview", subject=f"mail/{mail.pk}", by=by, at=at)


@transaction.atomic
def record_bounce(mail_id: int, *, reason: str, by: User | None, at: datetime) -> None:
    """Note that a mail came back although the server had taken it.

    Raises Refused if it was never sent, or no reason is given.
    """
    mail = Mail.objects.select_for_update().get(pk=mail_id)
    if mail.state != State.SENT:
        what = f"This mail is {State(mail.state).label.lower()}, so it cannot have come back"
        raise Refused(Reason(what, "Record a bounce of a mail that was sent"))
    if not reason.strip():
        raise Refused(Reason("A bounce needs its reason", "Copy what the returned mail says"))
    mail.state, mail.error = State.BOUNCED, one_line(reason, longest=2000)
    mail.save(update_fields=["state", "error"])
    record_event(action="mail.bounce", subject=f"mail/{mail.pk}", by=by, at=at, reason=reason)
