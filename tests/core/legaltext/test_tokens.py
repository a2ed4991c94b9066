"""The edits between two texts: exact both ways, and as few as can be."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engross.core.legaltext.tokens import (
    Segment,
    count_tokens,
    parted_edits,
    token_edits,
    turned,
)
from tests.support.slow_models import fewest_edits, words_and_marks

some = ["the", "Panel", "shall,", "may", ".", ";", "(a)", "or\n", "", "x", "é", "कि"]
words = st.lists(st.sampled_from(some), max_size=30).map(" ".join)
texts = st.one_of(words, st.text(" ab.,\n(é́", max_size=30))


def old_of(segments: list[Segment]) -> str:
    return "".join(text for sign, text in segments if sign in "=-")


def new_of(segments: list[Segment]) -> str:
    return "".join(text for sign, text in segments if sign in "=+")


def marked(segments: list[Segment]) -> int:
    return sum(count_tokens(text) for sign, text in segments if sign != "=")


@settings(max_examples=300)
@given(texts, texts)
@example("a b", "b")
@example("a", "a ")
@example("", "x")
def test_the_segments_give_both_texts_back(old: str, new: str) -> None:
    segments = token_edits(old, new)
    assert old_of(segments) == old
    assert new_of(segments) == new
    assert all(text for _, text in segments)


@settings(max_examples=150)
@given(texts, texts)
def test_no_fewer_tokens_could_be_marked(old: str, new: str) -> None:
    expected = fewest_edits(words_and_marks(old), words_and_marks(new))
    assert marked(token_edits(old, new)) == expected


@settings(max_examples=200)
@given(texts, texts)
def test_the_way_back_marks_the_same(old: str, new: str) -> None:
    assert turned(token_edits(old, new)) == token_edits(new, old)


@settings(max_examples=200)
@given(texts, texts)
def test_what_is_taken_away_comes_before_what_is_put_there(old: str, new: str) -> None:
    signs = "".join(sign for sign, _ in token_edits(old, new))
    assert not any(run in signs for run in ("==", "--", "++", "+-"))


@settings(max_examples=150)
@given(st.lists(texts, min_size=1, max_size=4), st.booleans(), texts)
def test_each_part_is_led_to_from_its_run_of_the_whole(
    parts: list[str], joined: bool, other: str
) -> None:
    whole = " ".join(parts) if joined else other
    runs = parted_edits(whole, parts)
    assert "".join(old_of(run) for run in runs) == whole
    assert [new_of(run) for run in runs] == parts
    if joined:
        assert sum(marked(run) for run in runs) == 0


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("The Panel shall act.", "The Panel may act.", "The Panel [shall]{may} act."),
        ("It may. It shall.", "It may. It can. It shall.", "It may.{ It can.} It shall."),
        ("the Party", "the Party and the Party", "the Party{ and the Party}"),
        ("notify it", "notify (as it may) it", "notify{ (as it may)} it"),
        ("A, B", "A, X, B", "A{, X}, B"),
        ("one two", "one  two", "one { }two"),
        ("re\u0301sume\u0301", "re\u0301sume", "[re\u0301sume\u0301]{re\u0301sume}"),
    ],
)
def test_edits_stand_where_a_reader_expects_them(old: str, new: str, shown: str) -> None:
    brackets = {"=": "{}", "-": "[{}]", "+": "{{{}}}"}
    found = "".join(brackets[sign].format(text) for sign, text in token_edits(old, new))
    assert found == shown


def test_a_text_of_a_megabyte_is_compared_by_its_words() -> None:
    said = [f"word{at % 5_000}" for at in range(120_000)]
    changed = [*said[:40_000], "new", *said[40_001:90_000], *said[90_002:]]
    segments = token_edits(" ".join(said), " ".join(changed))
    assert new_of(segments) == " ".join(changed)
    assert marked(segments) == 4
