"""Putting mail into the outbox, in the transaction of its cause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template

from engross.apps.accounts.models import User
from engross.apps.audit.models import Event
from engross.apps.jobs.commands import ask_for
from engross.apps.mail.models import Mail
from engross.core.mail import one_line
from engross.core.refusals import Reason, Refused

LONGEST_SUBJECT = 200
SEND_DUE = "mail.send-due"


@dataclass(frozen=True)
class Letter:
    """What is to be sent to whom: a template of the folder `mail/`, and what it is filled with.

    `to` is a person with an account, or an address. `unsubscribe_url` ends what the mail is part
    of, with one click. A secret letter holds a link that lets its reader in.
    """

    template: str
    to: User | str
    context: Mapping[str, Any] = field(default_factory=dict)
    paper_class: str = "white"
    unsubscribe_url: str = ""
    is_secret: bool = False


def queue_mail(letter: Letter, *, at: datetime, cause: Event | None = None) -> Mail:
    """Put one letter into the outbox, in the caller's transaction, and return its row.

    Raises Refused if its address is none.
    """
    return queue_mails([letter], at=at, cause=cause)[0]


@transaction.atomic
def queue_mails(
    letters: Iterable[Letter], *, at: datetime, cause: Event | None = None
) -> list[Mail]:
    """Put letters into the outbox, in the caller's transaction, and return their rows in order.

    Raises Refused if an address is none.
    """
    made = [_mail_of(letter, at=at, cause=cause) for letter in letters]
    Mail.objects.bulk_create(made, batch_size=500)
    if made:
        ask_for(SEND_DUE)
    return made


def queue_written_mail(
    *, template: str, to: str, subject: str, text: str, is_secret: bool, at: datetime
) -> Mail:
    """Put a mail into the outbox that another package has written."""
    to = _plain_address(parseaddr(to)[1])
    person = User.objects.filter(email=to).first()
    mail = _row(template=template, to=person or to, subject=subject, text=text, at=at)
    mail.is_secret = is_secret
    with transaction.atomic():
        mail.save()
        ask_for(SEND_DUE)
    return mail


def _mail_of(letter: Letter, *, at: datetime, cause: Event | None) -> Mail:
    context = {**letter.context, "unsubscribe_url": letter.unsubscribe_url,
               "site_url": settings.SITE_URL}  # fmt: skip
    subject, text = _written(letter.template, context)
    mail = _row(template=letter.template, to=letter.to, subject=subject, text=text, at=at)
    mail.html = _html(letter.template, context)
    mail.cause, mail.paper_class = cause, letter.paper_class
    mail.is_secret, mail.unsubscribe_url = letter.is_secret, letter.unsubscribe_url
    return mail


def _row(*, template: str, to: User | str, subject: str, text: str, at: datetime) -> Mail:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    return Mail(
        template=template, to_person=to if isinstance(to, User) else None,
        to_address=to.email if isinstance(to, User) else _plain_address(to),
        subject=one_line(subject, longest=LONGEST_SUBJECT), text=text.strip() + "\n",
        message_id=f"<{uuid4()}@{domain}>", queued_at=at, due_at=at,
    )  # fmt: skip


def _plain_address(text: str) -> str:
    try:
        validate_email(text)
        Address(addr_spec=text)
    except (ValidationError, ValueError, IndexError) as error:
        what = f"'{one_line(text, longest=60)}' is not an e-mail address"
        raise Refused(Reason(what, "Write one such as name@example.org")) from error
    return text


def _written(template: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Return subject and text; the template's first line is its subject.

    Raises ValueError if the template does not begin with one.
    """
    found: Any = get_template(f"mail/{template}.txt")
    # Plain text: nothing in it is markup, so nothing is escaped.
    filled = found.template.render(Context(dict(context), autoescape=False))
    first, _, text = filled.partition("\n")
    if not first.startswith("Subject: "):
        raise ValueError(f"mail/{template}.txt does not begin with 'Subject: '")
    return first.removeprefix("Subject: "), text


def _html(template: str, context: Mapping[str, Any]) -> str:
    """Return the body as HTML if the letter has a template of it; else it is made on sending."""
    try:
        return str(get_template(f"mail/{template}.html").render(dict(context)))
    except TemplateDoesNotExist:
        return ""
