"""References of papers, such as SECP_97_1510_17: body, meeting, day and month, paper."""

import re
from dataclasses import dataclass
from datetime import date

_REFERENCE = re.compile(
    r"(?P<body>[A-Z][A-Z0-9 ]*?)_(?P<meeting>\d{1,3}X{0,2})_(?P<day>\d{2})(?P<month>\d{2})"
    r"(?:_(?P<paper>\d{1,3}))?"
)


@dataclass(frozen=True)
class PaperReference:
    """A paper's reference, read. The year is not in it: it comes from the meeting."""

    body: str
    meeting: str
    day: int
    month: int
    paper: int | None

    def is_of(self, held_on: date) -> bool:
        """Say whether the reference's day and month are those of a meeting on `held_on`."""
        return (self.day, self.month) == (held_on.day, held_on.month)


def read_reference(text: str) -> PaperReference | None:
    """Return the parts of a reference, or None if it does not have its form.

    Source: the form is read off published papers; uniqueness within a meeting is assumed.
    """
    match = _REFERENCE.fullmatch(text.strip())
    if match is None:
        return None
    day, month = int(match["day"]), int(match["month"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    paper = int(match["paper"]) if match["paper"] else None
    return PaperReference(match["body"], match["meeting"], day, month, paper)
