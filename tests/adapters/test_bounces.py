"""Reports of mail that came back: what they say, and what is no report at all."""

from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.adapters.bounces import LARGEST_BYTES, bounces_in, messages_in
from engross.core.refusals import Refused
from tests.support.bounces import report

MAIL = "<0f1e2d3c@code.example>"


def test_a_report_says_which_mail_to_whom_and_why():
    (bounce,) = bounces_in(report(MAIL, "gone@example.org"))
    assert (bounce.message_id, bounce.address) == (MAIL, "gone@example.org")
    assert bounce.reason == "5.1.1 550 5.1.1 no such mailbox"
    assert bounce.is_final


def test_the_head_of_the_mail_alone_is_enough():
    assert bounces_in(report(MAIL, "gone@example.org", whole=False))[0].message_id == MAIL


def test_a_delay_is_told_apart_and_a_delivery_is_no_bounce():
    assert not bounces_in(report(MAIL, "slow@example.org", action="delayed"))[0].is_final
    with pytest.raises(Refused, match="no report"):
        bounces_in(report(MAIL, "well@example.org", action="delivered"))


def test_line_breaks_and_controls_in_a_reason_are_taken_out():
    (bounce,) = bounces_in(report(MAIL, "gone@example.org", told="550 \x1b[31mred\r\n then more"))
    assert bounce.reason.isprintable()


def plain() -> bytes:
    message = EmailMessage()
    message["Subject"] = "Action: failed"
    message.set_content("Final-Recipient: rfc822; gone@example.org\nAction: failed\n")
    return message.as_bytes()


def nested(depth: int) -> bytes:
    lines = [f"Content-Type: multipart/report; boundary=b{n}\n\n--b{n}\n" for n in range(depth)]
    return "".join(lines).encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\x00\xff" * 500, plain(), nested(300), nested(12), b"x" * (LARGEST_BYTES + 1),
        report(MAIL, "gone@example.org") + b"\n" * 30_000,
        report("no number", "gone@example.org"), report(MAIL, ""),
        report(MAIL, "gone@example.org").replace(b"multipart/report", b"multipart/mixed"),
    ],
    ids=["empty", "binary", "plain", "nested", "deep", "large", "long", "unnamed",
         "unaddressed", "mixed"],
)  # fmt: skip
def test_what_is_no_report_of_a_mail_is_refused(raw):
    with pytest.raises(Refused):
        bounces_in(raw)


@given(st.binary(max_size=300), st.integers(0, 900))
def test_a_report_with_anything_in_it_is_read_or_refused(junk, place):
    raw = report(MAIL, "gone@example.org")
    with suppress(Refused):
        assert bounces_in(raw[:place] + junk + raw[place:])


def test_a_mailbox_file_holds_several():
    one = report(MAIL, "gone@example.org")
    raw = b"From MAILER-DAEMON Mon Mar  2\n" + one + b"\nFrom MAILER-DAEMON Tue\n" + one
    assert [len(bounces_in(each)) for each in messages_in(raw)] == [1, 1]
    assert messages_in(one) == [one]
