"""Responses: whose link or Party it is, what each version says, and which of them count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from engross.apps.consultations.models import Answer, Consultation, Response, ResponseVersion
from engross.apps.consultations.queries.kinds import kind_of
from engross.apps.parties.models import Party
from engross.apps.registers.queries import active_code
from engross.core.access import Marking, Reach, Reader, reach_of
from engross.core.consultations.counting import Handed, LateDecision, counted_version
from engross.core.consultations.questions import Given
from engross.core.people.tokens import digest_of


def response_of_link(raw: str) -> Response | None:
    """Return the response that a link leads to; None if it is no link of ours."""
    found = Response.objects.select_related("consultation", "consultation__proposal", "party")
    return found.filter(digest=digest_of(raw)).first()


def response_of_party(consultation: Consultation, party: Party) -> Response | None:
    """Return what a Party has begun to answer, if it has."""
    return Response.objects.filter(consultation=consultation, party=party).first()


def latest_version(response: Response) -> ResponseVersion | None:
    """Return the version that is written on, or was handed in last."""
    return response.versions.select_related("saved_by").order_by("-number").first()


@dataclass(frozen=True)
class OwnResponse:
    """What a Party has answered, or begun to: when handed in last, and whether more is drafted."""

    response: Response
    handed_in_at: datetime | None
    is_drafted: bool


def responses_of_parties(reader: Reader) -> list[OwnResponse]:
    """Return what the Parties of a reader have answered or begun to, the latest close first.

    One query for the responses and one for their versions; none for whoever is of no Party.
    """
    if not reader.parties:
        return []
    own = Response.objects.filter(party__key__in=sorted(reader.parties))
    rows = own.select_related("consultation", "consultation__proposal", "party")
    found = []
    for row in rows.prefetch_related("versions").order_by("-consultation__closes_at", "party__key"):
        versions = list(row.versions.all())
        handed_in = [each.submitted_at for each in versions if each.submitted_at]
        drafted = any(each.is_draft for each in versions)
        if versions:
            found.append(OwnResponse(row, max(handed_in, default=None), drafted))
    return found


def versions_of(response: Response) -> list[ResponseVersion]:
    """Return the versions that were handed in, the last first."""
    handed = response.versions.filter(submitted_at__isnull=False).select_related("saved_by")
    return list(handed.order_by("-number"))


def given_of(version: ResponseVersion | None, consultation: Consultation) -> dict[int, Given]:
    """Return what a version answers, by the number of the question."""
    if version is None:
        return {}
    confidential = kind_of(consultation).text("confidential_class")
    rows = version.answers.select_related("question").order_by("question__number")
    return {row.question.number: as_given(row, confidential) for row in rows}


def as_given(row: Answer, confidential: str) -> Given:
    """Return a stored answer as the rules know it."""
    return Given(row.choice, row.words, row.least_pence, row.most_pence,
                 is_confidential=row.paper_class == confidential)  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """A response with the version of it that counts."""

    response: Response
    version: ResponseVersion

    @property
    def answers(self) -> Mapping[int, Answer]:
        """The answers by the number of their question."""
        return {row.question.number: row for row in self.version.answers.all()}

    def marking(self, paper_class: str) -> Marking:
        """Return how something of this response is marked that has a class."""
        reach = reach_of(active_code(), paper_class)
        if reach is Reach.ANYONE:
            return Marking()
        party = self.response.party
        return Marking(reach, frozenset({party.key} if party else ()))


def counted_responses(consultation: Consultation) -> list[Counted]:
    """Return the responses that count, each with its version, in order of handing in.

    Three queries however many there are.
    """
    responses = _with_versions(consultation)
    counted = [
        Counted(each, version)
        for each in responses
        if (version := _counting(each.versions.all())) is not None
    ]
    return sorted(counted, key=lambda each: each.version.submitted_at or each.version.saved_at)


def _with_versions(consultation: Consultation) -> "QuerySet[Response]":
    answers = Answer.objects.select_related("question").order_by("question__number")
    handed = ResponseVersion.objects.filter(submitted_at__isnull=False).order_by("number")
    versions = Prefetch("versions", handed.prefetch_related(Prefetch("answers", answers)))
    found = Response.objects.filter(consultation=consultation).select_related("party")
    return found.prefetch_related(versions).order_by("begun_at", "pk")


def handed(version: ResponseVersion) -> Handed:
    """Return a version that was handed in as the rules know it."""
    return Handed(version.number, version.is_late, LateDecision(version.late_decision))


def _counting(versions: Iterable[ResponseVersion]) -> ResponseVersion | None:
    by_number = {each.number: each for each in versions}
    number = counted_version(handed(each) for each in by_number.values())
    return by_number.get(number) if number is not None else None


def count_of_responses(consultations: Iterable[int]) -> dict[int, int]:
    """Return by consultation how many responses count; one query for all."""
    rows = ResponseVersion.objects.filter(
        submitted_at__isnull=False, response__consultation__in=list(consultations)
    ).order_by("number")
    fields = ("response__consultation", "response", "number", "is_late", "late_decision")
    versions: dict[tuple[int, int], list[Handed]] = {}
    for consultation, response, number, is_late, decision in rows.values_list(*fields):
        told = Handed(number, is_late, LateDecision(decision))
        versions.setdefault((consultation, response), []).append(told)
    found: dict[int, int] = {}
    for (consultation, _), told_versions in versions.items():
        counts = counted_version(told_versions) is not None
        found[consultation] = found.get(consultation, 0) + counts
    return found


def late_versions(consultation: Consultation) -> list[ResponseVersion]:
    """Return the versions that came late, the first to come first."""
    late = ResponseVersion.objects.filter(
        response__consultation=consultation, is_late=True, submitted_at__isnull=False
    )
    return list(late.select_related("response", "response__party").order_by("submitted_at", "pk"))


def undecided_late(consultation: Consultation) -> int:
    """Return how many late versions nobody has decided about."""
    late = ResponseVersion.objects.filter(
        response__consultation=consultation, is_late=True, late_decision="",
        submitted_at__isnull=False,
    )  # fmt: skip
    return late.count()
