"""Mail that came back: what a delivery status notification (RFC 3464) says of which mail.

Whoever can send mail can send one of these, so everything in it is only what somebody says: it
must name a mail of ours and the address that it went to, and whoever acts on it checks both.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message
from email.policy import compat32

from engross.core.mail import one_line
from engross.core.refusals import Reason, Refused

LARGEST_BYTES = 512 * 1024
LARGEST_MAILBOX_BYTES = 64 * 1024 * 1024
MOST_PARTS = 50
# Every line is held against the edge of every part around it: nesting costs the square.
MOST_NESTED = 12
MOST_LINES = 20_000
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,190}>")
# Before each message of a mailbox file; a line of a message that looks so is quoted there.
_BETWEEN = re.compile(rb"(?m)^From [^\n]*\n")
_NOT_ONE = "This is no report of a mail that came back"
_SEND = "Hand over the report as the mail server sent it, with the head of the mail it is about"


@dataclass(frozen=True)
class Bounce:
    """What a report says: which mail, to whom, and why; `is_final` unless it is tried again."""

    message_id: str
    address: str
    reason: str
    is_final: bool


def messages_in(raw: bytes) -> list[bytes]:
    """Return the messages of a mailbox file, or the one message that the bytes are.

    Raises Refused if there is more of it than anybody needs.
    """
    if len(raw) > LARGEST_MAILBOX_BYTES:
        what = f"It is larger than {LARGEST_MAILBOX_BYTES // 1024**2} MB"
        raise Refused(Reason(what, "Hand it over in parts"))
    if not raw.startswith(b"From "):
        return [raw]
    return [each for each in _BETWEEN.split(raw) if each.strip()]


def bounces_in(raw: bytes) -> list[Bounce]:
    """Return what one report says, an entry for each address.

    Raises Refused if it is no report, or does not say of which mail.
    """
    if len(raw) > LARGEST_BYTES or raw.count(b"\n") > MOST_LINES:
        what = f"The report is larger than {LARGEST_BYTES // 1024} KB or {MOST_LINES:,} lines"
        raise Refused(Reason(what, "No report of a mail of this site is: leave it"))
    if raw.lower().count(b"multipart/") > MOST_NESTED:
        what = "The report has parts within parts within parts"
        raise Refused(Reason(what, "No report of a mail server has: leave it"))
    try:
        parts = _parts(message_from_bytes(raw, policy=compat32))
        found = list(_bounces(parts))
    except (RecursionError, ValueError, LookupError, AssertionError, TypeError) as error:
        raise Refused(Reason("The report cannot be read", _SEND)) from error
    if not found:
        raise Refused(Reason(_NOT_ONE, _SEND))
    return found


def _parts(message: Message) -> list[Message]:
    """Return the parts of a report, down to the report's own and no further."""
    if message.get_content_type() != "multipart/report":
        return []
    payload = message.get_payload()
    parts = [each for each in payload if isinstance(each, Message)] if payload else []
    return parts[:MOST_PARTS]


def _bounces(parts: list[Message]) -> Iterator[Bounce]:
    ids = [found for part in parts if (found := _message_id_of(part))]
    for part in parts:
        if part.get_content_type() != "message/delivery-status":
            continue
        if not ids:
            raise Refused(Reason("The report does not say which mail came back", _SEND))
        blocks = part.get_payload()
        for block in blocks[:MOST_PARTS] if isinstance(blocks, list) else []:
            if isinstance(block, Message) and (bounce := _bounce(block, ids[0])):
                yield bounce


def _bounce(block: Message, message_id: str) -> Bounce | None:
    """Return what a block says of one address; None if it says nothing of one, or that it went."""
    action = _field(block, "Action").lower()
    address = _address(_field(block, "Original-Recipient") or _field(block, "Final-Recipient"))
    if not address or action not in ("failed", "delayed"):
        return None
    status, told = _field(block, "Status"), _field(block, "Diagnostic-Code")
    reason = one_line(f"{status} {told.partition(';')[2] or told}", longest=500)
    return Bounce(message_id, address, reason or "No reason is given", action == "failed")


def _field(block: Message, name: str) -> str:
    return one_line(str(block.get(name, "")), longest=600)


def _address(text: str) -> str:
    """Return the address of a field such as `rfc822; somebody@example.org`."""
    kind, _, address = text.partition(";")
    return address.strip().strip("<>") if kind.strip().lower() in ("rfc822", "utf-8") else ""


def _message_id_of(part: Message) -> str:
    """Return the Message-ID of the mail that a part holds, whole or its head; '' if none."""
    head = _head_in(part)
    found = _MESSAGE_ID.search(str(head.get("Message-ID", ""))) if head is not None else None
    return found.group() if found else ""


def _head_in(part: Message) -> Message | None:
    kind, payload = part.get_content_type(), part.get_payload()
    if kind == "message/rfc822" and isinstance(payload, list) and payload:
        return payload[0] if isinstance(payload[0], Message) else None
    raw = part.get_payload(decode=True) if kind == "text/rfc822-headers" else None
    return message_from_string(raw.decode("utf-8", "replace")) if isinstance(raw, bytes) else None
