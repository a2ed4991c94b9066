"""Who counts as a Party, what forms a Voting Group, and completions told together."""

from datetime import date
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from engross.core.parties.market_entry import (
    Completion,
    completed_between,
    completed_together,
)
from engross.core.parties.membership import Member, groups_of, those_counted


def category(votes):
    return SimpleNamespace(flag=lambda name: {"votes": votes}[name])


CATEGORIES = {"makers": category(True), "traders": category(True), "office": category(False)}


def test_a_category_without_a_vote_is_left_out_of_the_count():
    members = [Member("P1", "One", "makers"), Member("P2", "Two", "office")]

    assert [each.key for each in those_counted(members, CATEGORIES)] == ["P1"]


def test_one_name_in_two_categories_is_two_groups():
    members = [
        Member("P1", "One", "makers", "Same"),
        Member("P2", "Two", "makers", "Same"),
        Member("P3", "Three", "traders", "Same"),
    ]

    assert [(pair, len(those)) for pair, those in groups_of(members).items()] == [
        (("makers", "Same"), 2),
        (("traders", "Same"), 1),
    ]


MEMBERS = st.lists(
    st.builds(
        Member,
        key=st.text(max_size=3),
        name=st.just("N"),
        category=st.sampled_from(sorted(CATEGORIES)),
        voting_group=st.sampled_from(["", "A", "B", "C"]),
    )
)


@given(MEMBERS)
def test_every_member_with_a_group_is_in_exactly_one(members):
    grouped = [each for those in groups_of(members).values() for each in those]

    assert len(grouped) == sum(bool(each.voting_group) for each in members)


def test_roles_completed_on_one_day_are_told_in_one_row():
    day = date(2021, 9, 30)
    rows = [Completion("P1", "entry", role, day) for role in ("b", "a")]

    (told,) = completed_together([*rows])

    assert told.user_roles == ("a", "b")


def test_a_span_of_completions_takes_both_ends_in():
    days = [date(2021, 8, 31), date(2021, 9, 1), date(2021, 9, 30), date(2021, 10, 1)]
    rows = [Completion("P1", "entry", "", day) for day in days]

    found = completed_between(rows, date(2021, 9, 1), date(2021, 9, 30))

    assert [each.completed_on for each in found] == days[1:3]


def test_where_only_the_month_is_known_it_counts_if_the_month_reaches_into_the_span():
    row = Completion("P1", "entry", "", date(2021, 9, 1), day_known=False)

    assert completed_between([row], date(2021, 9, 17), date(2021, 9, 30)) == [row]
    assert completed_between([row], date(2021, 10, 1), date(2021, 10, 31)) == []
