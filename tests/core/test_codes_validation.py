"""The data of a code: what is taken, what is refused, and how the refusal helps."""

from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.codes import Code, CodeRefused, code_from_tables
from engross.core.codes.attributes import Kind
from engross.core.codes.schemas import SCHEMAS
from engross.core.refusals import Refused

FIRST_DAY = date(2016, 2, 1)


def plain_list(**attributes: object) -> dict[str, Any]:
    """Return a list of one option 'one' with these attributes."""
    option = {"key": "one", "name": "One", **attributes}
    return {"meaning": "m", "clause": "Rule 1", "sure": "found", "option": [option]}


def sound_files() -> dict[str, Any]:
    """Return the smallest code that passes: only the lists that every code must have."""
    return deepcopy(
        {
            "code.toml": {
                "key": "tiny",
                "name": "Tiny Code",
                "short_name": "TC",
                "administrator": "Office",
                "jurisdiction": "Scotland",
                "regulator": "Warden",
                "first_day": FIRST_DAY,
                "licences": ["Apache-2.0"],
                "calendar": {
                    "country": "GB",
                    "nation": "scotland",
                    "time_zone": "Europe/London",
                },
                "words": dict.fromkeys(
                    (
                        *("party", "parties", "voting_group", "voting_groups"),
                        *("proposal", "proposals", "version", "versions"),
                    ),
                    "word",
                ),
                "theme": dict.fromkeys(("brand", "brand_text", "accent", "link"), "#123456"),
            },
            "parameters.toml": {
                "target": {
                    "meaning": "time to answer",
                    "unit": "Working Days",
                    "clause": "Rule 7",
                    "sure": "found",
                    "values": {"2016-02-01": 9, "2021-01-04": 7},
                }
            },
            "lists/party_categories.toml": plain_list(
                singular="One",
                is_network=False,
                is_supplier=False,
                is_licensed=False,
                votes=True,
                order=1,
            ),
            "lists/party_event_kinds.toml": plain_list(
                printed="One", begins_membership=True, ends_membership=True, order=1
            ),
            "lists/proposal_identifiers.toml": plain_list(
                prefix="P",
                digits=2,
                has_suffix=False,
                is_legacy=False,
                pattern=r"P(?P<number>\d\d)",
                example="P07",
            ),
            "lists/proposal_stages.toml": {
                **plain_list(),
                "option": [
                    stage("raised", "Raised", is_open=True, is_final=False, order=1),
                    stage("done", "Done", is_open=False, is_final=True, order=2),
                ],
            },
            "lists/decision_outcomes.toml": plain_list(printed="yes", is_final=True),
            "lists/meeting_categories.toml": plain_list(order=1),
            "lists/bodies.toml": plain_list(category="one", aliases=["The One Body"]),
            "lists/paper_classes.toml": plain_list(
                is_public=True, reach="anyone", rank=0, sentence="Read it."
            ),
            "lists/counting_conventions.toml": plain_list(weekdays_only=False, is_inclusive=True),
            "lists/bases.toml": plain_list(mark="record", is_public_fact=True),
        }
    )


def stage(key: str, name: str, **attributes: object) -> dict[str, object]:
    """Return the table of a stage that is charted under its name."""
    return {"key": key, "name": name, "printed": name, "is_charted": True, **attributes}


