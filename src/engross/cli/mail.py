"""`engross mail`: what became of the mails, and which came back."""

import json
from datetime import datetime
from typing import IO

import click

from engross.cli.django_setup import set_up
from engross.core.refusals import Reason, Refused


@click.group(short_help="Note which mails came back; see what waits.")
def mail() -> None:
    """See what became of the mails in the outbox, and note which came back.

    \b
    Example:
      engross mail bounce < report.eml
    """


@mail.command(short_help="Say how many mails wait, went and failed.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def outbox(*, as_json: bool) -> None:
    """Say how many mails are in each state.

    \b
    Example:
      engross mail outbox --json
    """
    set_up()
    from engross.apps.mail.models import State
    from engross.apps.mail.queries import mail_counts

    counts = mail_counts()
    if as_json:
        click.echo(json.dumps({state.value: counts.get(state.value, 0) for state in State}))
        return
    for state in State:
        click.echo(f"{state.label}: {counts.get(state.value, 0):,}")


@mail.command(short_help="Note which mails came back, from the reports of it.")
@click.argument("file", type=click.File("rb"), default="-")
def bounce(file: IO[bytes]) -> None:
    """Read reports of mails that came back (RFC 3464), and note it with each mail.

    FILE is one report, or a mailbox file of several; without it the report is read from standard
    input, so that a mail server can hand over what comes back. What is no report of a mail of
    this site is refused and changes nothing.

    \b
    Example:
      engross mail bounce /var/mail/returned
    """
    from engross.adapters.bounces import LARGEST_MAILBOX_BYTES, messages_in

    messages = messages_in(file.read(LARGEST_MAILBOX_BYTES + 1))
    set_up()
    from django.utils import timezone

    noted, reasons = 0, list[Reason]()
    for raw in messages:
        try:
            noted += _note(raw, at=timezone.now())
        except Refused as refused:
            reasons += refused.reasons
    click.echo(f"{len(messages)} read: {noted} mails came back, {len(reasons)} refused")
    if reasons:
        raise Refused(reasons)


def _note(raw: bytes, *, at: datetime) -> int:
    """Note what one report says, and return how many mails came back of which that is news."""
    from engross.adapters.bounces import bounces_in
    from engross.apps.mail.commands import record_returned

    return sum(record_returned(each, at=at) for each in bounces_in(raw))
