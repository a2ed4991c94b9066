"""What a code answers: options as at a day, matching of names, parameters and their edges."""

from datetime import date

import pytest

from engross.core.codes import Code, code_from_tables
from tests.core.test_codes_validation import option_of, sound_files

CHANGED_ON = date(2021, 1, 4)
DAY_BEFORE = date(2021, 1, 3)


@pytest.fixture
def code() -> Code:
    """A code with a body that ends on the day on which another begins."""
    files = sound_files()
    option_of(files, "bodies")["until"] = CHANGED_ON
    files["lists/bodies.toml"]["option"].append(
        {
            "key": "two",
            "name": "Second Body",
            "plural": "Second Bodies",
            "aliases": ["SB", "The One Body"],
            "category": "one",
            "from": CHANGED_ON,
            "clause": "Rule 9",
            "sure": "assumed",
        }
    )
    return code_from_tables(files)


def test_an_option_ends_on_the_day_that_another_begins(code):
    assert [body.key for body in code.options("bodies", on=DAY_BEFORE)] == ["one"]
    assert [body.key for body in code.options("bodies", on=CHANGED_ON)] == ["two"]
    assert [body.key for body in code.options("bodies")] == ["one", "two"]


def test_a_parameter_changes_on_its_first_day_and_not_before(code):
    assert code.parameter("target", on=DAY_BEFORE) == 9
    assert code.parameter("target", on=CHANGED_ON) == 7
    assert code.parameter("target", on=date(2016, 2, 1)) == 9
    with pytest.raises(LookupError, match="no value on 2016-01-31: its first is 2016-02-01"):
        code.parameter("target", on=date(2016, 1, 31))


@pytest.mark.parametrize("text", ["two", "second body", " Second  BODIES ", "sb"])
def test_an_option_is_matched_by_key_name_plural_and_alias_in_any_case(code, text):
    matched = code.match("bodies", text)

    assert matched is not None
    assert matched.key == "two"


def test_what_no_option_is_called_matches_nothing(code):
    assert code.match("bodies", "Third Body") is None
    assert code.match("bodies", "") is None
    assert code.match("bodies", "Second Body", on=DAY_BEFORE) is None


def test_a_name_handed_on_means_who_bore_it_that_day_and_the_latest_without_a_day(code):
    matches = [code.match("bodies", "The One Body", on=day) for day in (DAY_BEFORE, CHANGED_ON)]
    latest = code.match("bodies", "The One Body")

    assert [match.key for match in matches if match] == ["one", "two"]
    assert latest is not None
    assert latest.key == "two"


def test_an_option_takes_clause_and_sureness_from_its_list_unless_it_has_its_own(code):
    one, two = code.options("bodies")

    assert (one.clause, one.sure, one.is_assumed, one.plural) == ("Rule 1", "found", False, "One")
    assert (two.clause, two.is_assumed, two.plural) == ("Rule 9", True, "Second Bodies")


def test_asking_for_what_a_code_does_not_have_names_the_nearest(code):
    with pytest.raises(LookupError, match="Write 'bodies'"):
        code.options("bodys")
    with pytest.raises(LookupError, match=r"bodies has no 'tow'\. Write 'two'"):
        code.option("bodies", "tow")
    with pytest.raises(LookupError, match="'two' of bodies does not hold on 2021-01-03"):
        code.option("bodies", "two", on=DAY_BEFORE)
    with pytest.raises(LookupError, match=r"tiny has no parameter 'taget'\. Write 'target'"):
        code.parameter("taget", on=CHANGED_ON)
    with pytest.raises(LookupError, match="Write 'abbreviation'"):
        code.option("bodies", "one").text("abreviation")


def test_an_attribute_read_as_another_type_is_a_programmers_mistake(code):
    category = code.option("party_categories", "one")

    assert (category.flag("votes"), category.number("order")) == (True, 1)
    assert code.option("proposal_stages", "raised").texts("next") == ()
    with pytest.raises(TypeError, match="'order' of 'one' is 1, not str"):
        category.text("order")
