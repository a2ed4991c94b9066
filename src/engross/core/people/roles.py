"""The roles that a person has: in a Party, on a body, in an account."""

from enum import StrEnum


class PartyRole(StrEnum):
    """What a person is to a Party."""

    USER = "user"
    ADMINISTRATOR = "administrator"


class BodyRole(StrEnum):
    """What a person is to a body; an observer hears the meeting and gets none of its own papers."""

    MEMBER = "member"
    CHAIR = "chair"
    ALTERNATE = "alternate"
    OBSERVER = "observer"

    @property
    def is_of_circle(self) -> bool:
        """Say whether the role makes the person one of those whom the body's papers reach."""
        return self is not BodyRole.OBSERVER


class AccountKind(StrEnum):
    """Who signs in: a person, or a program that has tokens and no password."""

    PERSON = "person"
    SERVICE = "service"


class RequestState(StrEnum):
    """Where a request for an account stands."""

    UNVERIFIED = "unverified"
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
