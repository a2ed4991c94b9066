"""Sending what stands in the outbox, each mail by one worker."""

import logging
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.template.loader import render_to_string

from engross.apps.mail.models import Mail, State
from engross.apps.mail.queries import abandoned_mail, due_mail
from engross.core.mail import one_line, wait_after

_log = logging.getLogger("engross.mail")
ABANDONED_AFTER = timedelta(minutes=10)
_UNSURE = (
    "Whoever handed this mail over stopped before the server said that it had it. It may have "
    "arrived; send it again if it has not."
)
_NOT_KEPT = "What this mail said is not kept: it held a link that lets its reader in.\n"
_PERMANENT = 500

Clock = Callable[[], datetime]


def send_due_mail(*, clock: Clock, most: int = 100) -> int:
    """Send what is due, at most so many, and return how many were taken in hand.

    Each mail is claimed and marked in a transaction of its own: several workers share the work,
    and one that is killed leaves at most the mail that it had in hand. That one is not sent
    twice: it fails, and says why. A server that cannot be reached ends the round.
    """
    abandoned_mail(at=clock(), after=ABANDONED_AFTER).update(state=State.FAILED, error=_UNSURE)
    server: BaseEmailBackend = get_connection(settings.MAIL_TRANSPORT)
    taken = 0
    try:
        for pk in due_mail(at=clock(), most=most):
            if not _claim(pk, at=clock()):
                continue
            taken += 1
            if not _send(Mail.objects.select_related("to_person").get(pk=pk), server, clock):
                break
    finally:
        _hang_up(server)
    return taken


def _claim(pk: int, *, at: datetime) -> bool:
    """Say whether this mail is ours to send: whoever changes its row first has it."""
    queued = Mail.objects.filter(pk=pk, state=State.QUEUED)
    return bool(queued.update(state=State.SENDING, claimed_at=at, attempts=F("attempts") + 1))


def _send(mail: Mail, server: BaseEmailBackend, clock: Clock) -> bool:
    """Send one mail and write down what became of it; say whether the server can be reached."""
    try:
        server.open()
    except (OSError, smtplib.SMTPException) as error:
        _postpone(mail, error, at=clock())
        return False
    try:
        server.send_messages([message_of(mail)])
    except smtplib.SMTPRecipientsRefused as error:
        _refused(mail, error, at=clock())
        _hang_up(server)
    except (OSError, smtplib.SMTPException) as error:
        _failed(mail, error, at=clock())
        _hang_up(server)
    except Exception as error:  # whatever is wrong with one mail must not stop the others
        _log.exception("The mail %s cannot be sent", mail.pk)
        _mark(mail, State.FAILED, error=repr(error))
    else:
        _sent(mail, at=clock())
    return True


def message_of(mail: Mail) -> EmailMultiAlternatives:
    """Return a mail as a message: text, HTML, and how to be sent no more of its kind."""
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if mail.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        # RFC 8058: the mail program may ask for it with one POST.
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.to_address], headers=headers
    )
    message.attach_alternative(render_to_string("mail/whole.html", {"mail": mail}), "text/html")
    return message


def _sent(mail: Mail, *, at: datetime) -> None:
    """Note that the server has a mail, unless the report that it came back was faster."""
    changed: dict[str, Any] = {"state": State.SENT, "sent_at": at, "error": ""}
    if mail.is_secret:
        changed |= {"text": _NOT_KEPT, "html": ""}
    Mail.objects.filter(pk=mail.pk).exclude(state=State.BOUNCED).update(**changed)


def _refused(mail: Mail, error: smtplib.SMTPRecipientsRefused, *, at: datetime) -> None:
    """Note that the server does not take mail for this address: for good, or for now."""
    answers = list(error.recipients.values())
    if answers and all(code >= _PERMANENT for code, _ in answers):
        _mark(mail, State.BOUNCED, error=_told(answers[0][1]))
    else:
        _postpone(mail, error, at=at)


def _failed(mail: Mail, error: Exception, *, at: datetime) -> None:
    code = getattr(error, "smtp_code", 0)
    if isinstance(code, int) and code >= _PERMANENT:
        _mark(mail, State.FAILED, error=_told(getattr(error, "smtp_error", b"") or str(error)))
    else:
        _postpone(mail, error, at=at)


def _postpone(mail: Mail, error: Exception, *, at: datetime) -> None:
    """Queue a mail again for later, or give it up after the last attempt."""
    wait = wait_after(mail.attempts)
    if wait is None:
        _mark(mail, State.FAILED, error=f"Given up after {mail.attempts} attempts: {error}")
        return
    mail.due_at = at + wait
    _mark(mail, State.QUEUED, error=str(error))


def _mark(mail: Mail, state: State, *, error: str) -> None:
    mail.state, mail.error = state, one_line(error, longest=2000)
    mail.save(update_fields=["state", "error", "due_at"])


def _told(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer


def _hang_up(server: BaseEmailBackend) -> None:
    try:
        server.close()
    except (OSError, smtplib.SMTPException):
        _log.info("The mail server was gone when its connection was closed")
