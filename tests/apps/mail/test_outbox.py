"""Every mail is a row: queued with its cause, sent once, tried again, never swallowed."""

import smtplib
import socket
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default as modern

import pytest
from aiosmtpd.controller import Controller
from django.core import mail as django_mail
from django.core.mail import send_mail
from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.audit.models import Event
from engross.apps.mail import commands
from engross.apps.mail.commands import Letter, WrittenLetter, queue_mail, queue_mails, send_due_mail
from engross.apps.mail.models import Mail, State
from engross.core.mail import MOST_ATTEMPTS
from engross.core.refusals import Refused

pytestmark = pytest.mark.django_db
AT = datetime(2021, 9, 22, 9, 0, tzinfo=UTC)
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def letter(to="reader@example.org", **extra) -> Letter:
    context = {"name": "Reader <b>", "link": "https://engross.example/x?a=1&b=2"}
    return Letter("test/hello", to, context, **extra)


@pytest.fixture(autouse=True)
def _template(settings):
    """Have one template of a mail, kept in memory."""
    words = "Subject: Hello {{ name }}\n\nHello {{ name }},\n\nread {{ link }}\n"
    engine = {
        **settings.TEMPLATES[0],
        "APP_DIRS": False,
        "OPTIONS": {
            **settings.TEMPLATES[0]["OPTIONS"],
            "loaders": [
                ("django.template.loaders.locmem.Loader", {"mail/test/hello.txt": words}),
                "django.template.loaders.app_directories.Loader",
            ],
        },
    }
    settings.TEMPLATES = [engine]


class Inbox:
    """An SMTP server's handler that keeps what it is sent, and refuses who is told to."""

    def __init__(self) -> None:
        self.received = []
        self.answers = {}

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.received.append(message_from_bytes(envelope.content, policy=modern))
        return "250 taken"


