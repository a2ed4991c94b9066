"""What a move will do, in sentences, said before it is made."""

from django.utils import timezone

from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.people.views.acting import Cleaned
from engross.apps.proposals.queries.courses import Course
from engross.apps.proposals.queries.notices import recipients_of
from engross.apps.proposals.registers import printed_proposal
from engross.apps.registers.queries import active_code, option_name
from engross.core.dates.wording import day_in_words
from engross.core.proposals.framework.consequences import Consequences, consequences_of
from engross.core.proposals.framework.deadlines import Deadline
from engross.core.proposals.framework.rules import MoveRule
from engross.core.proposals.framework.states import Event


def steps_of(course: Course, rule: MoveRule, cleaned: Cleaned) -> list[str]:
    """Return in sentences what a move will do."""
    on = cleaned["on"]
    event = Event(course.last_move + 1, on, rule.key, route=cleaned.get("route", ""))
    told = consequences_of(rule, event, course.state, course.framework(on),
                           code=active_code(), calendar=calendar_of_the_code())  # fmt: skip
    body = course.framework(on).body_of(rule)
    steps = [*_stage_steps(course, told, cleaned), *_clock_steps(told)]
    if rule.outcome:
        by = option_name("bodies", body) if body else "the administrator"
        outcome = option_name("decision_outcomes", rule.outcome)
        steps.append(f"The decision '{outcome}' of {by} is recorded on {day_in_words(on)}.")
    if told.waits_on:
        names = " or ".join(option_name("bodies", key) for key in told.waits_on)
        steps.append(f"Then it waits on: {names}.")
    for event_key in rule.mails:
        told_to = recipients_of(course, event_key, body=body, on=timezone.localdate())
        name = option_name("mail_events", event_key)
        steps.append(f"Mail '{name}' goes to {len(told_to)}: "
                     f"{', '.join(str(each.to) for each in told_to[:8]) or 'nobody'}"
                     f"{' and others' if len(told_to) > 8 else ''}.")  # fmt: skip
    return steps or [f"'{rule.done}' is recorded on {day_in_words(on)}; nothing else changes."]


def _stage_steps(course: Course, told: Consequences, cleaned: Cleaned) -> list[str]:
    steps = []
    if told.left and told.entered:
        steps.append(f"It goes from {told.left.printed} to {told.entered.printed}.")
        label = _label_in(course, told.entered.key)
        if label != course.proposal.label:
            steps.append(f"It is called {label} from then on.")
    if cleaned.get("parts"):
        letters = ", ".join(f"{chr(65 + place)}: {title}"
                            for place, title in enumerate(cleaned["parts"]))  # fmt: skip
        steps.append(f"{len(cleaned['parts'])} parts go on from the same stage: {letters}.")
    if cleaned.get("proposer"):
        steps.append(f"{cleaned['proposer']} is its Proposer from then on.")
    if cleaned.get("into"):
        into = cleaned["into"].label
        steps.append(f"{into} goes on for both, and the timeline of each tells of the other.")
    if cleaned.get("route"):
        steps.append(f"Its route becomes {option_name('proposal_routes', cleaned['route'])}.")
    steps += [f"{mark.is_so}." for mark in told.marks_set]
    steps += [f"{mark.is_not_so}." for mark in told.marks_cleared]
    return steps


def _label_in(course: Course, stage: str) -> str:
    """Return what the proposal is called in a stage; most stages change no name."""
    if not active_code().option("proposal_stages", stage).text("prefix"):
        return course.proposal.label
    return printed_proposal(course.proposal, [stage])


def _clock_steps(told: Consequences) -> list[str]:
    steps = [f"{each.clock.name}: {each.target} Working Days, {_until(each)}."
             for each in told.started]  # fmt: skip
    steps += [f"{each.clock.name} stands still." for each in told.stopped]
    steps += [f"{each.clock.name} runs again, {_until(each)}." for each in told.went_on]
    steps += [f"{each.clock.name} ends after {each.taken} of {each.target} Working Days."
              for each in told.ended]  # fmt: skip
    return steps


def _until(deadline: Deadline) -> str:
    return (
        f"until {day_in_words(deadline.due_on)}" if deadline.due_on else "until a day not known yet"
    )
