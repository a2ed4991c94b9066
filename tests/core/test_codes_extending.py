"""A code that extends another says only in what it differs."""

from hypothesis import given
from hypothesis import strategies as st

from engross.core.codes.extending import laid_over

keys = st.sampled_from("abcde")
lists = st.fixed_dictionaries({
    "meaning": st.text(max_size=3),
    "option": st.lists(
        st.fixed_dictionaries({"key": keys, "name": st.text(max_size=3)}), max_size=6
    ),
})  # fmt: skip


def options(table):
    return [each["key"] for each in table["option"]]


def test_options_are_replaced_in_their_place_added_and_removed():
    base = {"lists/x.toml": {"meaning": "m", "option": [
        {"key": "a", "name": "A"}, {"key": "b", "until": 1}, {"key": "b", "from": 1}, {"key": "c"},
    ]}}  # fmt: skip
    own = {"lists/x.toml": {"removed": ["c"], "option": [{"key": "b", "name": "B"}, {"key": "d"}]}}
    found = laid_over(base, own)["lists/x.toml"]
    assert found == {"meaning": "m", "option": [
        {"key": "a", "name": "A"}, {"key": "b", "name": "B"}, {"key": "d"},
    ]}  # fmt: skip


def test_tables_are_laid_over_name_by_name():
    base = {"code.toml": {"name": "Old", "words": {"party": "Party", "parties": "Parties"}}}
    found = laid_over(base, {"code.toml": {"words": {"party": "Member"}}, "new.toml": {"a": 1}})
    assert found["code.toml"] == {"name": "Old", "words": {"party": "Member", "parties": "Parties"}}
    assert found["new.toml"] == {"a": 1}


@given(lists)
def test_what_says_nothing_changes_nothing(table):
    assert laid_over({"x": table}, {}) == {"x": table}
    assert laid_over({"x": table}, {"x": {"option": []}}) == {"x": table}


@given(lists, lists)
def test_every_key_is_there_and_the_own_ones_are_as_they_say(base, own):
    found = laid_over({"x": base}, {"x": own})["x"]
    assert set(options(found)) == set(options(base)) | set(options(own))
    for key in options(own):
        assert [each for each in found["option"] if each["key"] == key] == [
            each for each in own["option"] if each["key"] == key
        ]
