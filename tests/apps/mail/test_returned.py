"""Mails that came back: noted by `engross mail bounce`, and nothing else is changed by it."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from engross.apps.audit.models import Event
from engross.apps.mail.commands import WrittenLetter, queue_mail, send_due_mail
from engross.apps.mail.models import Mail, State
from engross.cli import main
from tests.support.bounces import report

pytestmark = pytest.mark.django_db
AT = datetime(2021, 9, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def sent(db) -> Mail:
    """Return a mail that the server has taken."""
    mail = queue_mail(WrittenLetter("test", "gone@example.org", "Hello", "Hello"), at=AT)
    send_due_mail(clock=lambda: AT)
    return Mail.objects.get(pk=mail.pk)


def hand_over(raw: bytes):
    return CliRunner().invoke(main, ["mail", "bounce"], input=raw)


def test_a_mail_that_came_back_is_noted_once(sent):
    raw = report(sent.message_id, "Gone@Example.org")
    done = hand_over(raw)
    assert (done.exit_code, done.stdout) == (0, "1 read: 1 mails came back, 0 refused\n")
    sent.refresh_from_db()
    assert (sent.state, sent.error) == (State.BOUNCED, "5.1.1 550 5.1.1 no such mailbox")
    assert hand_over(raw).stdout == "1 read: 0 mails came back, 0 refused\n"
    assert Event.objects.filter(action="mail.bounce", by=None).count() == 1


def test_one_that_went_when_its_worker_was_killed_is_known_by_its_return(sent):
    Mail.objects.update(state=State.FAILED, sent_at=None)
    assert hand_over(report(sent.message_id, "gone@example.org")).exit_code == 0
    assert Mail.objects.get().state == State.BOUNCED


@pytest.mark.parametrize("kind", ["stranger", "other address", "not sent", "delayed", "no report"])
def test_what_is_not_about_a_mail_of_ours_changes_nothing(sent, kind):
    if kind == "not sent":
        Mail.objects.update(state=State.QUEUED, sent_at=None)
    before = Mail.objects.values().get()
    raw = {
        "stranger": report("<other@code.example>", "gone@example.org"),
        "other address": report(sent.message_id, "other@example.org"),
        "delayed": report(sent.message_id, "gone@example.org", action="delayed"),
        "no report": b"Subject: Buy this\n\nMessage-ID: " + sent.message_id.encode(),
    }.get(kind, report(sent.message_id, "gone@example.org"))
    done = hand_over(raw)
    assert done.exit_code == (0 if kind == "delayed" else 1)
    assert Mail.objects.values().get() == before
    assert not Event.objects.filter(action="mail.bounce").exists()


def test_one_bad_report_in_a_mailbox_does_not_hide_the_good(sent):
    good, bad = report(sent.message_id, "gone@example.org"), b"Subject: x\n\nx\n"
    done = hand_over(b"From a\n" + bad + b"From b\n" + good)
    assert (done.exit_code, done.stdout) == (1, "2 read: 1 mails came back, 1 refused\n")
    assert "no report" in done.stderr
