"""The page of all mails and of one: who would get what today, in which words."""

from datetime import UTC, date, datetime

import pytest

from engross.apps.accounts.models import User
from engross.apps.notices.models import OptOut
from engross.apps.people.models import TeamMembership
from tests.factories import party
from tests.support.people import client_of, member, staff_client

pytestmark = pytest.mark.django_db
AT = datetime(2021, 9, 22, 9, 0, tzinfo=UTC)


def readers(count: int) -> list[User]:
    """Return people of one Party; the first two want no mail or have left."""
    party("P1", category="large-suppliers")
    found = [
        User.objects.create_user(f"r{n}@engross.example", None, name=f"Reader {n}")
        for n in range(count)
    ]
    for each in found:
        member(each, "P1")
    OptOut.objects.create(person=found[0], event="version-published", opted_out_at=AT)
    User.objects.filter(pk=found[1].pk).update(is_active=False)
    return found


def test_each_mail_is_listed_with_who_would_get_it_today(django_assert_max_num_queries):
    readers(5)
    staff = staff_client()
    user = User.objects.get(email="staff@engross.example")
    TeamMembership.objects.create(user=user, team="change", held_from=date(2020, 1, 1),
                                  recorded_at=AT)  # fmt: skip
    with django_assert_max_num_queries(25):
        page = staff.get("/notices/").text
    row = page[page.index("Version published") :].partition("</tr>")[0]
    assert "the team Change, users of all SEC Parties" in row
    assert ">4<" in row  # three readers and one of the team
    assert "Answer received" in page


def test_one_mail_is_shown_with_its_words_and_whom_it_leaves_out():
    readers(3)
    page = staff_client().get("/notices/version-published/").text
    assert "LC: Version 61.0 is published" not in page  # the code's own words, not an example's
    assert "SEC: Version 61.0 is published" in page
    assert "1 mail: 1 as a user of a SEC Party" in page
    assert "You get this mail for one of the reasons below." in page
    assert "wants no mail of this kind" in page
    assert "the account is closed" in page
    assert "codes/sec/mail/version-published.md" in page
    assert "/mail/?q=notices/version-published" in page


def test_a_mail_that_the_code_does_not_send_is_not_there():
    assert staff_client().get("/notices/nothing/").status_code == 404


def test_a_person_chooses_among_the_mails_that_one_can_do_without():
    person = User.objects.create_user("r@engross.example", None, name="Reader")
    client = client_of(person)
    page = client.get("/my/mails/").text
    assert "Consultation opened" in page
    assert "Answer received" not in page
    assert client.post("/my/mails/", {"wanted": ["nothing-such"]}).status_code == 422
    client.post("/my/mails/", {"wanted": ["decision-made"]})
    assert not OptOut.objects.filter(event="decision-made").exists()
    assert OptOut.objects.filter(person=person, event="consultation-opened").exists()
