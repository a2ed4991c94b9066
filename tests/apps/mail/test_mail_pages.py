"""The outbox as staff see it: who may see what, and what they can do about a failure."""

from datetime import UTC, datetime

import pytest

from engross.apps.accounts.models import User
from engross.apps.audit.models import Event
from engross.apps.mail.models import Mail, State
from tests.support.people import staff_client

pytestmark = pytest.mark.django_db
AT = datetime(2021, 9, 22, 9, 0, tzinfo=UTC)


def kept(**more) -> Mail:
    """Return a mail in the outbox."""
    fields = {
        "template": "test/hello", "to_address": "reader@example.org", "subject": "A subject",
        "text": "wrenhidden words\n", "message_id": f"<{Mail.objects.count()}@example.org>",
        "queued_at": AT, "due_at": AT,
    }  # fmt: skip
    return Mail.objects.create(**{**fields, **more})


@pytest.fixture
def staff(db):
    """Return a client of staff with a second factor."""
    return staff_client()


def test_a_mail_is_listed_and_shown(staff):
    mail = kept(unsubscribe_url="https://x.example/u/", text="Stop: https://x.example/u/")
    assert "A subject" in staff.get("/mail/").text
    assert "A subject" not in staff.get("/mail/?state=sent").text
    assert "A subject" in staff.get("/mail/?state=queued&q=reader").text
    page = staff.get(f"/mail/{mail.pk}/").text
    assert "Stop:" in page
    assert "https://x.example/u/" not in page  # it would act for its reader


@pytest.mark.parametrize(("paper_class", "times"), [("white", 0), ("amber", 1)])
def test_to_look_at_what_is_not_for_everybody_is_written_down(staff, paper_class, times):
    mail = kept(paper_class=paper_class)
    assert "wrenhidden" in staff.get(f"/mail/{mail.pk}/").text
    assert Event.objects.filter(action="mail.preview").count() == times


def test_a_link_that_lets_in_is_shown_to_nobody(staff):
    page = staff.get(f"/mail/{kept(is_secret=True).pk}/").text
    assert "wrenhidden" not in page
    assert "Nobody else is shown it" in page


def test_what_failed_is_sent_again_and_what_came_back_is_noted(staff):
    mail = kept(state=State.FAILED, error="[Errno 111] Connection refused")
    assert "Connection refused" in staff.get(f"/mail/{mail.pk}/").text
    staff.post(f"/mail/{mail.pk}/send-again/")
    mail.refresh_from_db()
    assert mail.state == State.QUEUED
    assert "queued" in staff.post(f"/mail/{mail.pk}/send-again/", follow=True).text

    Mail.objects.update(state=State.SENT, sent_at=AT)
    assert staff.post(f"/mail/{mail.pk}/bounce/", {"reason": " "}).status_code == 422
    staff.post(f"/mail/{mail.pk}/bounce/", {"reason": "550 5.1.1 unknown"})
    mail.refresh_from_db()
    assert (mail.state, mail.error) == (State.BOUNCED, "550 5.1.1 unknown")


def test_the_outbox_says_when_nobody_sends(staff, settings):
    assert "Nobody sends mail" not in staff.get("/mail/").text
    settings.ENGROSS_TASKS = "database"
    assert "Nobody sends mail" in staff.get("/mail/").text


def test_the_list_asks_a_constant_number_of_questions(staff, django_assert_max_num_queries):
    person = User.objects.create_user("reader@example.org", None)
    for _ in range(20):
        kept(to_person=person)
    with django_assert_max_num_queries(12):
        staff.get("/mail/")
