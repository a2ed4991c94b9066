"""The text that a change is drafted on: which it is, and how it is noted."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engross.apps.legaltext.models import CodeVersion, Recording
from engross.apps.legaltext.queries import code_as_at
from engross.core.legaltext.provisions import Code, text_hash
from engross.core.refusals import Reason, Refused


@dataclass(frozen=True)
class Base:
    """The text of a version for its day, as known at a moment."""

    version: CodeVersion
    on: date
    known_at: datetime
    code: Code

    def columns(self) -> dict[str, Any]:
        """Return the columns of a row that was drafted on this text."""
        return {
            "base_version": self.version,
            "base_on": self.on,
            "base_known_at": self.known_at,
            "base_hash": text_hash(self.code),
        }


def base_for(number: str, *, at: datetime) -> Base:
    """Return the text of a version of the code, as known at a moment.

    Raises Refused if no text was published under that number by then.
    """
    made = Recording.objects.standing().filter(version__key=number, recorded_at__lte=at)
    first = made.select_related("version").order_by("recorded_at", "pk").first()
    if first is None or first.version is None:
        what = f"No text is published as version {number}"
        raise Refused(Reason(what, "Name a version whose text is here"))
    on = first.effective_on
    return Base(first.version, on, at, code_as_at(on=on, known_at=at))
