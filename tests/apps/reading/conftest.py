"""The text that the tests of reading read."""

import pytest

from tests.support.readable_text import store_readable


@pytest.fixture
def stored(db: None) -> None:
    """Take in a small code on three days."""
    store_readable()
