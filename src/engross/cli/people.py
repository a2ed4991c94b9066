"""`engross people`: who has an account, and what has to be done when somebody cannot wait."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from engross.cli.django_setup import set_up
from engross.core.refusals import Reason, Refused

if TYPE_CHECKING:
    from engross.apps.accounts.models import User

KINDS = ("staff", "authority", "program", "closed")


@click.group(short_help="List people, end sessions, close accounts.")
def people() -> None:
    """List who has an account, end sessions, close accounts, help who lost a second factor.

    \b
    Example:
      engross people list --kind staff
    """


@people.command(name="list", short_help="List who has an account.")
@click.option("--kind", type=click.Choice(KINDS), help="Only these.")
@click.option("--party", default="", help="Only the people of this Party, by its reference.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def list_people(*, kind: str | None, party: str, as_json: bool) -> None:
    """List who has an account, and what each is today.

    \b
    Example:
      engross people list --kind staff --json
    """
    set_up()
    from django.utils import timezone

    from engross.apps.people.queries import PeopleAsked, people_asked, roles_in_words

    asked = PeopleAsked(party=party, kind=kind or "")
    rows: list[dict[str, Any]] = [
        {"email": each.email, "name": each.name, "is_open": each.is_active,
         "roles": roles_in_words(each)}
        for each in people_asked(asked, on=timezone.localdate())
    ]  # fmt: skip
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for row in rows:
        state = "" if row["is_open"] else " (closed)"
        click.echo(f"{row['email']}  {row['name']}{state}  {'; '.join(row['roles'])}".rstrip())


_email = click.option("--email", required=True, help="The address of the account.")
_reason = click.option("--reason", required=True, help="Why; it stays in the audit.")


@people.command(short_help="End all sessions of a person.")
@_email
@_reason
def end_sessions(*, email: str, reason: str) -> None:
    """End all sessions of a person: they have to sign in again everywhere.

    \b
    Example:
      engross people end-sessions --email secretary@example.org --reason "A lost laptop"
    """
    _do("end_sessions", email, reason)
    click.echo(f"All sessions of {email} have ended.")


@people.command(short_help="Close an account.")
@_email
@_reason
def close(*, email: str, reason: str) -> None:
    """Close an account: nobody signs in with it, and its tokens are revoked.

    \b
    Example:
      engross people close --email secretary@example.org --reason "Left in March"
    """
    _do("close_account", email, reason)
    click.echo(f"The account {email} is closed.")


@people.command(short_help="Take away a second factor that was lost.")
@_email
@_reason
def remove_second_factor(*, email: str, reason: str) -> None:
    """Take away the second factor of who lost phone and recovery codes, and tell them by mail.

    Make sure who asks: from then on the password alone lets in, until another one is set up.

    \b
    Example:
      engross people remove-second-factor --email secretary@example.org --reason "Lost phone"
    """
    _do("remove_second_factor", email, reason)
    click.echo(f"{email} signs in with the password alone, until a second factor is set up again.")


def _do(command: str, email: str, reason: str) -> None:
    set_up()
    from django.utils import timezone

    from engross.apps.people import commands

    act: Callable[..., Any] = getattr(commands, command)
    at: datetime = timezone.now()
    act(_person(email), by=None, at=at, reason=reason)


def _person(email: str) -> "User":
    from engross.apps.accounts.models import User

    found = User.objects.filter(email__iexact=email).first()
    if found is None:
        what = f"There is no account with the address {email}"
        raise Refused(Reason(what, "See them all with 'engross people list'"))
    return found
