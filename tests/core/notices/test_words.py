"""The words of a mail's text, and the rules that say who gets it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from engross.core.notices import EVENTS, RuleKind, examples_of, filled, rule_of
from engross.core.notices.words import COMMON

LONDON = ZoneInfo("Europe/London")
EVERY_MAIL = {word.name: word.example for word in COMMON}


def test_days_and_moments_are_written_as_people_read_them():
    closes = datetime(2022, 6, 8, 16, 0, tzinfo=UTC)
    words = filled("vote-opened", {**EVERY_MAIL, "body": "CSC", "closes": closes}, zone=LONDON)
    assert words["closes"] == "17:00 on 8 June 2022"
    slipped = {**EVERY_MAIL, "step": "Vote", "planned_on": date(2022, 2, 3), "reason": None}
    words = filled("timetable-slipped", slipped, zone=LONDON)
    assert (words["planned_on"], words["reason"]) == ("3 February 2022", "")


def test_every_missing_word_is_named_at_once_and_what_is_not_one_is_left_aside():
    with pytest.raises(ValueError, match="'vote-opened' needs: about, body, closes"):
        filled("vote-opened", {**EVERY_MAIL, "about": " "}, zone=UTC)
    given = {**EVERY_MAIL, "body": "CSC", "closes": "soon", "password": "x"}
    assert "password" not in filled("vote-opened", given, zone=UTC)


@pytest.mark.parametrize("event", EVENTS)
def test_every_word_has_an_example(event):
    assert all(examples_of(event).values())


@pytest.mark.parametrize("text", ["", "team", "team:", "authority:x", "followers", "Proposer", "x"])
def test_what_is_no_rule_is_refused(text):
    with pytest.raises(ValueError, match="no rule"):
        rule_of(text)


def test_a_rule_names_a_kind_and_perhaps_whom():
    assert rule_of("parties:affected") == (RuleKind.PARTIES, "affected")
    assert rule_of("body") == (RuleKind.BODY, "")
    assert rule_of("proposer") == (RuleKind.NAMED, "proposer")
