"""The two texts of a comparison: no more is read than is compared."""

from dataclasses import dataclass
from datetime import date, datetime

from engross.apps.legaltext.models import Recording
from engross.apps.legaltext.queries import code_as_at, document_as_at, document_names
from engross.apps.reading.queries.switched import TextWith
from engross.apps.reading.queries.texts import standing_text
from engross.core.legaltext.numbers.addresses import document_slug
from engross.core.legaltext.provisions import Code


@dataclass(frozen=True)
class ComparedText:
    """One side of a comparison: a day's text, or a version's as it was published.

    `known_at` is the moment as known at which a version is read, None for now. `chosen` is the
    text with what is switched on, which then stands for that of the day.
    """

    name: str
    on: date
    known_at: datetime | None = None
    chosen: TextWith | None = None

    @property
    def is_version(self) -> bool:
        """Say whether it is named by a version, not by a day."""
        return self.name != self.on.isoformat()

    def documents(self) -> list[str]:
        """Return what its documents are called, in order."""
        if self.chosen is not None:
            return [one.document for one in self.chosen.code.documents]
        return document_names(on=self.on, known_at=self.known_at)

    def code(self, document: str = "") -> Code:
        """Return the text, or the one document of it that is named; empty if it is not there."""
        if self.chosen is not None:
            return _only(self.chosen.code, document)
        if document:
            found = document_as_at(document, on=self.on, known_at=self.known_at)
            return Code((found,) if found else ())
        if self.known_at is not None:
            return code_as_at(on=self.on, known_at=self.known_at)
        standing = standing_text(self.on)
        return standing.code if standing else Code()


def _only(code: Code, document: str) -> Code:
    if not document:
        return code
    return Code(tuple(one for one in code.documents if one.document == document))


def text_called(name: str) -> ComparedText | None:
    """Return the text that a version's number or a day names; None where there is none."""
    try:
        on = date.fromisoformat(name)
    except ValueError:
        return _version(name)
    found = ComparedText(on.isoformat(), on)
    return found if found.documents() else None


def _version(name: str) -> ComparedText | None:
    """Return the text of a version as it was published, as `code_of_version` does."""
    whole = Recording.objects.standing().filter(version__key=name).exclude(text_hash="")
    made = whole.order_by("-recorded_at", "-pk").first()
    return ComparedText(name, made.effective_on, made.recorded_at) if made else None


def documents_of_both(old: ComparedText, new: ComparedText) -> list[tuple[str, str]]:
    """Return the documents of two texts, by path and name, in the order of the new one."""
    names = dict.fromkeys([*new.documents(), *old.documents()])
    return [(document_slug(name), name) for name in names]