@pytest.fixture
def inbox(settings):
    """Return the handler of a real SMTP server to which mail goes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    handler = Inbox()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.MAIL_TRANSPORT = SMTP
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield handler
    controller.stop()


def send(at=AT):
    return send_due_mail(clock=lambda: at)


def test_a_mail_goes_through_a_real_server_with_what_it_needs(inbox):
    queued = queue_mail(letter(unsubscribe_url="https://engross.example/u/1/"), at=AT)
    assert send() == 1
    (got,) = inbox.received
    assert got["To"] == "reader@example.org"
    assert got["Subject"] == "Hello Reader <b>"
    assert got["Message-ID"] == queued.message_id
    assert got["List-Unsubscribe"] == "<https://engross.example/u/1/>"
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = (part.get_content() for part in got.iter_parts())
    assert "Hello Reader <b>," in text
    assert "https://engross.example/x?a=1&b=2" in text
    assert "Reader &lt;b&gt;" in html
    assert 'href="https://engross.example/x?a=1&amp;b=2"' in html
    queued.refresh_from_db()
    assert (queued.state, queued.sent_at, queued.attempts) == (State.SENT, AT, 1)
    assert send() == 0


def test_no_mail_without_its_cause():
    with transaction.atomic():
        queue_mail(letter(), at=AT)
        transaction.set_rollback(True)
    assert not Mail.objects.exists()


def test_a_server_that_is_down_loses_nothing(settings):
    settings.MAIL_TRANSPORT, settings.EMAIL_HOST = SMTP, "127.0.0.1"
    with socket.socket() as taken:  # bound, and nobody listens
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = taken.getsockname()[1]
        first, second = queue_mails([letter(), letter("other@example.org")], at=AT)
        assert send() == 1  # the round ends: the server is tried once, not once for each mail
    first.refresh_from_db()
    assert (first.state, first.due_at) == (State.QUEUED, AT + timedelta(minutes=1))
    assert "refused" in first.error.lower()
    second.refresh_from_db()
    assert (second.state, second.attempts) == (State.QUEUED, 0)
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    assert send() == 1
    assert send(AT + timedelta(minutes=1)) == 1
    assert [each.to for each in django_mail.outbox] == [
        ["other@example.org"],
        ["reader@example.org"],
    ]


def test_it_is_given_up_after_the_last_attempt_and_staff_can_send_it_again(
    settings, monkeypatch, secretary
):
    def no_room(self, messages):
        raise smtplib.SMTPDataError(452, b"no room")

    monkeypatch.setattr(django_mail.backends.locmem.EmailBackend, "send_messages", no_room)
    mail, at = queue_mail(letter(), at=AT), AT
    for _ in range(MOST_ATTEMPTS):
        send(at)
        at += timedelta(days=1)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (State.FAILED, MOST_ATTEMPTS)
    assert "no room" in mail.error
    monkeypatch.undo()
    commands.send_again(mail.pk, by=secretary, at=at)
    assert send(at) == 1
    assert Event.objects.filter(action="mail.send-again").exists()
    with pytest.raises(Refused, match="sent"):
        commands.send_again(mail.pk, by=secretary, at=at)


def test_an_address_that_is_refused_for_good_bounces_and_the_others_go(inbox):
    inbox.answers = {
        "gone@example.org": "550 no such mailbox",
        "full@example.org": "452 mailbox full",
    }
    for address in ("gone@example.org", "full@example.org", "reader@example.org"):
        queue_mail(letter(address), at=AT)
    assert send() == 3
    states = {each.to_address: (each.state, each.error) for each in Mail.objects.all()}
    assert states["gone@example.org"] == ("bounced", "no such mailbox")
    assert states["full@example.org"][0] == "queued"
    assert states["reader@example.org"][0] == "sent"


def test_a_mail_that_came_back_is_noted(secretary):
    mail = queue_mail(letter(), at=AT)
    with pytest.raises(Refused, match="queued"):
        commands.record_bounce(mail.pk, reason="5.1.1", by=secretary, at=AT)
    send()
    commands.record_bounce(mail.pk, reason="5.1.1 unknown", by=secretary, at=AT)
    mail.refresh_from_db()
    assert (mail.state, mail.error) == (State.BOUNCED, "5.1.1 unknown")


def test_what_was_in_hand_when_a_worker_was_killed_fails_and_says_why():
    mail = queue_mail(letter(), at=AT)
    Mail.objects.filter(pk=mail.pk).update(state=State.SENDING, claimed_at=AT)
    assert send(AT + timedelta(minutes=9)) == 0
    assert Mail.objects.get().state == State.SENDING
    assert send(AT + timedelta(minutes=11)) == 0
    mail = Mail.objects.get()
    assert (mail.state, "may have arrived" in mail.error) == (State.FAILED, True)
    assert django_mail.outbox == []


def test_a_mail_that_another_worker_claimed_is_left_to_it(monkeypatch):
    mail = queue_mail(letter(), at=AT)
    from engross.apps.mail.commands import sending

    monkeypatch.setattr(sending, "due_mail", lambda **extra: [mail.pk, mail.pk])
    assert send() == 1
    assert len(django_mail.outbox) == 1


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a@example.org\nBcc: b@example.org", "a@example.org, b@example.org", "a@b c.d"],
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(Refused, match="not an e-mail address"):
        queue_mail(letter(address), at=AT)


def test_a_subject_cannot_add_a_header(inbox):
    words = {"name": "x\r\nBcc: all@example.org\r\n\r\nbody", "link": ""}
    queue_mail(Letter("test/hello", "reader@example.org", words), at=AT)
    send()
    (got,) = inbox.received
    assert got["Bcc"] is None
    assert got["Subject"].startswith("Hello x")


def test_what_other_packages_send_goes_through_the_outbox_and_is_not_kept(settings):
    settings.EMAIL_BACKEND = "engross.apps.mail.adapters.Outbox"
    user = User.objects.create_user("reader@example.org", None)
    send_mail("Set a password", "https://engross.example/key", None, [user.email])
    mail = Mail.objects.get()
    assert (mail.to_person, mail.is_secret, mail.state) == (user, True, State.QUEUED)
    send_due_mail(clock=lambda: mail.due_at)
    mail.refresh_from_db()
    assert mail.state == State.SENT
    assert "key" not in mail.text
    assert "key" in django_mail.outbox[0].body


def test_5000_are_queued_with_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(120):
        queue_mails(
            (
                WrittenLetter("t", f"r{count}@example.org", "Hello", "Hello")
                for count in range(5000)
            ),
            at=AT,
        )
    assert Mail.objects.filter(state=State.QUEUED).count() == 5000


def test_thousands_go_out_where_there_is_no_worker(monkeypatch):
    from engross.apps.mail import tasks

    # As outside a transaction, where what is asked for after a commit is done at once.
    monkeypatch.setattr(transaction, "on_commit", lambda act: act())
    monkeypatch.setattr(tasks, "MOST", 1)
    queue_mails((letter(f"reader{count}@example.org") for count in range(150)), at=AT)
    assert len(django_mail.outbox) == 150
