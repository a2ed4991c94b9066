"""Every question about people: one function for each."""

from engross.apps.people.queries.groups import (
    circle_of_body,
    people_of_authority,
    staff_of_team,
    users_of_parties,
)
from engross.apps.people.queries.people import (
    KINDS,
    PeopleAsked,
    members_of_body,
    parties_managed_by,
    parties_of,
    people_asked,
    people_of_party,
    roles_in_words,
    teams_of,
    terms_of,
)
from engross.apps.people.queries.readers import reader_of, readers_of
from engross.apps.people.queries.requests import (
    request_numbered,
    requests_decided,
    requests_waiting,
)
from engross.apps.people.queries.tokens import person_of_token, tokens_of

__all__ = [
    "KINDS",
    "PeopleAsked",
    "circle_of_body",
    "members_of_body",
    "parties_managed_by",
    "parties_of",
    "people_asked",
    "people_of_authority",
    "people_of_party",
    "person_of_token",
    "reader_of",
    "readers_of",
    "request_numbered",
    "requests_decided",
    "requests_waiting",
    "roles_in_words",
    "staff_of_team",
    "teams_of",
    "terms_of",
    "tokens_of",
    "users_of_parties",
]
