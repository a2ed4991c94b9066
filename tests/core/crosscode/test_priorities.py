"""A priority is given by answers and reasons, or taken over from the code that leads."""

from datetime import date

import pytest

from engross.adapters.code_folder import load_code
from engross.core.crosscode.priorities import (
    Determination,
    LeadPriority,
    criteria_on,
    latest,
    read_answers,
    reasons_against_determination,
    reasons_against_latest,
    reasons_against_own_priority,
    written_answers,
)

SEC = load_code("sec")
DAY_ONE = date(2026, 5, 29)
ANSWERS = "complexity: low; importance: high; time-sensitivity: medium"
SOUND = Determination(DAY_ONE, "high", ANSWERS, "It saves a visit to every meter")
LEAD = LeadPriority("REC R0304", "XC-01", "low", date(2026, 6, 1))


def told(given, **changes):
    return [str(each) for each in reasons_against_determination(
        Determination(**{**vars(given), **changes}), SEC)]  # fmt: skip


def test_a_sound_determination_is_taken_from_the_first_day_on_and_not_before():
    assert told(SOUND) == []
    early = told(SOUND, determined_on=date(2026, 5, 28))
    assert len(early) == 1
    assert "Priorities are given from 2026-05-29 on" in early[0]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"grounds": "  "}, "needs reasons"),
        ({"answers": "complexity: low"}, "Nothing is said on Importance, Time sensitivity"),
        ({"answers": ANSWERS.replace("high", "huge")}, "cannot be answered with 'huge'"),
        ({"answers": f"{ANSWERS}; beauty: high"}, "'beauty' is no criterion"),
        ({"answers": f"{ANSWERS}; complexity: low"}, "answered twice"),
        ({"category": "urgent"}, "is no priority"),
        ({"review_by": DAY_ONE}, "Give a later day"),
    ],
)
def test_what_is_missing_or_wrong_is_told(changes, sentence):
    assert sentence in " ".join(told(SOUND, **changes))


def test_answers_are_read_as_they_are_written():
    answers, wrong = read_answers(ANSWERS, criteria_on(SEC, DAY_ONE))
    assert wrong == ()
    assert written_answers(answers) == ANSWERS
    assert criteria_on(SEC, date(2026, 5, 28)) == ()


def test_a_priority_of_the_lead_code_is_locked_from_its_day_on():
    before = Determination(DAY_ONE, "high")
    own = Determination(date(2026, 6, 1), "low")
    taken = Determination(date(2026, 6, 2), "low", lead="REC R0304")
    changed = Determination(date(2026, 6, 3), "high", lead="REC R0304")

    def against(*given):
        return list(reasons_against_latest("MP312", given, LEAD, SEC))

    assert against(before) == []  # it was ours to say then
    assert against(before, own, taken) == []  # history stays
    assert "has the priority Low since 2026-06-01" in str(against(before, own)[0])
    assert len(against(taken, changed)) == 1
    assert latest([before, own, taken], date(2026, 6, 1)) == own


def test_nobody_determines_here_what_another_code_gives():
    assert list(reasons_against_own_priority("MP312", None)) == []
    assert "Take it over" in str(next(iter(reasons_against_own_priority("MP312", LEAD))))
    unknown = LeadPriority("REC R0304", "XC-01", "", None)
    assert "once it is known" in str(next(iter(reasons_against_own_priority("MP312", unknown))))
