"""Of what a person need not be told, and the link that ends mails of an event."""

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urljoin

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from engross.apps.accounts.models import User
from engross.apps.notices.models import OptOut
from engross.apps.registers.queries import active_code
from engross.core.codes import Option

_SALT = "engross.notices.end"


class Choice(NamedTuple):
    """A mail that one can do without, and whether a person does."""

    event: Option
    is_wanted: bool


def choices_of(person: User) -> list[Choice]:
    """Return the mails that a person can do without, in the order of the code's list."""
    unwanted = set(
        OptOut.objects.filter(person=person).order_by("pk").values_list("event", flat=True)
    )
    events = [each for each in active_code().options("mail_events") if each.flag("may_opt_out")]
    return [Choice(each, each.key not in unwanted) for each in events]


def end_addresses(event: str) -> Callable[[User], str]:
    """Return what gives the address at which mails of an event end, for each reader alone."""
    signer = Signer(salt=_SALT)
    pattern = urljoin(settings.SITE_URL, reverse("notices:end", args=["TOKEN"]))
    before, _, after = pattern.rpartition("TOKEN")
    return lambda person: f"{before}{signer.sign(f'{person.pk}:{event}')}{after}"


def whose_mail_ends(token: str) -> tuple[User, Option] | None:
    """Return whose mails of which event a link ends; None if the link is not ours."""
    try:
        person, _, event = Signer(salt=_SALT).unsign(token).partition(":")
        found = User.objects.filter(pk=int(person)).first()
        option = active_code().option("mail_events", event)
    except (BadSignature, ValueError, LookupError):
        return None
    return (found, option) if found and option.flag("may_opt_out") else None
