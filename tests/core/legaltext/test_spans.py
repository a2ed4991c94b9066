"""Spans that are asked about many times."""

from hypothesis import given
from hypothesis import strategies as st

from engross.core.legaltext.spans import Spans

SPAN = st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda span: (span[0], sum(span)))


@given(st.lists(SPAN), SPAN)
def test_the_spans_within_another_cover_what_the_slow_way_finds(spans, asked):
    start, end = asked
    slow = {at for first, last in spans for at in range(max(first, start), min(last, end))}
    found = Spans(spans).within(start, end)
    assert {at for first, last in found for at in range(max(first, start), min(last, end))} == slow
    assert all(first < end and start < last for first, last in found)


def test_touching_spans_share_nothing():
    assert Spans([(0, 3), (5, 7)]).within(3, 5) == []
    assert Spans([(4, 4)]).within(0, 9) == []
