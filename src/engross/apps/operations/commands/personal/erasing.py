"""Erasing a person: a marker takes their place in rows and history, and the audit stays whole."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.audit.models import Event
from engross.apps.operations.commands.personal.accounts import is_erased
from engross.apps.operations.commands.personal.kinds import KINDS, Kind
from engross.apps.operations.commands.personal.traces import names_of
from engross.apps.reports.models import IssuedPaper
from engross.core.refusals import Reason, Refused

ACTION = "person.erase"


@dataclass(frozen=True)
class Erasure:
    """What an erasure touched: rows by kind, and what still names the person and was left.

    An issued paper is not rewritten: its hash was published. Whoever erases decides about it.
    """

    person: int
    rows: dict[str, int]
    left: tuple[str, ...]


@transaction.atomic
def erase_person(user: User, *, by: User | None, at: datetime, reason: str) -> Erasure:
    """Put a marker where the person stood, everywhere, in one transaction.

    Raises Refused for one's own account, or a person who was erased before.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user == by:
        raise Refused(Reason("This is your own account", "Ask somebody else of staff"))
    if is_erased(user):
        raise Refused(Reason("This account names nobody any more", "Nothing is left to erase"))
    left = tuple(_papers_naming(names_of(user)))
    # By what words texts name the person: the account, which goes before these, says it no more.
    known = copy(user)
    rows = {
        kind.name: kind.erase(known if kind.adds_events else user, at)
        for kind in sorted(KINDS, key=_turn_of)
    }
    record_event(action=ACTION, subject=f"people/{user.pk}", by=by, at=at, reason=reason,
                 details={"rows": rows, "left": len(left)})  # fmt: skip
    return Erasure(user.pk, rows, left)


def _turn_of(kind: Kind) -> tuple[bool, bool, bool]:
    # The records' events are read for names like all others, so they come before these.
    return kind.adds_events, kind.name == "account", kind.name == "events"


def _papers_naming(names: list[str]) -> Iterable[str]:
    for paper in IssuedPaper.objects.order_by("pk").iterator(50):
        words = str(paper.content).casefold()
        if any(name.casefold() in words for name in names):
            yield str(paper)


def repeat_erasures(people: Iterable[int], *, at: datetime) -> list[Erasure]:
    """Erase again whom a restored backup brought back, by the numbers of their accounts."""
    found = User.objects.filter(pk__in=list(people)).order_by("pk")
    why = "Erased before, and brought back by a backup"
    return [erase_person(user, by=None, at=at, reason=why) for user in found if not is_erased(user)]


def erased_people() -> list[dict[str, Any]]:
    """Return the numbers of the accounts that name nobody any more, with when that was done."""
    rows = Event.objects.filter(action=ACTION).order_by("pk").values_list("subject", "happened_at")
    return [{"person": int(subject.partition("/")[2]), "erased_at": at.isoformat()}
            for subject, at in rows]  # fmt: skip
