"""When mail is tried again, and what may head it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.mail import MOST_ATTEMPTS, one_line, wait_after


def test_waits_grow_and_end():
    waits = [wait_after(count) for count in range(1, MOST_ATTEMPTS + 1)]
    assert waits[-1] is None
    assert waits[:-1] == sorted(waits[:-1])
    assert sum(waits[:-1], timedelta()) > timedelta(days=3)  # a weekend, and a bank holiday
    with pytest.raises(ValueError, match="no attempt"):
        wait_after(0)


@given(st.text(max_size=80), st.integers(1, 40))
def test_a_heading_is_one_line_of_its_length(text, longest):
    found = one_line(text, longest=longest)
    assert len(found) <= longest
    assert found.isprintable()
    assert len(found.splitlines()) <= 1


def test_a_heading_cannot_add_another():
    assert one_line("Hello\r\nBcc: all@example.org", longest=80) == "Hello Bcc: all@example.org"
