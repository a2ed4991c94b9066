"""What can happen in a story: each act is one command of an app, done by the story's program."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias
from uuid import NAMESPACE_URL, uuid5

from engross.adapters.legaltext.change_set_json import change_set_from_json
from engross.apps.accounts.models import User
from engross.apps.consultations import commands as consulting
from engross.apps.consultations.commands import Drafting, Said, Seen
from engross.apps.consultations.models import Consultation
from engross.apps.crosscode.models import PriorityDetermination
from engross.apps.parties.models import Party
from engross.apps.people.commands import Newcomer, invite_person
from engross.apps.proposals import commands as proposing
from engross.apps.proposals.commands import Described, Making, Raising
from engross.apps.proposals.commands.recording import filled
from engross.apps.proposals.models import Proposal
from engross.apps.registers.commands import record_entry
from engross.apps.registers.queries import active_code
from engross.apps.registers.registers import MADE_UP, register_named
from engross.apps.releases import commands as releasing
from engross.apps.releases.models import Composition
from engross.apps.timetables.commands import approve_timetable
from engross.apps.timetables.commands.approving import Approval
from engross.apps.votes import commands as voting
from engross.apps.votes.commands import BallotGiven, VoteAsked
from engross.apps.votes.models import Vote
from engross.apps.votes.queries import electorate_on
from engross.cli.stories.reading import Days, Step
from engross.core.consultations.questions import Given
from engross.core.crosscode.priorities import written_answers
from engross.core.people.roles import PartyRole
from engross.core.voting import SeatKey


@dataclass
class Telling:
    """A story being told: its days, who does everything, and what there is by now."""

    folder: Path
    days: Days
    by: User
    proposals: dict[str, Proposal] = field(default_factory=dict)
    consultations: dict[tuple[str, str], Consultation] = field(default_factory=dict)
    votes: dict[str, Vote] = field(default_factory=dict)
    composition: Composition | None = None

    def done(self, step: Step) -> dict[str, Any]:
        """Return by whom and when a step is done, as commands ask for it."""
        return {"by": self.by, "at": self.days.moment(step.day)}

    def done_on(self, step: Step) -> dict[str, Any]:
        """Return by whom, when and on which day a step is done."""
        return {**self.done(step), "on": self.days.day(step.day)}

    def proposal(self, step: Step) -> Proposal:
        """Return the proposal that a step is about, as it stands now."""
        found = self.proposals[step.about]
        found.refresh_from_db()
        return found


Act: TypeAlias = Callable[[Telling, Step], None]


def _desk(telling: Telling, step: Step) -> None:
    """Give a desk of a Party an account, to which mail about what happens is addressed."""
    newcomer = Newcomer(step.says["email"], step.says["desk"])
    party = Party.objects.get(key=step.says["party"])
    invite_person(newcomer, party, PartyRole.USER, **telling.done_on(step))


def _problem(telling: Telling, step: Step) -> None:
    says = step.says
    told = Described(
        says["title"], says["problem"], says["affected"], says["proposer"],
        says["proposer_category"], uuid5(NAMESPACE_URL, says["title"]),
    )  # fmt: skip
    made = proposing.describe_problem(told, **telling.done_on(step))
    if "comments" in says:
        commented = Step("comment", says["commented"], says)
        proposing.comment_on_problem(made, says["comments"], **telling.done_on(commented))


def _raise(telling: Telling, step: Step) -> None:
    says, on = step.says, telling.days.day(step.day)
    telling.proposals[step.about] = proposing.raise_proposal(Raising(
        title=says["title"], summary=says["summary"], on=on, today=on,
        proposer=says["proposer"], proposer_category=says["proposer_category"],
        affected=says["affected"], move=says.get("move", "raise"), basis=MADE_UP,
        **telling.done(step),
    ))  # fmt: skip


def _move(telling: Telling, step: Step) -> None:
    on = telling.days.day(step.day)
    more = {key: step.says[key] for key in ("route", "reason") if key in step.says}
    asked = Making(move=step.says["move"], on=on, today=on, **more, **telling.done(step))
    proposing.make_move(telling.proposal(step), asked)


def _priority(telling: Telling, step: Step) -> None:
    """Give a proposal its priority, where the code has priorities on that day and it has none."""
    on = telling.days.day(step.day)
    known = {each.key for each in active_code().options("priority_categories", on)}
    given = PriorityDetermination.objects.filter(proposal=telling.proposal(step))
    if step.says["priority"] not in known or given.exists():
        return
    values = {"category": step.says["priority"], "determined_on": on,
              "answers": written_answers(step.says["answers"]),
              "grounds": step.says["grounds"]}  # fmt: skip
    _enter(telling, step, "priority-determinations", values)


def _record(telling: Telling, step: Step) -> None:
    for place, count in enumerate(step.says.get("each", [0]), start=1):
        days = {name: telling.days.day(day + count) for name, day in
                step.says.get("days", {}).items()}  # fmt: skip
        values = {name: value.format(place=place) if isinstance(value, str) else value
                  for name, value in step.says.get("values", {}).items()}  # fmt: skip
        _enter(telling, step, step.says["record"], {**values, **days})


def _enter(telling: Telling, step: Step, name: str, values: Mapping[str, Any]) -> None:
    register = register_named(name)
    about = {"proposal": telling.proposal(step).key} if step.about else {}
    record_entry(register, filled(register, {**about, **values, "basis": MADE_UP}),
                 **telling.done(step))  # fmt: skip


def _text(telling: Telling, step: Step) -> None:
    name = step.says["text"]
    path = telling.folder / "changes" / f"{name}.json"
    releasing.save_change_set(
        name, change_set_from_json(path.read_bytes(), name=path.name),
        base_version=step.says["base"], proposal=telling.proposal(step).label,
        title=step.says["title"], **telling.done(step),
    )  # fmt: skip


def _timetable(telling: Telling, step: Step) -> None:
    says = step.says
    asked = Approval(left_out=says.get("left_out", ()), lengths=says["timetable"],
                     **telling.done_on(step))  # fmt: skip
    approve_timetable(telling.proposal(step), asked)


def _consult(telling: Telling, step: Step) -> None:
    says, kind = step.says, step.says["consult"]
    drafting = Drafting(
        says["title"], telling.proposal(step), says["summary"], says.get("solution", ""),
        says.get("audience", ""), says.get("categories", ()),
    )  # fmt: skip
    row = consulting.draft_consultation(kind, drafting, **telling.done(step))
    closes_on = telling.days.day(says["closes"])
    consulting.open_consultation(row, closes_on=closes_on, **telling.done_on(step))
    telling.consultations[step.about, kind] = row


def _consultation(telling: Telling, step: Step) -> Consultation:
    row = telling.consultations[step.about, step.says[step.does]]
    row.refresh_from_db()
    return row


def _answer(telling: Telling, step: Step) -> None:
    at, row = telling.days.moment(step.day), _consultation(telling, step)
    party = Party.objects.get(key=step.says["party"])
    response = consulting.response_for_party(row, party, at=at)
    answers = {number: _given(each) for number, each in enumerate(step.says["answers"], start=1)
               if each}  # fmt: skip
    kept = consulting.save_answers(response, Said(answers), seen=Seen(), by=None, at=at)
    consulting.submit_response(response, seen=Seen(kept.number, kept.saves), by=None,
                               on=telling.days.day(step.day), at=at)  # fmt: skip


def _given(says: Mapping[str, Any]) -> Given:
    least, most = (100 * says[key] if key in says else None for key in ("least", "most"))
    return Given(choice=says.get("choice", ""), words=says.get("words", ""), least_pence=least,
                 most_pence=most, is_confidential=says.get("secret", False))  # fmt: skip


def _conclude(telling: Telling, step: Step) -> None:
    """Publish the answers to a consultation, and what was said and done."""
    row = _consultation(telling, step)
    consulting.publish_responses(row, **telling.done(step))
    said = dict(enumerate(map(tuple, step.says["said_and_done"]), start=1))
    consulting.write_outcome(row, said, conclusion=step.says["conclusion"], **telling.done(step))


def _vote(telling: Telling, step: Step) -> None:
    says, proposal = step.says, telling.proposal(step)
    asked = VoteAsked(
        says["vote"], f"Should {proposal.label} be approved?", says["rule"], "white",
        telling.days.moment(step.day), telling.days.moment(says["closes"], 17), proposal,
    )  # fmt: skip
    telling.votes[step.about] = voting.open_vote(asked, **telling.done(step))


def _ballots(telling: Telling, step: Step) -> None:
    vote = telling.votes[step.about]
    held = [each.key for each in electorate_on(vote.body, telling.days.day(step.day)).seats
            if not each.is_vacant]  # fmt: skip
    at = telling.days.moment(step.day, 11)
    for seat, says in _seats(held, step.says["ballots"]):
        given = BallotGiven(seat, says["choice"], says.get("reason", ""),
                            says.get("objectives", {}))  # fmt: skip
        voting.cast_for(vote, given, person=None, cast_at=at, by=telling.by, at=at)


def _seats(
    held: list[SeatKey], ballots: list[Mapping[str, Any]]
) -> Iterator[tuple[SeatKey, Mapping[str, Any]]]:
    """Yield who answers what: each ballot of the file is that of the next seats of its group."""
    waiting = {group: iter([each for each in held if each.group == group])
               for group in {each.group for each in held}}  # fmt: skip
    for says in ballots:
        for _ in range(says.get("seats", 1)):
            yield next(waiting[says["group"]]), says


def _count(telling: Telling, step: Step) -> None:
    voting.count_vote(telling.votes[step.about], **telling.done(step))


def _compose(telling: Telling, step: Step) -> None:
    telling.composition = releasing.compose_release(
        step.says["compose"], step.says["change_sets"], base_version=step.says["base"],
        note=step.says.get("note", ""), **telling.done(step),
    )  # fmt: skip


def _resolve(telling: Telling, step: Step) -> None:
    made = telling.composition
    if made is None:
        raise ValueError("A story composes a release before it decides its conflicts")
    conflict = made.conflicts.get(address=step.says["resolve"]).conflict
    releasing.resolve_conflict(made.pk, conflict, take="side", side=step.says["side"],
                               reason=step.says["reason"], **telling.done(step))  # fmt: skip


ACTS: dict[str, Act] = {
    "desk": _desk, "problem": _problem, "raise": _raise, "move": _move, "priority": _priority,
    "record": _record, "text": _text, "timetable": _timetable, "consult": _consult,
    "answer": _answer, "conclude": _conclude, "vote": _vote, "ballots": _ballots,
    "count": _count, "compose": _compose, "resolve": _resolve,
}  # fmt: skip
