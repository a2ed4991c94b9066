"""Every write to the outbox: one function for each thing that is done."""

from engross.apps.mail.commands.handling import (
    note_preview,
    record_bounce,
    record_returned,
    send_again,
)
from engross.apps.mail.commands.queueing import (
    SEND_DUE,
    Letter,
    WrittenLetter,
    queue_mail,
    queue_mails,
    queue_written_mail,
)
from engross.apps.mail.commands.sending import message_of, send_due_mail

__all__ = [
    "SEND_DUE",
    "Letter",
    "WrittenLetter",
    "message_of",
    "note_preview",
    "queue_mail",
    "queue_mails",
    "queue_written_mail",
    "record_bounce",
    "record_returned",
    "send_again",
    "send_due_mail",
]
