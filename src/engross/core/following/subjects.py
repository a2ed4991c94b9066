"""What can be followed, and whether news is about it."""

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """A kind of thing that can be followed."""

    PROPOSAL = "proposal"
    DOCUMENT = "document"
    CLAUSE = "clause"
    BODY = "body"
    CATEGORY = "category"
    REGISTER = "register"
    EVERYTHING = "everything"


class Subject(NamedTuple):
    """Something that can be followed: its kind and its lasting key."""

    kind: Kind
    key: str


EVERYTHING = Subject(Kind.EVERYTHING, "")


def is_followed(followed: Subject, about: Collection[Subject]) -> bool:
    """Say whether news about these subjects is told to who follows `followed`."""
    return followed == EVERYTHING or followed in about
