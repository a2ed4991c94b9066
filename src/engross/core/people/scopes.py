"""What a token lets a program do in somebody's name, and no more than that person may."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from engross.core.access import ANYONE, Reach, Reader


class Scope(StrEnum):
    """One thing that a token may do."""

    READ_PUBLIC = "read:public"
    READ_COMMUNITY = "read:community"
    READ_OWN = "read:own"
    WRITE_OWN = "write:own"
    WRITE_REGISTERS = "write:registers"
    WRITE_TEXT = "write:text"


@dataclass(frozen=True)
class ScopeMeaning:
    """What a scope is for, in words for whoever makes a token."""

    scope: Scope
    meaning: str
    for_staff_only: bool = False


MEANINGS = (
    ScopeMeaning(Scope.READ_PUBLIC, "Read what anyone may read"),
    ScopeMeaning(Scope.READ_COMMUNITY, "Read what reaches all Parties and members"),
    ScopeMeaning(
        Scope.READ_OWN, "Read all that you may read: what is your Party's own, your bodies' papers"
    ),
    ScopeMeaning(Scope.WRITE_OWN, "Do what you may do for yourself and your Party"),
    ScopeMeaning(Scope.WRITE_REGISTERS, "Change the registers", for_staff_only=True),
    ScopeMeaning(
        Scope.WRITE_TEXT, "Save change sets and put releases together", for_staff_only=True
    ),
)
# By its text, because a token may be older than today's scopes: an unknown one reads nothing.
_REACHES: dict[str, frozenset[Reach]] = {
    Scope.READ_COMMUNITY: frozenset({Reach.ANYONE, Reach.PARTIES}),
    Scope.READ_OWN: frozenset(Reach),
}


def scopes_for(*, is_staff: bool) -> tuple[ScopeMeaning, ...]:
    """Return the scopes that a person's token may have."""
    return tuple(each for each in MEANINGS if is_staff or not each.for_staff_only)


def reader_within(reader: Reader, scopes: Collection[str]) -> Reader:
    """Return the reader that a token with these scopes is, for the person whose token it is.

    It reads what the person may read, as far as a scope lets it; without one, as anyone does.
    """
    reaches = frozenset[Reach]().union(*(_REACHES.get(each, ()) for each in scopes))
    return replace(reader, reaches=reaches) if reaches else ANYONE
