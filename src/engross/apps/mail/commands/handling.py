"""What staff do about a mail that did not go, or came back."""

from datetime import datetime

from django.db import transaction

from engross.adapters.bounces import Bounce
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
    _bounce(mail, reason=reason, by=by, at=at)


@transaction.atomic
def record_returned(bounce: Bounce, *, at: datetime) -> bool:
    """Note what a report says of a mail that came back; say whether that was news.

    A mail that was in hand when its worker was killed may come back too: then it had gone.

    Raises Refused if the report names no mail of ours, or another address than it went to.
    """
    mail = Mail.objects.select_for_update().filter(message_id=bounce.message_id).first()
    if mail is None or mail.to_address.casefold() != bounce.address.casefold():
        what = f"No mail to {one_line(bounce.address, longest=80)} has this number"
        raise Refused(Reason(what, "Leave it: it is not about a mail of this site"))
    if mail.state == State.QUEUED:
        raise Refused(Reason("This mail was not sent yet", "Leave it: nothing can have come back"))
    if mail.state == State.BOUNCED or not bounce.is_final:
        return False
    _bounce(mail, reason=bounce.reason, by=None, at=at)
    return True


def _bounce(mail: Mail, *, reason: str, by: User | None, at: datetime) -> None:
    told = one_line(reason, longest=2000)
    mail.state, mail.error = State.BOUNCED, told
    mail.save(update_fields=["state", "error"])
    record_event(action="mail.bounce", subject=f"mail/{mail.pk}", by=by, at=at, reason=told)
