"""`engross audit`: proof that the events were not edited since they were written."""

import json

import click

from engross.cli.django_setup import set_up
from engross.core.refusals import Reason, Refused

MOST_FAULTS = 20


@click.group(short_help="Prove that what was done was not rewritten.")
def audit() -> None:
    """Prove that the events of the audit stand as they were written.

    \b
    Example:
      engross audit verify
    """


@audit.command(short_help="Read every event and check the chain.")
@click.option(
    "--expect",
    metavar="POSITION:HASH",
    help="A link noted earlier, as 'audit head' prints it; finds events cut off at the end.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def verify(*, expect: str | None, as_json: bool) -> None:
    """Check every event against the chain of hashes; exit with 1 if anything was edited.

    What was cut off at the end leaves no gap: note the last link now and then, somewhere else,
    and give it with --expect.

    \b
    Example:
      engross audit verify --expect 1204:9f2c...
    """
    set_up()
    from engross.apps.audit.queries import faults_of_audit, latest_event_id

    faults = [str(fault) for fault in faults_of_audit()] + _against_noted(expect)
    count = latest_event_id()
    if as_json:
        click.echo(json.dumps({"events": count, "faults": faults}))
    if faults:
        raise Refused([_reason(fault) for fault in faults[:MOST_FAULTS]])
    if not as_json:
        click.echo(f"{count:,} events, none edited")


def _reason(fault: str) -> Reason:
    return Reason(fault, "Compare the database with a backup from before")


def _against_noted(expect: str | None) -> list[str]:
    """Return the fault of a link that was noted and no longer stands so, if any."""
    if expect is None:
        return []
    from engross.apps.audit.models import Event

    position, _, noted = expect.partition(":")
    if not position.isdecimal() or not noted:
        raise click.UsageError("Write --expect as 'audit head' prints it, such as 1204:9f2c...")
    stands = Event.objects.filter(pk=int(position)).values_list("hash", flat=True).first()
    return [] if stands == noted else [f"Event {position}: is not the one that was noted"]


@audit.command(short_help="Print the last link of the chain, to be noted elsewhere.")
def head() -> None:
    """Print the position and hash of the last event.

    \b
    Example:
      engross audit head >> /somewhere/else/audit-heads.txt
    """
    set_up()
    from engross.apps.audit.queries import end_of_chain

    position, link = end_of_chain()
    if not position:
        raise Refused(Reason("Nothing was done yet", "Come back when there is an event"))
    click.echo(f"{position}:{link}")
