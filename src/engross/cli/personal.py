"""`engross personal`: what is kept about a person, told and erased; what is forgotten in time."""

import json
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from engross.cli.django_setup import set_up
from engross.core.refusals import Reason, Refused

if TYPE_CHECKING:
    from engross.apps.accounts.models import User


@click.group(short_help="Tell, erase and forget what is kept about persons.")
def personal() -> None:
    """Tell a person what is kept about them, erase it, and forget what is overdue.

    \b
    Example:
      engross personal tell jay@example.org --out jay.json
    """


def _person(email: str) -> "User":
    from engross.apps.accounts.models import User

    found = User.objects.filter(email=email.lower()).first()
    if found is None:
        raise Refused(Reason(f"Nobody has the address {email}", "See 'engross people list'"))
    return found


@personal.command(short_help="Write what is kept about a person.")
@click.argument("email")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False),
              help="A file; without it, it is printed.")  # fmt: skip
def tell(*, email: str, out: Path | None) -> None:
    """Write what is kept about the person with an address, kind by kind, as JSON.

    \b
    Example:
      engross personal tell jay@example.org --out jay.json
    """
    set_up()
    from engross.apps.operations.commands.personal import data_about

    told = json.dumps(data_about(_person(email)), indent=2, ensure_ascii=False, default=str)
    if out is None:
        click.echo(told)
    else:
        out.write_text(told + "\n", encoding="utf-8")
        click.echo(f"{out}: what is kept about {email}")


@personal.command(short_help="Erase a person from rows and history.")
@click.argument("email")
@click.option("--reason", required=True, help="Why, such as the request's date.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(*, email: str, reason: str, yes: bool) -> None:
    """Put a marker where the person stood, everywhere; it cannot be undone.

    Backups still hold the person: see 'engross personal erased'.

    \b
    Example:
      engross personal erase jay@example.org --reason "Asked on 3 May"
    """
    set_up()
    from django.utils import timezone

    from engross.apps.operations.commands.personal import erase_person

    user = _person(email)
    if not yes:
        click.confirm(f"Erase {user} ({email}) for good?", abort=True)
    done = erase_person(user, by=None, at=timezone.now(), reason=reason)
    for kind, rows in done.rows.items():
        click.echo(f"{kind}: {rows} rows")
    for paper in done.left:
        click.echo(f"Left as issued, and names the person: {paper}", err=True)


@personal.command(short_help="Print whom backups may bring back.")
def erased() -> None:
    """Print the numbers of the accounts that were erased, a line each, without any name.

    Keep it beside the backups: a restored one holds those people again.

    \b
    Example:
      engross personal erased > /backups/erased.jsonl
    """
    set_up()
    from engross.apps.operations.commands.personal import erased_people

    for each in erased_people():
        click.echo(json.dumps(each))


@personal.command(short_help="Erase again whom a backup brought back.")
@click.argument("source", type=click.File(encoding="utf-8"))
def repeat(*, source: IO[str]) -> None:
    """Erase again the people whose numbers stand in SOURCE, as 'erased' printed them.

    \b
    Example:
      engross restore b.zip && engross personal repeat /backups/erased.jsonl
    """
    set_up()
    from django.utils import timezone

    from engross.apps.operations.commands.personal import repeat_erasures

    try:
        people = [int(json.loads(line)["person"]) for line in source if line.strip()]
    except (ValueError, KeyError, TypeError) as error:
        remedy = "Give what 'engross personal erased' printed"
        raise Refused(Reason("This is no list of erased people", remedy)) from error
    done = repeat_erasures(people, at=timezone.now())
    click.echo(f"{len(done)} of {len(people)} erased again")


@personal.command(short_help="Forget what need not be kept any longer.")
def forget() -> None:
    """Forget what is older than the code's retention parameters; the scheduler does so nightly.

    \b
    Example:
      engross personal forget
    """
    set_up()
    from django.utils import timezone

    from engross.apps.operations.commands.personal import forget_overdue

    done = forget_overdue(on=timezone.localdate(), at=timezone.now())
    told = ", ".join(f"{kind} {rows}" for kind, rows in done.items())
    click.echo(told or "Nothing is overdue")
