"""A journey that meets a fault of the site says what the server wrote about it."""

import pytest

from tests.support.complaints import Complaints
from tests.support.deployment import LOGS, MOST_LINES


@pytest.fixture
def log(tmp_path, monkeypatch):
    """Return what the server of port 9 writes to."""
    monkeypatch.setitem(LOGS, 9, tmp_path / "server.log")
    return LOGS[9]


def complaint(text: str) -> str:
    complaints = Complaints()
    complaints.found.append(text)
    with pytest.raises(AssertionError) as raised:
        complaints.raise_any()
    return str(raised.value)


def test_a_page_that_broke_is_told_with_the_fault(log):
    log.write_text("a mail\nInternal Server Error: /a/\nTraceback\nKeyError: 'month'\n")
    told = complaint("http://127.0.0.1:9/a/ answered 500")
    assert "KeyError: 'month'" in told
    assert "a mail" not in told


def test_without_a_fault_the_log_is_told_from_its_end(log):
    log.write_text("\n".join(f"line {number}." for number in range(MOST_LINES + 1)))
    told = complaint("http://127.0.0.1:9/a/ answered 502")
    assert f"line {MOST_LINES}." in told
    assert "line 0." not in told


def test_nothing_else_tells_of_the_server(log):
    log.write_text("a mail")
    assert "a mail" not in complaint("http://127.0.0.1:9/a/ answered 404")
    assert complaint("http://elsewhere.test/ answered 503").endswith("Its server wrote:\n")
