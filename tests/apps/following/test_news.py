"""What is new reaches who follows it: once, as far as they may read it, and nobody else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engross.apps.accounts.models import User
from engross.apps.audit.queries import latest_event_id
from engross.apps.files.models import ReadLog
from engross.apps.following import commands
from engross.apps.following.commands import telling
from engross.apps.following.models import Follow
from engross.apps.mail.commands import send_due_mail
from engross.apps.mail.models import Mail
from engross.core.following import Rhythm
from engross.core.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2021, 9, 22)
AT = datetime(2021, 9, 22, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)


@pytest.fixture
def person() -> User:
    """Return somebody who signs in and is nothing else."""
    return User.objects.create_user("reader@example.org", None, name="A Reader")


@pytest.fixture(autouse=True)
def _proposals():
    """Keep two proposals."""
    factories.proposal("MP901", title="Fictional change")
    factories.proposal("MP902", title="Another fictional change")


def follow(person, kind, key, rhythm=Rhythm.DAILY):
    return commands.follow(kind, key, rhythm=rhythm, by=person, on=DAY, at=AT)


def tell(rhythm=Rhythm.DAILY, at=LATER):
    return commands.tell_news(rhythm, on=DAY, at=at)


def test_a_move_is_told_once_to_who_follows_the_proposal(person):
    found = follow(person, "proposal", "0901")
    assert found.label == "MP901 Fictional change"
    factories.move("MP901", "refine", "2021-09-22", at=AT + timedelta(minutes=1))
    factories.move("MP902", "refine", "2021-09-22", at=AT + timedelta(minutes=2))
    assert tell() == 1
    assert tell() == 0
    mail = Mail.objects.get()
    assert mail.to_person == person
    assert "MP901" in mail.subject
    assert "MP901" in mail.text
    assert "22 September 2021" in mail.text
    assert "MP902" not in mail.text
    assert "/proposals/MP901/" in mail.html


def test_what_happened_before_is_no_news(person):
    factories.move("MP901", "refine", "2021-09-22", at=AT - timedelta(minutes=1))
    follow(person, "proposal", "0901")
    assert tell() == 0
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("kind", "key", "is_told"),
    [
        ("register", "proposal-stages", True),
        ("register", "meetings", False),
        ("category", "large-suppliers", True),
        ("category", "small-suppliers", False),
        ("document", "section/G", True),
        ("document", "section/D", False),
        ("everything", "", True),
        ("proposal", "0902", False),
    ],
)
def test_a_move_reaches_who_follows_what_the_proposal_touches(person, kind, key, is_told):
    impacts = [("party-category", "Large Supplier"), ("document", "Section G")]
    rows = [{"proposal": "MP901", "kind": kind, "affected": text} for kind, text in impacts]
    factories.record("proposal-impacts", rows)
    Follow.objects.create(
        person=person, kind=kind, key=key, rhythm="daily", followed_at=AT,
        told_until=latest_event_id(),
    )  # fmt: skip
    factories.move("MP901", "refine", "2021-09-22", at=AT + timedelta(minutes=1))
    assert tell() == is_told


def test_a_body_is_told_of_by_its_meetings_and_its_papers(person):
    follow(person, "body", "panel")
    factories.meeting("SECP_99", "panel", "2021-12-10", at=AT + timedelta(minutes=1))
    paper = {"reference": "SECP_99_1012_01", "meeting": "SECP_99", "title": "A paper",
             "paper_class": "white", "action": "information"}  # fmt: skip
    factories.record("papers", [paper], at=AT + timedelta(minutes=2))
    assert tell() == 1
    assert "A paper" in Mail.objects.get().text


def test_what_a_reader_may_not_read_is_not_told(person, secretary):
    for each in (person, secretary):
        follow(each, "register", "papers")
    factories.meeting("SECP_99", "panel", "2021-12-10", at=AT)
    paper = {"reference": "SECP_99_1012_01", "meeting": "SECP_99", "title": "wrenhidden",
             "paper_class": "amber", "action": "information"}  # fmt: skip
    factories.record("papers", [paper], at=AT + timedelta(minutes=2))
    assert tell() == 1
    mail = Mail.objects.get()
    assert mail.to_person == secretary
    assert mail.paper_class == "amber"
    assert "wrenhidden" in mail.text
    assert ReadLog.objects.get().person_id == secretary.pk  # as if it were read on its page


def test_a_withdrawal_is_news(person):
    secretary = User.objects.create_user("secretary2@example.org", None, is_staff=True)
    factories.move("MP901", "refine", "2021-09-22", at=AT - timedelta(days=1))
    follow(person, "proposal", "0901")
    factories.withdraw(
        "proposal-stages", proposal__key="0901", stage="refine", by=secretary,
        at=AT + timedelta(minutes=5),
    )  # fmt: skip
    assert tell() == 1
    assert "Withdrawn" in Mail.objects.get().text


def test_a_run_that_is_killed_neither_loses_nor_doubles(monkeypatch):
    monkeypatch.setattr(telling, "PEOPLE_AT_ONCE", 2)
    people = [User.objects.create_user(f"reader{count}@example.org", None) for count in range(5)]
    for each in people:
        follow(each, "proposal", "0901")
    factories.move("MP901", "refine", "2021-09-22", at=AT + timedelta(minutes=1))
    tell_some, told = telling._tell, []

    def die_later(some, *rest, **extra):
        if len(told) == 1:
            raise KeyboardInterrupt
        told.append(some)
        return tell_some(some, *rest, **extra)

    monkeypatch.setattr(telling, "_tell", die_later)
    with pytest.raises(KeyboardInterrupt):
        tell()
    assert Mail.objects.count() == 2
    monkeypatch.setattr(telling, "_tell", tell_some)
    assert tell() == 3
    assert sorted(mail.to_person_id for mail in Mail.objects.all()) == [one.pk for one in people]


def test_a_round_comes_on_working_days_and_once_a_week(person):
    follow(person, "proposal", "0901")
    follow(person, "proposal", "0902", Rhythm.WEEKLY)
    monday, told = date(2021, 8, 30), []  # a bank holiday
    for count in range(9):
        on = monday + timedelta(days=count)
        at = LATER + timedelta(days=count)
        for key in ("MP901", "MP902"):
            row = {"proposal": key, "kind": "other", "affected": f"On day {count}"}
            factories.record("proposal-impacts", [row], at=at)
        told.append(commands.tell_round(on=on, at=at))
        assert commands.tell_round(on=on, at=at) == 0
    assert told == [0, 2, 1, 1, 1, 0, 0, 2, 1]


def test_mail_that_is_wanted_again_does_not_tell_the_past(person):
    follow(person, "proposal", "0901", Rhythm.NONE)
    factories.move("MP901", "refine", "2021-09-22", at=AT + timedelta(minutes=1))
    commands.set_rhythms({Follow.objects.get().pk: Rhythm.DAILY}, by=person, at=AT)
    assert tell() == 0


@pytest.mark.parametrize(
    ("kind", "key"),
    [("proposal", "9999"), ("body", "nobody"), ("register", "users"), ("planet", "mars"),
     ("document", "section/ZZ"), ("everything", "x"), ("category", "")],
)  # fmt: skip
def test_what_is_not_there_cannot_be_followed(person, kind, key):
    with pytest.raises(Refused, match="nothing to follow"):
        follow(person, kind, key)


def test_a_subject_with_markup_is_only_words_in_the_mail(person):
    factories.proposal("MP903", title="<script>alert(1)</script> & more")
    follow(person, "proposal", "0903")
    factories.move("MP903", "refine", "2021-09-22", at=AT + timedelta(minutes=1))
    tell()
    mail = Mail.objects.get()
    assert "<script>" not in mail.html
    assert "<script>alert(1)</script> & more" in mail.text
    send_due_mail(clock=lambda: LATER)
    assert django_mail.outbox[0].extra_headers["List-Unsubscribe-Post"]


def test_the_number_of_questions_does_not_grow_with_the_news(person):
    follow(person, "everything", "")
    counts = []
    for number in (2, 20):
        rows = [{"proposal": "MP901", "kind": "other", "affected": f"{number}-{count}"}
                for count in range(number)]  # fmt: skip
        factories.record("proposal-impacts", rows, at=AT + timedelta(minutes=number))
        with CaptureQueriesContext(connection) as context:
            assert tell() == 1
        counts.append(len(context))
    assert counts[0] == counts[1]
