"""Giving a name to what a person asks of the list, and taking it away again."""

from datetime import datetime

from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.proposals.models import SavedFilter
from engross.core.refusals import Reason, Refused

MOST = 30


@transaction.atomic
def save_filter(
    person: User, *, name: str, query: str, is_default: bool, at: datetime
) -> SavedFilter:
    """Keep a filter under a name; one of that name is replaced.

    Raises Refused for a filter that asks nothing, and for one too many.
    """
    if not query:
        what = "This filter asks nothing"
        raise Refused(Reason(what, "Filter the list first, then give that a name"))
    # Locked, so that a name is kept once although the form is sent twice.
    own = SavedFilter.objects.filter(person=User.objects.select_for_update().get(pk=person.pk))
    if own.exclude(name=name).count() >= MOST:
        raise Refused(Reason(f"You have {MOST} filters", "Delete one that you no longer need"))
    if is_default:
        own.update(is_default=False)
    saved, _ = SavedFilter.objects.update_or_create(
        person=person, name=name,
        defaults={"query": query, "is_default": is_default, "saved_at": at},
    )  # fmt: skip
    return saved


@transaction.atomic
def change_filter(saved: SavedFilter, *, name: str, is_default: bool) -> None:
    """Give a filter another name, or let the list begin with it; raises Refused if taken."""
    User.objects.select_for_update().get(pk=saved.person_id)
    others = SavedFilter.objects.filter(person=saved.person_id).exclude(pk=saved.pk)
    if others.filter(name=name).exists():
        raise Refused(Reason(f"You have a filter called {name}", "Choose another name"))
    if is_default:
        others.update(is_default=False)
    SavedFilter.objects.filter(pk=saved.pk).update(name=name, is_default=is_default)


def delete_filter(saved: SavedFilter) -> None:
    """Take a filter away."""
    SavedFilter.objects.filter(pk=saved.pk).delete()
