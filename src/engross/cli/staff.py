"""`engross staff`: the accounts of the administrator's own people."""

import click

from engross.cli.django_setup import set_up
from engross.core.refusals import Reason, Refused


@click.group(short_help="Make accounts for staff.")
def staff() -> None:
    """Make accounts for the administrator's own people.

    \b
    Example:
      engross staff add --email secretary@example.org --name "The Secretary"
    """


@staff.command(short_help="Make an account for a member of staff.")
@click.option("--email", required=True, prompt="E-mail address", help="What they sign in with.")
@click.option("--name", required=True, prompt="Name", help="How their changes are signed.")
@click.password_option(help="Asked for twice, unseen, when left out.", prompt_required=True)
def add(*, email: str, name: str, password: str) -> None:
    """Make an account; a second factor is set up when they first sign in.

    \b
    Example:
      engross staff add --email secretary@example.org --name "The Secretary"
    """
    set_up()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from engross.apps.accounts.commands import add_staff
    from engross.apps.accounts.models import User

    try:
        validate_password(password, User(email=email, name=name))
    except ValidationError as error:
        remedy = "Choose another password"
        raise Refused(Reason(each.rstrip("."), remedy) for each in error.messages) from error
    person = add_staff(email=email, name=name, password=password)
    click.echo(f"{person.name} can sign in with {person.email}.")
