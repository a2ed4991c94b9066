"""What consultations tell on the timeline of the proposal that they are about."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.urls import reverse

from engross.apps.consultations.models import Consultation
from engross.apps.consultations.queries.kinds import kind_of
from engross.apps.dates.queries import day_of
from engross.apps.registers.queries import RowsAbout
from engross.core.consultations.states import State
from engross.core.registers.timelines import Told


def consultations_told(about: RowsAbout) -> Iterable[Told]:
    """Tell when consultations opened, closed or will close, and when answers were published."""
    if not about.is_named_in(Consultation):
        return []
    rows = Consultation.objects.filter(proposal=about.identity.pk, opened_on__isnull=False)
    if about.known_at:
        rows = rows.filter(opened_at__lte=about.known_at)
    found = [told for row in rows.order_by("number") for told in _told(row)]
    if about.known_at:
        found = [each for each in found if each.told_at and each.told_at <= about.known_at]
    return found


def _told(row: Consultation) -> Iterator[Told]:
    name, href = kind_of(row).name, reverse("consultations:consultation", args=[row.reference])

    def tell(on: date | None, title: str, what: str, at: datetime | None) -> Told:
        return Told(on, title, row.title, href=href, key=f"{row.reference}/{what}", told_at=at)

    yield tell(row.opened_on, f"{name} opened", "opened", row.opened_at)
    if row.state == State.OPEN:
        yield tell(row.closes_on, f"{name} closes", "closes", row.opened_at)
    else:
        yield tell(row.closes_on, f"{name} closed", "closes", row.closed_at or row.opened_at)
    if row.published_at:
        on = day_of(row.published_at)
        yield tell(on, f"Answers to the {name} published", "published", row.published_at)
