"""A Change Board to vote on: eight seats held by fictional companies, three of them with people."""

from datetime import UTC, date, datetime
from typing import Any

from engross.apps.accounts.models import User
from engross.apps.people.commands import begin_term
from engross.apps.proposals.models import Proposal
from engross.apps.votes.commands import VoteAsked, open_vote, seat_person
from engross.apps.votes.models import Vote
from engross.core.people.roles import BodyRole
from engross.core.voting import SeatKey
from tests import factories
from tests.support.people import person

OPENS = datetime(2021, 11, 24, 9, 0, tzinfo=UTC)
CLOSES = datetime(2021, 11, 24, 17, 0, tzinfo=UTC)
NOON = datetime(2021, 11, 24, 12, 0, tzinfo=UTC)
AFTER = datetime(2021, 11, 25, 9, 0, tzinfo=UTC)
BOARD = "change-board"
LARGE, NETWORK = SeatKey("cb-large-suppliers", "Group Alpha"), SeatKey("cb-networks", "1")
CONSUMER = SeatKey("cb-consumer", "1")


def seats_held() -> None:
    """Record who holds seats: two Large Suppliers, two Networks and the consumers."""
    for name in ("Alpha", "Beta"):
        factories.party(name, category="large-suppliers", group=f"Group {name}")
    holdings = [(*LARGE, "Alpha Limited"), ("cb-large-suppliers", "Group Beta", "Beta Limited"),
                (*NETWORK, "Fictional Grid"), ("cb-networks", "2", "Invented Pipes"),
                (*CONSUMER, "Imagined Consumers")]  # fmt: skip
    factories.record("seat-holdings", [
        {"seat": seat, "place": place, "organisation": held, "held_from": "2021-01-01"}
        for seat, place, held in holdings
    ])  # fmt: skip


def seated(
    name: str, seat: SeatKey, by: User, *, role: BodyRole = BodyRole.MEMBER,
    since: date = date(2021, 1, 1), until: date | None = None,
) -> User:  # fmt: skip
    """Return somebody who sits on a seat, or stands in for its member."""
    user = person(name)
    term = begin_term(user, BOARD, role, held_from=since, held_until=until, by=by, at=OPENS)
    seat_person(term, seat, by=by, at=OPENS)
    return user


def vote_on(
    by: User, *, key: str = "MP078", route: str = "authority-determined", **more: Any
) -> Vote:
    """Return a vote of the Change Board on a proposal, open on 24 November 2021."""
    factories.proposal(key, raised_on="2021-01-04", moves=[("opine", "2021-11-01")], route=route)
    asked: dict[str, Any] = {
        "body": BOARD, "title": f"Should {key} be approved?", "rule": "majority-of-groups",
        "paper_class": "white", "opens_at": OPENS, "closes_at": CLOSES,
        "proposal": Proposal.objects.get(label=key), **more,
    }  # fmt: skip
    return open_vote(VoteAsked(**asked), by=by, at=OPENS)
