"""Putting mail into the outbox, in the transaction of its cause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.utils import parseaddr
from functools import lru_cache
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


@dataclass(frozen=True)
class WrittenLetter:
    """What is to be sent to whom, in words that stand already.

    `template` says where the words come from. `once` names what is told: an address that has a
    mail under it gets no other, whatever is done twice.
    """

    template: str
    to: User | str
    subject: str
    text: str
    html: str = ""
    paper_class: str = "white"
    unsubscribe_url: str = ""
    is_secret: bool = False
    once: str = ""


def queue_mail(letter: Letter | WrittenLetter, *, at: datetime, cause: Event | None = None) -> Mail:
    """Put one letter into the outbox, in the caller's transaction, and return its row.

    Raises Refused if its address is none.
    """
    return queue_mails([letter], at=at, cause=cause)[0]


@transaction.atomic
def queue_mails(
    letters: Iterable[Letter | WrittenLetter], *, at: datetime, cause: Event | None = None
) -> list[Mail]:
    """Put letters into the outbox, in the caller's transaction, and return their rows in order.

    What an address was told already under the same `once` is left out.

    Raises Refused if an address is none.
    """
    made = [_mail_of(letter, at=at, cause=cause) for letter in letters]
    is_once = any(mail.once for mail in made)
    # Whoever tells the same at the same time is waited for, and what it told is not told again.
    Mail.objects.bulk_create(made, batch_size=500, ignore_conflicts=is_once)
    queued = _kept(made) if is_once else made
    if queued:
        ask_for(SEND_DUE)
    return queued


def _kept(made: list[Mail]) -> list[Mail]:
    """Return those that the outbox took, each with its number; the database does not say which."""
    told = {mail.once for mail in made}
    rows = Mail.objects.filter(once__in=told, queued_at=made[0].queued_at).order_by("pk")
    numbers = dict(rows.values_list("message_id", "pk"))
    for mail in made:
        mail.pk = numbers.get(mail.message_id)
    return [mail for mail in made if mail.pk]


def queue_written_mail(
    *, template: str, to: str, subject: str, text: str, is_secret: bool, at: datetime
) -> Mail:
    """Put a mail into the outbox that another package has written."""
    to = _plain_address(parseaddr(to)[1])
    person = User.objects.filter(email=to).first()
    letter = WrittenLetter(template, person or to, subject, text, is_secret=is_secret)
    return queue_mail(letter, at=at)


def _mail_of(letter: Letter | WrittenLetter, *, at: datetime, cause: Event | None) -> Mail:
    written = letter if isinstance(letter, WrittenLetter) else _written_letter(letter)
    person = written.to if isinstance(written.to, User) else None
    domain = _domain_of(settings.DEFAULT_FROM_EMAIL)
    return Mail(
        template=written.template, to_person=person,
        to_address=person.email if person else _plain_address(str(written.to)),
        subject=one_line(written.subject, longest=LONGEST_SUBJECT),
        text=written.text.strip() + "\n", html=written.html, paper_class=written.paper_class,
        is_secret=written.is_secret, unsubscribe_url=written.unsubscribe_url, once=written.once,
        message_id=f"<{uuid4()}@{domain}>", cause=cause, queued_at=at, due_at=at,
    )  # fmt: skip


@lru_cache(maxsize=8)
def _domain_of(sender: str) -> str:
    return parseaddr(sender)[1].partition("@")[2] or "localhost"


def _written_letter(letter: Letter) -> WrittenLetter:
    context = {**letter.context, "unsubscribe_url": letter.unsubscribe_url,
               "site_url": settings.SITE_URL}  # fmt: skip
    subject, text = _written(letter.template, context)
    return WrittenLetter(
        letter.template, letter.to, subject, text, html=_html(letter.template, context),
        paper_class=letter.paper_class, unsubscribe_url=letter.unsubscribe_url,
        is_secret=letter.is_secret,
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
