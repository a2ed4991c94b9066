"""Changes of the text reach who follows the document, or the clause wherever it goes."""

from datetime import date, timedelta

import pytest

from engross.apps.accounts.models import User
from engross.apps.following import commands
from engross.apps.following.models import Follow
from engross.apps.mail.models import Mail
from engross.core.following import Rhythm
from tests.support.stored_texts import FIRST_DAY, NOW, clause, section, store

pytestmark = pytest.mark.django_db
ON = FIRST_DAY + timedelta(days=30)
AT = NOW + timedelta(hours=1)


def text(first="Law", second="More law"):
    """Return a Section with two clauses, the first with a clause under it."""
    return section("D", clause("D1", first, clause("(a)", "A detail")), clause("D2", second))


@pytest.fixture
def person() -> User:
    """Return somebody who signs in, with a text that is stored."""
    store(text())
    return User.objects.create_user("reader@example.org", None)


def follow(person, kind, key):
    return commands.follow(kind, key, by=person, on=ON, at=AT)


def ident(number: str) -> str:
    """Return the permanent id of a clause."""
    from engross.apps.legaltext.queries import texts_matching

    words = {"D1": "Law", "(a)": "detail", "D2": "More"}[number]
    return next(hit.provision for hit in texts_matching(words, on=FIRST_DAY) if
                hit.number.endswith(number))  # fmt: skip


def tell():
    return commands.tell_news(Rhythm.DAILY, on=ON, at=AT)


def test_a_document_that_changes_is_told_with_what_changed(person):
    assert follow(person, "document", "section/D").label == "Section D"
    store(text(first="Law, amended"), on=ON, days=1, at=AT)
    assert tell() == 1
    mail = Mail.objects.get()
    assert "Section D" in mail.subject
    assert "1 changed" in mail.text
    assert "/code/section/D/" in mail.text


@pytest.mark.parametrize(
    ("number", "changed", "is_told"),
    [
        ("D2", text(second="More law, amended"), True),
        ("D2", text(first="Law, amended"), False),
        ("D1", section("D", clause("D1", "Law", clause("(a)", "Another detail")),
                       clause("D2", "More law")), True),
        ("D2", section("D", clause("D1", "Law", clause("(a)", "A detail")),
                       clause("D3", "More law")), True),
    ],
)  # fmt: skip
def test_a_clause_that_changes_below_or_moves_is_told(person, number, changed, is_told):
    assert "Section D" in follow(person, "clause", ident(number)).label
    store(changed, on=ON, days=1, at=AT)
    assert tell() == is_told


def test_a_clause_that_is_gone_stays_a_follow_without_a_link(person):
    from engross.apps.following.queries import follows_of

    key = ident("D2")
    follow(person, "clause", key)
    store(section("D", clause("D1", "Law", clause("(a)", "A detail"))), on=ON, days=1, at=AT)
    assert tell() == 1
    (seen,) = follows_of(person, on=date(2100, 1, 1))
    assert (seen.href, "no longer there" in seen.label) == ("", True)
    assert Follow.objects.count() == 1
