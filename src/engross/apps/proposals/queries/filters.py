"""Filters of the list that people gave a name, and what their choices hold."""

from engross.apps.accounts.models import User
from engross.apps.proposals.models import LeadAnalyst, SavedFilter


def saved_filters(person: User) -> list[SavedFilter]:
    """Return a person's own filters, in order of names."""
    return list(SavedFilter.objects.filter(person=person).order_by("name"))


def saved_filter(person: User, number: int) -> SavedFilter | None:
    """Return one of a person's own filters; None if it is nobody's or somebody else's."""
    return SavedFilter.objects.filter(person=person, pk=number).first()


def analyst_choices() -> list[tuple[str, str]]:
    """Return everybody who ever looked after a proposal, by number and name."""
    people = User.objects.filter(pk__in=LeadAnalyst.objects.order_by().values("user"))
    return [(str(each.pk), each.name or each.email) for each in people.order_by("name", "email")]
