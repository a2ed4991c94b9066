"""Numbers of clauses: read, sorted, counted on, and found at the start of a line."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.legaltext.numbers import (
    Kind,
    between,
    complete,
    expand_range,
    is_roman,
    level_of,
    next_number,
    number_at_start,
    parent_of,
    parse,
    parts,
    roman_parents,
    sort_key,
)

ANY_NUMBER = st.text(alphabet="ABDZabivx0129.()- ", max_size=14) | st.text(max_size=12)
GOOD_NUMBER = st.from_regex(
    r"\A[A-HX]([1-9][0-9]?)(\.[1-9][0-9]?[AB]?)?(\([a-h]\))?(\((i|ii|iv|ix)\))?\Z"
)


def shuffled(numbers):
    return Random(1).sample(numbers, len(numbers))


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("A3.35", ("A3", ".35")),
        ("D7.2(a)(ii)", ("D7", ".2", "(a)", "(ii)")),
        ("F2.10A", ("F2", ".10A")),
        ("H14.36C(c)", ("H14", ".36C", "(c)")),
        ("5.1(a)", ("5", ".1", "(a)")),
        ("34-1101(a-1)(1)", ("34-1101", "(a-1)", "(1)")),
        ("Part 2", ("Part 2",)),
        ("12A.", ("12A.",)),
        ("", ()),
    ],
)
def test_a_number_falls_into_its_parts(number, expected):
    assert parts(number) == expected
    assert level_of(number) == len(expected)


def test_every_level_tells_what_it_is_made_of():
    found = [(level.kind, level.value, level.suffix) for level in parse("H14.36C(c)(iv)(B)")]
    assert found == [
        (Kind.LETTER, 8, ""),
        (Kind.NUMBER, 14, ""),
        (Kind.NUMBER, 36, "C"),
        (Kind.LOWER, 3, ""),
        (Kind.ROMAN, 4, ""),
        (Kind.UPPER, 2, ""),
    ]


def test_a_number_of_another_law_is_read_as_far_as_it_goes():
    assert [level.kind for level in parse("34-1101(a-1)(1)")] == [
        Kind.NUMBER, Kind.NUMBER, Kind.LOWER, Kind.BRACKET,
    ]  # fmt: skip


def test_numbers_sort_as_they_stand_in_a_text():
    ordered = [
        "A3.35", "D2", "D2.1", "D2.9", "D2.10", "D2.10(a)", "D2.10(a)(i)", "D2.10(a)(ii)",
        "D2.10(a)(ix)", "D2.10(aA)", "D2.10(b)", "D2.10(z)", "D2.10(aa)", "D2.10ZA", "D2.10A",
        "D2.10A(a)", "D2.10AA", "D2.10B", "D2.11", "D2A", "D3", "D10", "H1",
    ]  # fmt: skip
    assert sorted(shuffled(ordered), key=sort_key) == ordered


def test_numbers_of_other_laws_sort_naturally():
    ordered = ["34-9", "34-1101(a)", "34-1101(a-1)(1)", "34-1101(a-1)(2)", "34-1101(b)", "34-1102"]
    assert sorted(shuffled(ordered), key=sort_key) == ordered


def test_a_list_in_numerals_sorts_as_numerals_where_its_siblings_tell():
    listed = ["2.1(i)", "2.1(ii)", "2.1(v)", "2.1(ix)", "2.2(h)", "2.2(i)", "2.2(j)"]
    roman = roman_parents(listed)
    assert roman == {"2.1"}
    assert sorted(shuffled(listed), key=lambda each: sort_key(each, roman=roman)) == listed


@pytest.mark.parametrize(
    ("label", "parent", "siblings", "expected"),
    [
        ("i", Kind.LOWER, (), True),
        ("i", Kind.NUMBER, (), False),
        ("i", Kind.NUMBER, ("h", "i", "j"), False),
        ("i", Kind.NUMBER, ("i", "ii"), True),
        ("v", Kind.LOWER, ("u", "v"), False),
        ("(i)", Kind.BRACKET, (), True),
        ("ii", Kind.NUMBER, (), True),
        ("ii", Kind.NUMBER, ("hh", "ii", "jj"), False),
        ("h", Kind.LOWER, (), False),
        ("iiii", Kind.LOWER, (), False),
        ("I", Kind.UPPER, (), True),
    ],
)
def test_i_is_a_letter_or_a_numeral_by_its_list(label, parent, siblings, expected):
    assert is_roman(label, parent, siblings) is expected


@pytest.mark.parametrize(
    ("number", "following"),
    [
        ("D7.2", "D7.3"), ("D7", "D8"), ("2.10A", "2.10B"), ("2.10Z", "2.11"), ("5.1(a)", "5.1(b)"),
        ("5.1(z)", "5.1(aa)"), ("5.1(a)(iv)", "5.1(a)(v)"), ("5.1(h)", "5.1(i)"),
        ("5.1(a)(i)(A)", "5.1(a)(i)(B)"), ("34-1101(a-1)", "34-1101(a-2)"), ("12A.", "12B"),
    ],
)  # fmt: skip
def test_the_next_number_follows_in_its_list(number, following):
    assert next_number(number) == following


def test_a_part_that_does_not_count_has_no_next_number():
    with pytest.raises(ValueError, match="does not count"):
        next_number("Preamble")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("2.10", None, "2.11"), ("2.10", "2.12", "2.11"), ("2.10", "2.11", "2.10A"),
        ("2.10A", "2.11", "2.10B"), ("2.10A", "2.10B", "2.10AA"), ("2.10", "2.10A", "2.10ZA"),
        ("D7.2(a)", "D7.2(b)", "D7.2(aA)"), ("D7.2(a)(i)", "D7.2(a)(ii)", "D7.2(a)(iA)"),
        ("2.10(b)", "2.11", "2.10(c)"),
    ],
)  # fmt: skip
def test_what_is_put_in_takes_a_number_between(before, after, expected):
    assert between(before, after) == expected


def test_nothing_goes_between_numbers_in_the_wrong_order():
    with pytest.raises(ValueError, match="does not come after"):
        between("2.11", "2.10")


EXISTING = ["C2", "C2.1", "C2.2", "C2.2(a)", "C2.2A", "C2.3", "C2.4", "C2.4(a)", "C2.5", "C3"]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("C2.2", "C2.4", ("C2.2", "C2.2A", "C2.3", "C2.4")),
        ("C2.2", "2.4", ("C2.2", "C2.2A", "C2.3", "C2.4")),
        ("C2", "C3", ("C2", "C3")),
        ("C2.4", "C2.2", ()),
        ("C9.1", "C9.4", ()),
    ],
)
def test_a_range_holds_what_exists_of_its_list(first, last, expected):
    assert expand_range(first, last, EXISTING) == expected


@pytest.mark.parametrize(
    ("label", "base", "expected"),
    [
        ("(b)", "D7.2(a)", "D7.2(b)"), ("(b)", "D7.2(a)(i)", "D7.2(b)"),
        ("(b)", "D7.2", "D7.2(b)"), ("(ii)", "D7.2(a)(i)", "D7.2(a)(ii)"),
        ("(i)", "D7.2(h)", "D7.2(i)"), ("2.4", "C2.2", "C2.4"),
        ("(c)(i)", "D7.2(a)", "D7.2(c)(i)"), ("D3.4", "D2", "D3.4"), ("5.2", "5.1(a)", "5.2"),
        ("(2)", "1002.5(b)(1)(i)", "1002.5(b)(2)"),
    ],
)  # fmt: skip
def test_a_short_number_leans_on_the_one_before_it(label, base, expected):
    assert complete(label, base) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("D1.1 Text", ("D1.1", "Text")),
        ("  (a) text", ("(a)", "text")),
        ("(a)(i) text", ("(a)(i)", "text")),
        ("(aA) text", ("(aA)", "text")),
        ("(a-1) text", ("(a-1)", "text")),
        ("12A. Text", ("12A", "Text")),
        ("D7 HEADING", ("D7", "HEADING")),
        ("1.1\ttext", ("1.1", "text")),
        ("1 Interpretation", ("1", "Interpretation")),
        ("D7.2(a)", ("D7.2(a)", "")),
        ("F2.10A: [Not Used]", ("F2.10A", "[Not Used]")),
        ("12 months after", None),
        ("2021 was a year", None),
        ('(the "Code") binds', None),
        ("(DCC) text", None),
        ("A party", None),
        ("MP121 text", None),
        ("P375 text", None),
        ("3.5% of it", None),
        ("", None),
    ],
)
def test_a_line_begins_with_a_number_or_not(line, expected):
    assert number_at_start(line) == expected


@given(st.lists(ANY_NUMBER))
def test_any_texts_can_be_put_in_one_order(numbers):
    ordered = sorted(numbers, key=sort_key)
    assert sorted(shuffled(ordered), key=sort_key) == ordered
    assert len({sort_key(each) for each in numbers}) == len(set(numbers))


@given(ANY_NUMBER)
def test_parts_joined_are_the_number(number):
    assert "".join(parts(number)) == number
    assert parent_of(number) == "".join(parts(number)[:-1])
    parse(number)


@given(GOOD_NUMBER)
def test_a_number_stands_after_its_parent_and_before_the_next(number):
    if parent_of(number):
        assert sort_key(parent_of(number)) < sort_key(number)
    following = next_number(number)
    assert sort_key(number) < sort_key(following)
    assert parent_of(following) == parent_of(number)


@given(GOOD_NUMBER, st.integers(1, 5))
def test_there_is_always_room_for_one_more(number, count):
    low, high = number, next_number(number)
    for _ in range(count):
        new = between(low, high)
        assert sort_key(low) < sort_key(new) < sort_key(high)
        assert parent_of(new) == parent_of(number)
        low, high = (new, high) if count % 2 else (low, new)


@given(GOOD_NUMBER, st.integers(0, 6))
def test_a_range_is_what_counting_on_gives(number, count):
    listed = [number]
    for _ in range(count):
        listed.append(next_number(listed[-1]))
    crowd = sorted([*listed, *(f"{each}(zz)" for each in listed), "Z99.1"], key=sort_key)
    assert expand_range(listed[0], listed[-1], crowd) == tuple(listed)


@given(st.text(max_size=40))
def test_a_number_at_the_start_leaves_the_rest_of_the_line(line):
    found = number_at_start(line)
    if found:
        number, rest = found
        assert line.strip().startswith(number)
        assert line.strip().endswith(rest)
