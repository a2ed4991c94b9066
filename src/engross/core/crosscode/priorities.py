"""How proposals get a priority: criteria answered, or taken over from the Lead Code and locked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engross.core.codes.codes import Code, Option, folded
from engross.core.dates.months import Month
from engross.core.refusals import Reason


@dataclass(frozen=True)
class Criterion:
    """What is asked of a proposal, and the answers that it may be given."""

    key: str
    name: str
    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Determination:
    """A priority given to a proposal on a day; from another code if `lead` names its change."""

    determined_on: date
    category: str
    answers: str = ""
    grounds: str = ""
    review_by: date | None = None
    lead: str = ""


@dataclass(frozen=True)
class LeadPriority:
    """The priority that the Lead Code gave, empty if it is not known; `change` is what leads."""

    change: str
    group: str
    category: str
    since: date | None


def criteria_on(code: Code, day: date) -> tuple[Criterion, ...]:
    """Return the criteria that are asked on a day, in their order."""
    options = sorted(code.options("priority_criteria", day), key=lambda each: each.number("order"))
    return tuple(
        Criterion(each.key, each.name, each.text("question"), each.texts("answers"))
        for each in options
    )


def categories_on(code: Code, day: date) -> tuple[Option, ...]:
    """Return the priorities that can be given on a day, the most pressing first."""
    options = code.options("priority_categories", day)
    return tuple(sorted(options, key=lambda each: each.number("order")))


def review_day(category: Option, determined_on: date) -> date | None:
    """Return the day by which a priority is looked at again; None if the code sets no time."""
    months = category.attributes["review_months"]
    if not isinstance(months, int):
        return None
    month = Month.of(determined_on).plus(months)
    return month.first_day.replace(day=min(determined_on.day, month.length_days))


def written_answers(answers: Mapping[str, str]) -> str:
    """Return answers by criterion as a record keeps them: 'complexity: high; importance: low'."""
    return "; ".join(f"{criterion}: {answer}" for criterion, answer in answers.items())


def read_answers(
    text: str, criteria: Sequence[Criterion]
) -> tuple[dict[str, str], tuple[Reason, ...]]:
    """Return the answers that a record keeps, by criterion, and what is wrong with them."""
    known = {folded(word): each for each in criteria for word in (each.key, each.name)}
    found: dict[str, str] = {}
    reasons: list[Reason] = []
    for piece in filter(str.strip, text.replace("\n", ";").split(";")):
        name, _, answer = (each.strip() for each in piece.partition(":"))
        criterion = known.get(folded(name))
        if criterion is None:
            names = ", ".join(each.key for each in criteria) or "none on that day"
            reasons.append(Reason(f"'{name[:60]}' is no criterion", f"Answer {names}"))
        elif criterion.key in found:
            reasons.append(Reason(f"{criterion.name} is answered twice", "Answer it once"))
        elif answer.casefold() not in criterion.answers:
            choices = " or ".join(criterion.answers)
            what = f"{criterion.name} cannot be answered with '{answer[:60]}'"
            reasons.append(Reason(what, f"Answer {choices}"))
        else:
            found[criterion.key] = answer.casefold()
    ordered = {each.key: found[each.key] for each in criteria if each.key in found}
    return ordered, tuple(reasons)


def reasons_against_determination(given: Determination, code: Code) -> Iterable[Reason]:
    """Return what speaks against a determination by itself, whoever leads."""
    day = given.determined_on
    held = {each.key for each in categories_on(code, day)}
    if given.category not in held:
        yield _not_held(code, given.category, day)
        return
    criteria = criteria_on(code, day)
    answers, wrong = read_answers(given.answers, criteria)
    yield from wrong
    if given.review_by is not None and given.review_by <= day:
        what = f"It would be reviewed by {given.review_by}, and is determined on {day}"
        yield Reason(what, "Give a later day for the review, or none")
    if given.lead:
        return
    if missing := [each.name for each in criteria if each.key not in answers and not wrong]:
        yield Reason(f"Nothing is said on {', '.join(missing)}", "Answer every criterion")
    if not given.grounds.strip():
        yield Reason("A priority needs reasons", "Say why it has this priority and no other")


def _not_held(code: Code, category: str, day: date) -> Reason:
    options = code.options("priority_categories")
    first = min((each.held_from for each in options if each.held_from), default=None)
    name = next((each.name for each in options if each.key == category), category)
    if first is not None and day < first:
        what = f"No proposal had a priority on {day}"
        return Reason(what, f"Priorities are given from {first} on", options[0].clause)
    names = ", ".join(each.name for each in categories_on(code, day)) or "none"
    return Reason(f"{name} is no priority on {day}", f"Choose one of {names}")


def latest(given: Iterable[Determination], day: date | None = None) -> Determination | None:
    """Return the determination that holds on a day, or the last of all; None if there is none."""
    known = [each for each in given if day is None or each.determined_on <= day]
    return max(known, key=lambda each: each.determined_on, default=None)


def reasons_against_latest(
    proposal: str, given: Iterable[Determination], lead: LeadPriority | None, code: Code
) -> Iterable[Reason]:
    """Return why a proposal's latest priority cannot stand beside the one its Lead Code gave.

    From the day of that one on, no other can be determined; what was determined before stays.
    """
    last = latest(given)
    if last is None or lead is None or not lead.category or lead.since is None:
        return
    if last.determined_on < lead.since or (last.lead and last.category == lead.category):
        return
    options = code.options("priority_categories")
    name = next((each.name for each in options if each.key == lead.category), lead.category)
    what = (
        f"{proposal} goes with {lead.change}, whose code leads: it has the priority {name} "
        f"since {lead.since}, and no other can be given here"
    )
    remedy = f"Ask that code; record what it says in the group {lead.group}, and take it over"
    yield Reason(what, remedy)


def reasons_against_own_priority(proposal: str, lead: LeadPriority | None) -> Iterable[Reason]:
    """Return why a proposal's priority is not for this code to determine; nothing if it is."""
    if lead is None:
        return
    what = f"{proposal} goes with {lead.change}, whose code leads and gives both their priority"
    if lead.category:
        yield Reason(what, f"Take it over on the page of the group {lead.group}")
    else:
        yield Reason(what, f"Record that priority with the group {lead.group} once it is known")
