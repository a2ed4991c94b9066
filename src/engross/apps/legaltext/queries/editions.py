"""The days on which the text changed, and the text as one of them left it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from engross.apps.legaltext.models import DocumentVersion, Placement, Recording, TextNotice
from engross.apps.legaltext.queries.texts import code_as_at, code_of_version
from engross.core.legaltext.provisions import Code


@dataclass(frozen=True)
class TextEdition:
    """A day from which the text reads otherwise: `version` is the code's, '' where it has none.

    `published_at` is the moment from which it was known, `reason` what was said of it.
    """

    effective_on: date
    published_at: datetime
    version: str
    reason: str

    @property
    def name(self) -> str:
        """What the edition is called in an address: its version, else its day."""
        return self.version or self.effective_on.isoformat()


def text_editions(*, known_at: datetime | None = None) -> list[TextEdition]:
    """Return the editions of the text in the order of the days they took effect."""
    kinds = [Recording.Kind.IMPORT, Recording.Kind.PUBLICATION]
    rows = Recording.objects.standing(known_at).filter(kind__in=kinds)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    # Not whole rows: what a recording reports of itself is long.
    told = rows.order_by("effective_on", "recorded_at", "pk").values_list(
        "effective_on", "recorded_at", "version__key", "reason"
    )
    return [
        TextEdition(effective_on=day, published_at=moment, version=version or "", reason=reason)
        for day, moment, version, reason in told
    ]


def notices_of_text() -> list[str]:
    """Return what every page that shows the text has to say of it, each once."""
    found = TextNotice.objects.order_by("notice").values_list("notice", flat=True)
    return list(found.distinct())


@dataclass(frozen=True)
class DocumentStanding:
    """A document as at a day: its version, from which day it reads so, and how long it is."""

    name: str
    title: str
    number: str
    effective_from: date
    provisions: int


def documents_on(on: date, *, known_at: datetime | None = None) -> list[DocumentStanding]:
    """Return the documents of the code on a day, in order."""
    counted = Placement.objects.holding(on=on, known_at=known_at).order_by()
    lengths = dict(counted.values_list("document").annotate(count=Count("pk")))
    heads = DocumentVersion.objects.holding(on=on, known_at=known_at).order_by("rank", "pk")
    return [
        DocumentStanding(
            head.name,
            head.title,
            head.number,
            head.effective_from,
            lengths.get(head.document_id, 0),
        )
        for head in heads
    ]


def code_named(name: str, *, on: date | None) -> Code | None:
    """Return the whole text of a version, or as at a day; None where there is none.

    `on` is the day that `name` is, None where it is a version's number.
    """
    code = code_of_version(name) if on is None else code_as_at(on=on)
    return code if code and code.documents else None
