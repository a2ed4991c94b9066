"""How other packages send mail: through the outbox, like everybody."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from engross.apps.mail.commands import queue_written_mail


class Outbox(BaseEmailBackend):
    """Django's mail backend (`EMAIL_BACKEND`) that writes each mail to the outbox.

    What packages send are links to confirm an address or set a password: nobody else may
    read them, so they count as secret.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue the text of each message for each of its recipients, and return how many."""
        queued = 0
        for message in email_messages:
            for address in message.recipients():
                queue_written_mail(
                    template="accounts", to=address, subject=str(message.subject),
                    text=str(message.body), is_secret=True, at=timezone.now(),
                )  # fmt: skip
                queued += 1
        return queued
