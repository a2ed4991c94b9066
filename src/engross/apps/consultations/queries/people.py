"""Who is told of a consultation, who has answered, and for whom somebody may answer."""

from collections.abc import Collection
from datetime import date

from engross.apps.accounts.models import User
from engross.apps.consultations.models import Consultation, Response, ResponseVersion
from engross.apps.parties.models import Party
from engross.apps.parties.queries import category_at, category_spells
from engross.apps.people.models import PartyMembership
from engross.core.access import Reader


def people_in_mail(
    consultation: Consultation, *, handed_in: bool = False
) -> dict[str, list[User | str]]:
    """Return the respondents for mail: by link, who began; or all who handed something in."""
    if handed_in:
        versions = ResponseVersion.objects.filter(
            response__consultation=consultation, submitted_at__isnull=False
        )
        rows = versions.select_related("saved_by", "response").order_by("pk")
        found: list[User | str] = [each.saved_by or each.response.email for each in rows]
        return {"respondents": [each for each in found if each]}
    begun = Response.objects.filter(consultation=consultation, party=None).exclude(email="")
    return {"respondents": list(begun.order_by("pk").values_list("email", flat=True))}


def people_to_spare(consultation: Consultation, *, on: date) -> list[User | str]:
    """Return who need not be reminded: whoever handed in, and the people of Parties that did."""
    handed = Response.objects.filter(
        consultation=consultation, versions__submitted_at__isnull=False
    ).distinct()
    rows = list(handed.select_related("party").order_by("pk"))
    of_parties = _people_of([each.party.key for each in rows if each.party], on=on)
    return [*of_parties, *(each.email for each in rows if each.email)]


def _people_of(parties: Collection[str], *, on: date) -> list[User]:
    terms = PartyMembership.objects.held_on(on).filter(party__key__in=parties)
    return list(User.objects.filter(pk__in=terms.order_by().values("user")).order_by("pk"))


def parties_to_answer_for(reader: Reader) -> list[Party]:
    """Return the Parties for which a reader may answer, by name."""
    return list(Party.objects.filter(key__in=sorted(reader.parties)).order_by("label", "key"))


def category_of(party: Party, *, on: date) -> str:
    """Return the Party Category that a Party is in on a day, or had last."""
    return category_at(category_spells().get(party.key, []), on)
