"""News of consultations, votes and slips: told to who follows what they are about, by class."""

from datetime import UTC, date, datetime

import pytest

from engross.apps.accounts.models import User
from engross.apps.audit.queries import latest_event_id
from engross.apps.consultations import commands as consulting_commands
from engross.apps.files.models import ReadLog
from engross.apps.following.commands import tell_news
from engross.apps.following.models import Follow
from engross.apps.following.queries import news_between
from engross.apps.mail.models import Mail
from engross.apps.votes.commands import count_vote, withdraw_vote
from engross.core.consultations.questions import Given
from engross.core.following import Rhythm
from tests.apps.votes import boards
from tests.support import consulting

pytestmark = [pytest.mark.django_db, pytest.mark.once]
AT = datetime(2022, 7, 14, 9, 0, tzinfo=UTC)


@pytest.fixture
def begin():
    """Return the position after which news is asked."""
    return latest_event_id()


def follower(kind: str, key: str, name: str = "reader") -> User:
    person = User.objects.create_user(f"{name}@example.org", None, name=name)
    Follow.objects.create(person=person, kind=kind, key=key, rhythm="daily", followed_at=AT,
                          told_until=latest_event_id())  # fmt: skip
    return person


def told(after: int, kind: str) -> list[str]:
    return [each.title for each in news_between(after, latest_event_id()) if each.kind == kind]


def told_to(person: User) -> str:
    tell_news(Rhythm.DAILY, on=AT.date(), at=AT)
    own = Mail.objects.filter(to_person=person, template="following/news").first()
    return own.text if own else ""


def test_a_consultation_is_told_from_its_opening_to_what_came_of_it(secretary, begin):
    row = consulting.opened(secretary)
    consulting_commands.extend_consultation(
        row, until=date(2022, 7, 20), reason="Holidays", by=secretary, on=date(2022, 7, 1),
        at=consulting.OPENED_AT,
    )  # fmt: skip
    soon = datetime(2022, 7, 14, 9, tzinfo=UTC)
    consulting_commands.remind_of_consultations(on=soon.date(), at=soon)
    response = consulting.begun(row, "Ada")
    consulting.answer(response, {1: Given("Yes", "It helps")})
    over = datetime(2022, 7, 20, 16, 1, tzinfo=UTC)
    consulting_commands.close_due_consultations(at=over)
    for conclusion in ("It stops", "It goes on"):
        consulting_commands.write_outcome(row, {}, conclusion=conclusion, by=secretary, at=over)
    consulting_commands.publish_responses(row, by=secretary, at=over)
    name = "Modification Report Consultation CON001"
    assert told(begin, "consultations") == [
        f"{name} opened. Answer by 17:00 on 13 July 2022",
        f"{name} stays open until 20 July 2022: Holidays",
        f"{name} closes soon. Answer by 17:00 on 20 July 2022",
        f"{name} closed, with 1 answer",
        f"What came of the {name}. It goes on",
        f"Answers to the {name} published",
    ]


def test_a_draft_is_told_to_nobody_and_an_open_one_to_whom_it_asks(secretary, begin):
    consulting.drafted(secretary, title="Not yet")
    assert told(begin, "consultations") == []
    asked = follower("category", "large-suppliers", "asked")
    other = follower("category", "gas-networks", "other")
    proposal = follower("proposal", "0209", "proposal")
    consulting.opened(secretary, categories=["large-suppliers"])
    assert "opened. Answer by" in told_to(asked)
    assert told_to(other) == ""
    assert "MP209" in told_to(proposal)


def test_a_vote_of_a_narrow_class_is_told_within_the_body_alone_and_its_reading_kept(secretary):
    boards.seats_held()
    member = boards.seated("Ada", boards.LARGE, secretary)
    Follow.objects.create(person=member, kind="body", key="change-board", rhythm="daily",
                          followed_at=AT, told_until=latest_event_id())  # fmt: skip
    public = follower("body", "change-board", "public")
    vote = boards.vote_on(secretary, paper_class="amber")
    count_vote(vote, by=secretary, at=boards.AFTER)
    assert told_to(public) == ""
    text = told_to(member)
    assert "vote opened, until 17:00 on 24 November 2021" in text
    assert "vote counted" in text
    reads = ReadLog.objects.filter(person_id=member.pk, kind="votes")
    assert reads.count() == 2
    assert Mail.objects.get(to_person=member, template="following/news").paper_class == "amber"


def test_a_public_vote_is_told_and_so_is_that_it_was_withdrawn(secretary):
    boards.seats_held()
    public = follower("proposal", "0078", "public")
    vote = boards.vote_on(secretary)
    withdraw_vote(vote, by=secretary, at=boards.NOON, reason="Wrong question")
    text = told_to(public)
    assert "Change Board: vote opened" in text
    assert "Change Board: vote withdrawn. Wrong question" in text