def problems_of(files: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Return file, key, what and remedy of everything that is refused about `files`."""
    with pytest.raises(CodeRefused) as caught:
        code_from_tables(files, folder="codes/tiny")
    return [(p.file, p.key, p.what, p.remedy) for p in caught.value.problems]


def the_problem_of(files: dict[str, Any]) -> tuple[str, str, str, str]:
    """Return the one problem of `files`, and see that there is only one."""
    (problem,) = problems_of(files)
    return problem


def option_of(files: dict[str, Any], name: str, position: int = 0) -> dict[str, Any]:
    """Return the table of an option, to be spoilt."""
    option: dict[str, Any] = files[f"lists/{name}.toml"]["option"][position]
    return option


def test_the_smallest_code_passes_and_lists_it_does_not_have_are_empty():
    code = code_from_tables(sound_files())

    assert (code.key, code.calendar.nation, str(code)) == ("tiny", "scotland", "Tiny Code")
    assert code.options("helpdesk_topics") == ()
    assert code.option("bodies", "one").text("abbreviation") == ""


def test_a_key_that_is_not_known_is_named_with_the_nearest_known_one():
    files = sound_files()
    option_of(files, "bodies")["abreviation"] = "ONE"

    assert the_problem_of(files) == (
        "codes/tiny/lists/bodies.toml",
        "option 'one', abreviation",
        "'abreviation' is not a known key here",
        "Write 'abbreviation'",
    )


@pytest.mark.parametrize(
    ("name", "attribute", "wrong", "remedy"),
    [
        ("party_categories", "votes", "yes", "Write true or false"),
        ("party_categories", "votes", 1, "Write true or false"),
        ("party_categories", "order", True, "Write a whole number"),
        ("party_categories", "order", 10**40, "Write a whole number"),
        ("party_categories", "order", Decimal("1.5"), "Write a whole number"),
        ("bodies", "name", 7, "Write text in quotes"),
        ("bodies", "name", "   ", "Write text in quotes"),
        ("bodies", "name", "a\x00b", "Write text in quotes"),
        ("bodies", "aliases", "SSC", "Write a list of texts"),
        ("paper_classes", "colour", "red", "Write a colour such as '#1d70b8'"),
        ("paper_classes", "reach", "everybody", "Write one of anyone, parties, circle and named"),
        ("proposal_identifiers", "pattern", "P(", "Write a regular expression"),
        ("proposal_identifiers", "pattern", "(" * 99 + "a" * 150, "Write a regular expression"),
        ("bodies", "from", "2016-02-01", "Write a day as 2013-09-23"),
        ("bodies", "until", datetime(2016, 2, 1, 12, tzinfo=UTC), "Write a day as 2013-09-23"),
        ("bodies", "sure", "perhaps", "Write 'assumed' or 'found'"),
        ("bodies", "key", "Not A Key", "Use a-z, 0-9 and - between words"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_where_it_stands(name, attribute, wrong, remedy):
    files = sound_files()
    option_of(files, name)[attribute] = wrong

    file, key, _, said = problems_of(files)[0]

    assert file == f"codes/tiny/lists/{name}.toml"
    assert key.endswith(f", {attribute}")
    assert said == remedy


@pytest.mark.parametrize("missing", ["meaning", "clause", "sure", "option"])
def test_a_list_without_its_head_or_options_is_refused(missing):
    files = sound_files()
    del files["lists/bases.toml"][missing]

    file, key, _, _ = the_problem_of(files)

    assert (file, key) == ("codes/tiny/lists/bases.toml", missing)


@pytest.mark.parametrize("missing", ["meaning", "unit", "clause", "sure", "values"])
def test_a_parameter_that_lacks_a_part_is_refused(missing):
    files = sound_files()
    del files["parameters.toml"]["target"][missing]

    file, key, _, _ = the_problem_of(files)

    assert (file, key) == ("codes/tiny/parameters.toml", f"target, {missing}")


def test_a_missing_attribute_says_what_to_add():
    files = sound_files()
    del option_of(files, "party_categories")["is_supplier"]

    assert the_problem_of(files)[2:] == (
        "'is_supplier' is missing",
        "Add is_supplier with true or false",
    )


def test_one_key_twice_at_the_same_time_is_refused_and_in_turn_is_taken():
    files = sound_files()
    again = {**option_of(files, "bodies"), "from": date(2020, 1, 6)}
    files["lists/bodies.toml"]["option"].append(again)

    assert the_problem_of(files)[2] == "'one' appears twice for the same time"

    option_of(files, "bodies")["until"] = date(2020, 1, 6)
    code = code_from_tables(files)
    assert len(code.options("bodies")) == 2
    assert len(code.options("bodies", on=date(2020, 1, 6))) == 1

    option_of(files, "bodies")["until"] = date(2020, 1, 7)
    assert "appears twice" in the_problem_of(files)[2]


def test_a_name_that_could_mean_two_options_is_refused():
    files = sound_files()
    other = {"key": "two", "name": "the one  BODY", "category": "one"}
    files["lists/bodies.toml"]["option"].append(other)

    file, key, what, _ = the_problem_of(files)

    assert (file, key) == ("codes/tiny/lists/bodies.toml", "option 'two'")
    assert what == "'the one body' is also a name of 'one'"


def test_an_option_that_ends_before_it_begins_is_refused():
    files = sound_files()
    option_of(files, "bodies")["from"] = date(2020, 1, 6)
    option_of(files, "bodies")["until"] = date(2020, 1, 6)

    assert the_problem_of(files)[2] == "It ends on 2020-01-06, before it begins"


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"2021-01-04": 7, "2016-02-01": 9}, "2016-02-01 stands after 2021-01-04"),
        ({"2021-02-30": 7}, "'2021-02-30' is not a day"),
        ({"20210104": 7}, "'20210104' is not a day"),
        ({"2021-01-04": None}, "The value is nothing"),
        ({"2021-01-04": [1, "a"]}, "The value is a list"),
        ({"2016-02-01": 9, "2021-01-04": "ten"}, "The value is 'ten', the one before it 9"),
        ({"2016-02-01": 9, "2021-01-04": True}, "The value is true, the one before it 9"),
        ({"2016-02-01": Decimal("NaN")}, "The value is NaN (Decimal)"),
        ({}, "There are no dated values"),
        (9, "There are no dated values"),
    ],
)
def test_values_of_a_parameter_that_are_no_dated_row_are_refused(values, what):
    files = sound_files()
    files["parameters.toml"]["target"]["values"] = values

    file, key, said, _ = problems_of(files)[0]

    assert (file, said) == ("codes/tiny/parameters.toml", what)
    assert key.startswith("target, values")


@pytest.mark.parametrize(
    ("name", "attribute", "wrong", "remedy"),
    [
        ("bodies", "category", "oen", "Write 'one'"),
        ("bodies", "parent", "two", "Use one of 'one'"),
        ("proposal_stages", "decided_by", ["one", "onne"], "Write 'one'"),
        ("decision_outcomes", "to_stage", "rased", "Write 'raised'"),
        ("proposal_stages", "prefix", "Q", "Use one of 'P'"),
        ("proposal_identifiers", "example", "P7", "Correct the example or the pattern"),
        ("proposal_identifiers", "pattern", r"P\d\d", r"Name it, such as (?P<number>\d{3})"),
        ("bodies", "meeting_title", "Body {nummer}", "Use {number} or {month}"),
    ],
)
def test_a_reference_to_nothing_is_refused_with_the_nearest(name, attribute, wrong, remedy):
    files = sound_files()
    option_of(files, name)[attribute] = wrong

    file, key, _, said = the_problem_of(files)

    assert (file, said) == (f"codes/tiny/lists/{name}.toml", remedy)
    assert key.endswith(f", {attribute}")


def test_an_assessment_whose_target_is_no_parameter_is_refused():
    files = sound_files()
    files["lists/assessment_kinds.toml"] = plain_list(
        abbreviation="A", target_parameter="targget", order=1
    )

    assert the_problem_of(files)[1:] == (
        "option 'one', target_parameter",
        "'targget' is not a parameter of this code",
        "Write 'target'",
    )


def test_an_attribute_that_names_a_list_must_name_one():
    files = sound_files()
    files["lists/impact_kinds.toml"] = plain_list(refers_to="party_category")

    assert the_problem_of(files)[3] == "Write 'party_categories'"


def test_a_stage_cannot_be_open_and_final():
    files = sound_files()
    option_of(files, "proposal_stages")["is_final"] = True

    assert the_problem_of(files)[2] == "A final stage is also open"


def test_a_code_in_which_nobody_votes_is_refused():
    files = sound_files()
    option_of(files, "party_categories")["votes"] = False

    assert the_problem_of(files)[2] == "No option has votes = true"


@pytest.mark.parametrize(
    "missing",
    ["code.toml", "parameters.toml"]
    + [f"lists/{name}.toml" for name, schema in SCHEMAS.items() if schema.required],
)
def test_a_missing_file_is_told_once_and_nothing_follows_from_it(missing):
    files = sound_files()
    del files[missing]

    file, key, what, _ = the_problem_of(files)

    assert (file, key, what) == (f"codes/tiny/{missing}", "", "The file is missing")


def test_a_list_that_no_code_has_is_refused_with_the_nearest():
    files = sound_files()
    files["lists/bodys.toml"] = files["lists/bodies.toml"]

    assert the_problem_of(files) == (
        "codes/tiny/lists/bodys.toml",
        "",
        "No code has a list 'bodys'",
        "Write 'bodies'",
    )


@pytest.mark.parametrize(
    ("table", "key", "wrong"),
    [
        ("calendar", "country", "Britain"),
        ("calendar", "nation", "england"),
        ("calendar", "time_zone", "../etc/passwd"),
        ("theme", "brand", "blue"),
        ("words", "party", ""),
        ("words", "partys", "Parties"),
    ],
)
def test_a_head_that_cannot_be_right_is_refused(table, key, wrong):
    files = sound_files()
    files["code.toml"][table][key] = wrong

    file, place, _, remedy = the_problem_of(files)

    assert (file, place) == ("codes/tiny/code.toml", f"{table}, {key}")
    assert remedy


def test_every_problem_is_told_at_once_and_the_refusal_carries_reasons():
    files = sound_files()
    del files["code.toml"]["name"]
    files["parameters.toml"]["target"]["sure"] = "surely"
    option_of(files, "bodies")["category"] = "none"
    option_of(files, "party_categories")["votes"] = "yes"

    with pytest.raises(Refused) as caught:
        code_from_tables(files, folder="codes/tiny")

    assert len(caught.value.reasons) == 5  # votes is wrong, and so nobody votes
    for place in ("code.toml, name", "target, sure", "'one', category", "'one', votes"):
        assert place in str(caught.value)


def test_the_sample_covers_every_kind_of_attribute_that_a_schema_uses():
    used = {each.kind for schema in SCHEMAS.values() for each in schema.attributes.values()}

    assert used == set(Kind)


def test_every_reference_of_a_schema_is_to_a_list_that_exists():
    targets = {
        attribute.refers_to
        for schema in SCHEMAS.values()
        for attribute in schema.attributes.values()
        if attribute.kind in (Kind.OPTION, Kind.OPTIONS)
    }

    assert targets <= set(SCHEMAS)


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals()
    | st.text(max_size=20)
    | st.dates()
    | st.datetimes()
    | st.times(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=15,
)


@given(st.dictionaries(st.text(max_size=9), ANYTHING))
def test_any_tables_make_a_code_or_a_refusal_and_never_another_error(files):
    with pytest.raises(CodeRefused):
        code_from_tables(files)


@given(st.data())
def test_any_value_anywhere_in_a_sound_code_makes_a_code_or_a_refusal(data):
    files = sound_files()
    table: Any = files
    while True:
        key = data.draw(st.sampled_from(sorted(table) if isinstance(table, dict) else [0]))
        if not isinstance(table[key], dict | list) or not table[key] or data.draw(st.booleans()):
            table[key] = data.draw(ANYTHING)
            break
        table = table[key]
    outcome = code_or_refusal(files)

    if isinstance(outcome, CodeRefused):
        assert outcome.problems
        assert all(p.file and p.what and p.remedy for p in outcome.problems)


def code_or_refusal(files: dict[str, Any]) -> Code | CodeRefused:
    """Return the code of `files`, or why there is none; any other error goes through."""
    try:
        return code_from_tables(files)
    except CodeRefused as refusal:
        return refusal
