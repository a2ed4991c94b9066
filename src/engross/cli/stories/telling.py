"""Taking a story in: all of it or nothing, and once."""

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django.utils.timezone import make_aware

from engross.apps.accounts.commands import add_service
from engross.apps.accounts.models import User
from engross.apps.consultations.commands import close_due_consultations
from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.registers.queries import active_code
from engross.cli.stories.acting import ACTS, Telling
from engross.cli.stories.reading import NAME, Days, steps_of

TELLER = "The demonstration"


@dataclass(frozen=True)
class Told:
    """How much a story told: of how many proposals, in how many steps."""

    proposals: int
    steps: int


@transaction.atomic
def tell(folder: Path, *, on: date) -> Told | None:
    """Let a folder's story happen, seen from a day; None if there is none, or it has happened.

    All is done by one program of the administrator's: nobody is made up to do it.
    """
    if not (folder / NAME).is_file() or User.objects.filter(name=TELLER, kind="service").exists():
        return None
    steps = steps_of(folder, code=active_code().key)
    calendar = calendar_of_the_code()
    today = calendar.previous_working_day(on, or_same=True)
    telling = Telling(folder, Days(calendar, today), _teller())
    until = None
    for step in steps:
        if step.day != until:
            _pass_to(telling.days.day(step.day))
            until = step.day
        ACTS[step.does](telling, step)
    _pass_to(on)
    return Told(len(telling.proposals), len(steps))


def _pass_to(day: date) -> None:
    """Let what is due by the morning of a day have happened, as a worker would."""
    close_due_consultations(at=_morning(day))


def _morning(day: date) -> datetime:
    return make_aware(datetime.combine(day, time(0)))


def _teller() -> User:
    """Make the program that does what a story tells; it has no password, and never signs in."""
    made = add_service(name=TELLER, is_staff=True)
    # Staff write with a second factor: it has one that nobody knows.
    TOTP.activate(made, generate_totp_secret())
    return made
