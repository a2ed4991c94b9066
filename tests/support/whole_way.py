"""A proposal's way from a problem to law in force, by the commands of each app, step by step."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from engross.apps.accounts.models import User
from engross.apps.consultations import commands as consulting
from engross.apps.consultations.commands import Drafting, Newcomer, Said, Seen
from engross.apps.consultations.models import Consultation
from engross.apps.consultations.queries import response_of_link
from engross.apps.people.commands import begin_term, join_team
from engross.apps.proposals.commands import (
    Described,
    Making,
    comment_on_problem,
    describe_problem,
    make_move,
    raise_from_problem,
)
from engross.apps.proposals.models import Proposal
from engross.apps.releases.commands import (
    compose_release,
    publish_composition,
    resolve_conflict,
)
from engross.apps.releases.models import Composition
from engross.apps.reports.commands import Issuing, issue_modification_report
from engross.apps.timetables.commands import approve_timetable
from engross.apps.timetables.commands.approving import Approval
from engross.apps.votes.commands import (
    BallotGiven,
    VoteAsked,
    cast_ballot,
    cast_for,
    count_vote,
    open_vote,
)
from engross.apps.votes.models import Vote
from engross.core.consultations.questions import Given
from engross.core.people.roles import BodyRole
from tests import factories
from tests.apps.votes.boards import BOARD, CONSUMER, LARGE, NETWORK, seated, seats_held
from tests.support.composing import published, saved
from tests.support.people import member, person

SECRET = "Forty thousand lamps a year, which our rivals must not know"
IN_FORCE = date(2022, 6, 30)
RELEASE = "June 2022"


def moment(day: date, hour: int = 9) -> datetime:
    """Return an hour of a day."""
    return datetime.combine(day, time(hour), UTC)


@dataclass
class Cast:
    """Who takes part: a Party's user, the administrator, the CSC, the DCC and the Authority."""

    staff: User
    proposer: User = field(init=False)
    csc: User = field(init=False)
    dcc: User = field(init=False)
    authority: User = field(init=False)
    voter: User = field(init=False)
    affected: User = field(init=False)
    stranger: User = field(init=False)

    def __post_init__(self) -> None:
        at = moment(date(2021, 1, 4))
        seats_held()
        factories.party("DCC", category="dcc")
        factories.party("Gamma", category="small-suppliers")
        join_team(self.staff, "change", by=self.staff, at=at, on=at.date())
        self.proposer, self.csc, self.dcc = person("Pia"), person("Cleo"), person("Dan")
        self.authority = person("Otto", is_authority=True)
        member(self.proposer, "Alpha")
        member(self.dcc, "DCC")
        self.affected, self.stranger = person("Bea"), person("Sid")
        member(self.affected, "Beta")
        member(self.stranger, "Gamma")
        self.voter = seated("Ada", LARGE, self.staff)
        begin_term(self.csc, "csc", BodyRole.MEMBER, held_from=at.date(),
                   held_until=None, by=self.staff, at=at)  # fmt: skip


