"""How many people would get each of a code's mails, asked once for each rule."""

from collections.abc import Iterable
from datetime import date

from engross.apps.notices.models import OptOut
from engross.apps.notices.queries.asked import Circumstances
from engross.apps.notices.queries.recipients import (
    accounts_of,
    marking_of,
    rules_of,
    split_recipients,
)
from engross.core.access import Reach
from engross.core.codes import Option
from engross.core.notices import Rule


def counts_today(events: Iterable[Option], *, on: date) -> dict[str, int]:
    """Return how many people would get the mail of each event on a day, by the event's key.

    Only those whom a rule names for good: who is named when it happens is not among them.
    """
    listed = list(events)
    nobody = Circumstances()
    rules = {rule for event in listed for rule in rules_of(event)}
    people = {rule: _numbers(rule, on) for rule in rules}
    unwanted: dict[str, set[int]] = {}
    for event_key, person in OptOut.objects.order_by("pk").values_list("event", "person"):
        unwanted.setdefault(event_key, set()).add(person)
    counts: dict[str, int] = {}
    for event in listed:
        if marking_of(event, nobody).reach is not Reach.ANYONE:
            counts[event.key] = len(split_recipients(event, nobody, on=on)[0])
            continue
        told = set().union(*(people[rule] for rule in rules_of(event)))
        left = unwanted.get(event.key, set()) if event.flag("may_opt_out") else set()
        counts[event.key] = len(told - left)
    return counts


def _numbers(rule: Rule, on: date) -> set[int]:
    accounts = accounts_of(rule, on=on)
    if accounts is None:
        return set()
    open_ones = accounts.filter(is_active=True, kind="person").order_by()
    return set(open_ones.values_list("pk", flat=True))
