"""What counts as a change, and what it is to a reader who may see only one side of it."""

from enum import StrEnum


class Kind(StrEnum):
    """What happened."""

    ADDED = "row.added"
    CORRECTED = "row.corrected"
    WITHDRAWN = "row.withdrawn"
    IMPORTED = "rows.imported"
    TEXT_IMPORTED = "text.imported"
    TEXT_PUBLISHED = "text.published"
    TEXT_CORRECTED = "text.corrected"
    PAPER_ISSUED = "paper.issued"
    CHANGE_SET_SAVED = "change-set.saved"
    RELEASE_PUBLISHED = "release.published"

    @property
    def meaning(self) -> str:
        """What it says, in a few words."""
        return _MEANINGS[self]


_MEANINGS = {
    Kind.ADDED: "A row was added",
    Kind.CORRECTED: "A row was corrected",
    Kind.WITHDRAWN: "A row was withdrawn",
    Kind.IMPORTED: "Rows were taken in from a file",
    Kind.TEXT_IMPORTED: "Text of the code was taken in",
    Kind.TEXT_PUBLISHED: "A version of the code was published",
    Kind.TEXT_CORRECTED: "Text of the code was corrected",
    Kind.PAPER_ISSUED: "A paper was issued",
    Kind.CHANGE_SET_SAVED: "A change set was saved",
    Kind.RELEASE_PUBLISHED: "A release was published",
}


def seen_as(*, before: bool, after: bool) -> Kind | None:
    """Return what a change of a row is to a reader, by whether they may read it before and after.

    A row that leaves what somebody may read is withdrawn to them, and one that enters it is added:
    neither tells what it was or is of. What they may read on neither side did not happen to them.
    """
    if before and after:
        return Kind.CORRECTED
    if after:
        return Kind.ADDED
    return Kind.WITHDRAWN if before else None
