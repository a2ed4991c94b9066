"""What is asked of the Parties of a reader, and how far each has answered."""

from dataclasses import dataclass
from datetime import date, datetime

from engross.apps.consultations.models import Consultation
from engross.apps.consultations.queries.consultations import (
    ListedConsultation,
    consultations_shown,
    in_state,
    listed,
)
from engross.apps.consultations.queries.people import category_of, parties_to_answer_for
from engross.apps.consultations.queries.responses import OwnResponse
from engross.apps.parties.models import Party
from engross.core.access import Reader
from engross.core.consultations.states import State


@dataclass(frozen=True)
class AskedOfParty:
    """An open consultation that a Party is asked, and its answer so far, if it has begun one."""

    listed: ListedConsultation
    party: Party
    own: OwnResponse | None

    @property
    def row(self) -> Consultation:
        """The consultation."""
        return self.listed.row

    @property
    def is_answered(self) -> bool:
        """Say whether an answer was handed in."""
        return self.own is not None and self.own.handed_in_at is not None


def consultations_asking(
    reader: Reader, own: list[OwnResponse], *, at: datetime, today: date
) -> list[AskedOfParty]:
    """Return the open consultations that ask the Parties of a reader, the next to close first.

    `own` is what `responses_of_parties` says of that reader. A consultation that names no Party
    Category asks all; one that a Party has begun to answer asks it, whatever its category.
    """
    parties = parties_to_answer_for(reader)
    if not parties:
        return []
    categories = {party.pk: category_of(party, on=today) for party in parties}
    begun = {(each.response.consultation_id, each.response.party_id): each for each in own}
    rows = in_state(consultations_shown(reader), State.OPEN.value, at=at)
    asked = [
        AskedOfParty(each, party, begun.get((each.row.pk, party.pk)))
        for each in listed(rows.order_by("closes_at", "number"), at=at, today=today)
        for party in parties
    ]
    return [
        each
        for each in asked
        if each.own or not each.row.categories or categories[each.party.pk] in each.row.categories
    ]


def answered_before(own: list[OwnResponse], asked: list[AskedOfParty]) -> list[OwnResponse]:
    """Return what Parties answered of consultations that ask them no longer."""
    current = {each.own.response.pk for each in asked if each.own}
    return [each for each in own if each.handed_in_at and each.response.pk not in current]
