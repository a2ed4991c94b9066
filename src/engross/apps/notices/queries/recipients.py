"""Who gets the mail of an event: the people whom its rules name, and who of them is left out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet

from engross.apps.accounts.models import User
from engross.apps.notices.models import OptOut
from engross.apps.notices.queries.asked import Circumstances
from engross.apps.people.queries import (
    circle_of_body,
    people_of_authority,
    readers_of,
    staff_of_team,
    users_of_parties,
)
from engross.apps.registers.queries import active_code, option_name
from engross.core.access import Marking, Reach, reach_of
from engross.core.codes import Option
from engross.core.notices import (
    NAMED,
    WHO,
    Candidate,
    Recipient,
    Rule,
    RuleKind,
    rule_of,
    told_and_left_out,
    words_of,
)
from engross.core.notices.rules import AFFECTED


def event_named(key: str) -> Option | None:
    """Return what the code says of an event's mail; None if it sends none of it.

    Raises LookupError if the platform knows no such event.
    """
    try:
        return active_code().option("mail_events", key)
    except LookupError:
        words_of(key)
        return None


def class_of(event: Option, given: str) -> str:
    """Return the stricter class of an event's own and that of what is told."""
    code = active_code()
    own = event.text("paper_class")
    ranks = {each.key: each.number("rank") for each in code.options("paper_classes")}
    # A class that the code does not have reaches nobody but those named: it counts as strictest.
    return max(own, given or own, key=lambda key: ranks.get(key, len(ranks) + max(ranks.values())))


def split_recipients(
    event: Option, given: Circumstances, *, on: date
) -> tuple[list[Recipient], list[Recipient]]:
    """Return who gets the mail of an event on a day, and who is left out and why."""
    given = with_accounts(given)
    candidates = [each for rule in rules_of(event) for each in _candidates(rule, given, on=on)]
    people = {each.person: each.to for each in candidates if each.person is not None}
    marking = marking_of(event, given)
    is_for_all = marking.reach is Reach.ANYONE
    opted = OptOut.objects.filter(event=event.key).order_by().values_list("person", flat=True)
    return told_and_left_out(
        candidates, marking=marking,
        readers={} if is_for_all else readers_of(list(people.values()), on=on),
        opted_out=set(opted) if event.flag("may_opt_out") else set(),
        without={_address(each) for each in given.without},
    )  # fmt: skip


def with_accounts(given: Circumstances) -> Circumstances:
    """Return the circumstances with each address of an account replaced by its person."""
    listed = {name: list(people) for name, people in given.people.items()}
    addresses = {each.lower() for some in listed.values() for each in some if isinstance(each, str)}
    if not addresses:
        return replace(given, people=listed)
    accounts = {each.email: each for each in User.objects.filter(email__in=addresses).order_by()}
    people = {
        name: [accounts.get(each.lower(), each) if isinstance(each, str) else each for each in some]
        for name, some in listed.items()
    }
    return replace(given, people=people)


def rules_of(event: Option) -> list[Rule]:
    """Return the rules that say who gets an event's mail, in order."""
    return [rule_of(text) for text in event.texts("recipients")]


def marking_of(event: Option, given: Circumstances) -> Marking:
    """Return whom the class of what is told reaches: the body of it, and who was named."""
    if given.marking is not None:
        return given.marking
    named = [each for some in given.people.values() for each in some if isinstance(each, User)]
    bodies = [given.body, *(rule.key for rule in rules_of(event) if rule.kind is RuleKind.BODY)]
    return Marking(
        reach_of(active_code(), class_of(event, given.paper_class)),
        body=next((each for each in bodies if each), ""),
        people=frozenset(each.pk for each in named),
    )


def _candidates(rule: Rule, given: Circumstances, *, on: date) -> Iterator[Candidate]:
    why, people = _PEOPLE[rule.kind](rule, given, on)
    for each in people:
        if isinstance(each, User):
            yield Candidate(each, each.email, why, person=each.pk, is_open=each.is_active,
                            is_program=each.is_service)  # fmt: skip
        else:
            yield Candidate(each, each, why)


Found = tuple[str, Iterable[User | str]]


def _named(rule: Rule, given: Circumstances, on: date) -> Found:
    return NAMED[rule.key], given.people.get(rule.key, ())


def _team(rule: Rule, given: Circumstances, on: date) -> Found:
    return f"in the team {option_name('staff_teams', rule.key)}", staff_of_team(rule.key, on=on)


def _body(rule: Rule, given: Circumstances, on: date) -> Found:
    body = rule.key or given.body
    name = option_name("bodies", body) if body else "the body"
    return f"as a member of {name}", circle_of_body(body, on=on) if body else ()


def _parties(rule: Rule, given: Circumstances, on: date) -> Found:
    why = f"as a user of a {active_code().words['party']}"
    asked = list(given.categories) if rule.key == AFFECTED else [rule.key] if rule.key else []
    # Of whom it is not said whom it affects may affect all.
    return why, users_of_parties(_categories(asked) if asked else None, on=on)


def accounts_of(rule: Rule, *, on: date) -> QuerySet[User] | None:
    """Return the accounts that a rule names for good; None if only the sender knows them."""
    people = _PEOPLE[rule.kind](rule, Circumstances(), on)[1]
    return people if isinstance(people, QuerySet) else None


def _authority(rule: Rule, given: Circumstances, on: date) -> Found:
    return "as the Authority", people_of_authority()


_PEOPLE: dict[RuleKind, Callable[[Rule, Circumstances, date], Found]] = {
    RuleKind.NAMED: _named,
    RuleKind.TEAM: _team,
    RuleKind.BODY: _body,
    RuleKind.PARTIES: _parties,
    RuleKind.AUTHORITY: _authority,
}


def _categories(keys: Iterable[str]) -> set[str]:
    """Return Party Categories, each group of them by its members."""
    groups = {
        each.key: each.texts("members") for each in active_code().options("party_category_groups")
    }
    return {each for key in keys for each in groups.get(key, (key,))}


def _address(each: User | str) -> str:
    return each.email if isinstance(each, User) else each


def rules_in_words(event: Option) -> list[str]:
    """Return whom an event's rules name, one after the other."""
    return [_rule_in_words(rule) for rule in rules_of(event)]


def _rule_in_words(rule: Rule) -> str:
    words = active_code().words
    match rule.kind:
        case RuleKind.TEAM:
            return f"the team {option_name('staff_teams', rule.key)}"
        case RuleKind.BODY:
            return option_name("bodies", rule.key) if rule.key else "the body that it is about"
        case RuleKind.AUTHORITY:
            return "the Authority"
        case RuleKind.PARTIES if rule.key == AFFECTED:
            return f"users of the {words['parties']} that it affects"
        case RuleKind.PARTIES:
            return f"users of {_group_name(rule.key) if rule.key else 'all ' + words['parties']}"
    return WHO[rule.key]


def _group_name(key: str) -> str:
    name = option_name("party_categories", key)
    return name if name != key else option_name("party_category_groups", key)
