"""How one row becomes an event of a timeline, and how events are put in order."""

from datetime import date

from engross.core.registers.timelines import Telling, Told, newest_first

DAY = date(2021, 9, 28)


def test_a_sentence_takes_the_words_of_its_columns():
    telling = Telling("on", "{body}: {outcome}")
    told = telling.tell(DAY, {"body": "Change Board", "outcome": "Approved"}, basis="derived")
    assert told == Told(DAY, "Change Board: Approved", basis="derived")


def test_a_piece_without_any_words_is_left_out():
    telling = Telling("on", "Raised", ("By {proposer}", "{note}", "Always"))
    told = telling.tell(DAY, {"proposer": "", "note": "Told late"})
    assert told is not None
    assert told.text == "Told late. Always"


def test_a_row_without_its_day_is_told_only_where_that_is_wanted():
    assert Telling("on", "Returned").tell(None, {}) is None
    assert Telling("on", "Raised", without_day=True).tell(None, {}) == Told(None, "Raised")


def test_braces_in_what_a_person_typed_are_plain_text():
    told = Telling("on", "{note}").tell(DAY, {"note": "{body} {0}"})
    assert told is not None
    assert told.title == "{body} {0}"


def test_the_newest_comes_first_and_what_has_no_day_last():
    events = [Told(None, "undated"), Told(date(2020, 1, 1), "old"), Told(DAY, "new")]
    assert [each.title for each in newest_first(events)] == ["new", "old", "undated"]


def test_of_one_day_what_was_told_first_stands_last():
    events = [Told(DAY, "Raised"), Told(DAY, "Define"), Told(DAY, "Assessed")]
    assert [each.title for each in newest_first(events)] == ["Assessed", "Define", "Raised"]
