"""What is asked when somebody is to be told: of which event, about what, and who is at hand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engross.apps.accounts.models import User
from engross.core.access import Marking

People = Mapping[str, Iterable[User | str]]


@dataclass(frozen=True)
class Circumstances:
    """What a mail's rules need beyond the code's data.

    `people` are those whom only the sender knows, by rule: proposer, lead-analyst, respondents,
    voters; a person with an account, or an address. `categories` are those that the matter
    affects, none for all. `body` is the one that it is about. `paper_class` is the class of what
    is told; the stricter of it and the event's own holds. `marking` says more of it than its
    class does. `without` need not be told, such as who has answered.
    """

    people: People = field(default_factory=dict)
    categories: Iterable[str] = ()
    body: str = ""
    paper_class: str = ""
    marking: Marking | None = None
    without: Iterable[User | str] = ()