@dataclass
class Way:
    """A proposal on its way; each step is one of its methods and bears its day."""

    cast: Cast
    proposal: Proposal = field(init=False)

    def move(self, key: str, by: User, day: date, *, hour: int = 9, **more: Any) -> None:
        """Make a move on its day."""
        asked = Making(key, by, day, moment(day, hour), day, **more)
        make_move(self.proposal, asked)
        self.proposal.refresh_from_db()

    def begin(self, described: date, commented: date, raised: date) -> None:
        """Describe a problem, hear the administrator's comments, and raise it."""
        told = Described(
            "Brighter lamps", "Nobody sees the meters", ["Large Suppliers"], "Alpha Limited",
            "large-suppliers", uuid.uuid4(),
        )  # fmt: skip
        by, staff = self.cast.proposer, self.cast.staff
        problem = describe_problem(told, by=by, on=described, at=moment(described))
        comment_on_problem(problem, "Say how many", by=staff, on=commented, at=moment(commented))
        self.proposal = raise_from_problem(problem, told, by=by, on=raised, at=moment(raised))

    def report(self, day: date) -> None:
        """Issue its report, assembled from the record."""
        asked = Issuing("modification-report", self.cast.staff, moment(day), day, "As it is now")
        issue_modification_report(self.proposal, asked, formats=("docx",))

    def approve_timetable(self, day: date) -> None:
        """Hold it to a timetable."""
        approve_timetable(self.proposal, Approval(self.cast.csc, day, moment(day)))

    def open_consultation(self, kind: str, opens: date, closes: date) -> Consultation:
        """Open a consultation on it."""
        drafting = Drafting(f"Consultation of {opens}", self.proposal, "The lamps are too dim")
        staff, at = self.cast.staff, moment(opens)
        row = consulting.draft_consultation(kind, drafting, by=staff, at=at)
        consulting.open_consultation(row, closes_on=closes, by=staff, on=opens, at=at)
        row.refresh_from_db()
        return row

    def answer(self, row: Consultation, name: str, day: date, *, secret: bool = False) -> None:
        """Answer all that a consultation asks; one cost or reason may be confidential."""
        newcomer = Newcomer(name, f"{name.lower()}@respondent.example")
        response = response_of_link(consulting.begin_response(row, newcomer, at=moment(day)))
        assert response is not None
        answers = {
            each.number: Given(choice=each.answers[0] if each.answers else "",
                               words=f"{name} says so")
            for each in row.questions.all() if each.shape != "cost"
        }  # fmt: skip
        if secret:
            last = max(answers)
            answers[last] = Given(words=SECRET, is_confidential=True)
        at = moment(day, 10)
        kept = consulting.save_answers(response, Said(answers), seen=Seen(), by=None, at=at)
        seen = Seen(kept.number, kept.saves)
        consulting.submit_response(response, seen=seen, by=None, on=day, at=at)

    def end_consultation(self, row: Consultation, published_on: date) -> None:
        """Close a consultation when its moment has come, and publish its answers."""
        assert row.closes_at
        closed = consulting.close_due_consultations(at=row.closes_at + timedelta(seconds=1))
        assert closed == [row.reference]
        row.refresh_from_db()
        consulting.publish_responses(row, by=self.cast.staff, at=moment(published_on))

    def vote(self, day: date) -> Vote:
        """Let the Change Board vote for it, two groups of three, and count the vote."""
        staff = self.cast.staff
        asked = VoteAsked(BOARD, f"Vote of {day}", "majority-of-groups", "white",
                          moment(day), moment(day, 17), self.proposal)  # fmt: skip
        vote = open_vote(asked, by=staff, at=moment(day, 8))
        own = BallotGiven(LARGE, "approve", objectives={"objective-a": "It helps"})
        cast_ballot(vote, own, by=self.cast.voter, at=moment(day, 11))
        for seat, choice in ((CONSUMER, "approve"), (NETWORK, "reject")):
            given = BallotGiven(seat, choice, "Said at the meeting")
            cast_for(vote, given, person=None, cast_at=moment(day, 12), by=staff,
                     at=moment(day, 13))  # fmt: skip
        return count_vote(vote, by=staff, at=moment(day, 18))


def lay_down_law() -> None:
    """Publish a version of the code, and approve another proposal that rewords the same clause."""
    published()
    factories.proposal("MP078", raised_on="2021-01-04", route="authority-determined",
                       moves=[("define", "2021-01-04"), ("release", "2021-12-01")])  # fmt: skip
    factories.decision("MP078", "approved", "2021-12-01", body="authority")
    saved("mp078", "D2", "The Panel shall meet every week.", proposal="MP078")
    factories.release(RELEASE, IN_FORCE)


def compose(way: Way, day: date) -> Composition:
    """Take both proposals into a release, and decide their conflict for this one's text."""
    label, staff, at = way.proposal.label, way.cast.staff, moment(day)
    scope = {"release": RELEASE, "decided_on": day, "body": "csc"}
    factories.record("release-scopes", [{**scope, "proposal": each} for each in (label, "MP078")],
                     at=at)  # fmt: skip
    made = compose_release(RELEASE, ["lamps", "mp078"], base_version="46.0", by=staff, at=at)
    conflict = made.conflicts.get().conflict
    return resolve_conflict(made.pk, conflict, take="side", side="lamps", by=way.cast.staff,
                            reason="The later decision prevails", at=at)  # fmt: skip


def publish(way: Way, made: Composition, day: date) -> None:
    """Publish the composed text for the day of the release."""
    publish_composition(made.pk, "47.0", effective_on=IN_FORCE, on=day, by=way.cast.staff,
                        at=moment(day))  # fmt: skip
