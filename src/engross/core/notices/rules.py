"""Who gets the mail of an event, as a code's data say it: one rule for each kind of person."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from engross.core.codes import Code, CodeProblem, Option
from engross.core.codes.problems import nearest
from engross.core.codes.validation import list_file
from engross.core.notices.words import EVENTS

LIST = "mail_events"
AFFECTED = "affected"
# Whom only the sender of a mail can name.
NAMED = {
    "proposer": "as the proposer",
    "lead-analyst": "as the lead analyst",
    "respondents": "as somebody who answers",
    "voters": "as one of those who vote",
}
WHO = {
    "proposer": "the proposer",
    "lead-analyst": "the lead analyst",
    "respondents": "who answers",
    "voters": "who votes",
}


class RuleKind(StrEnum):
    """How the people of a rule are found."""

    NAMED = "named"
    TEAM = "team"
    BODY = "body"
    PARTIES = "parties"
    AUTHORITY = "authority"


class Rule(NamedTuple):
    """One rule: a kind, and the key of whom it names.

    A body without a key is the one that the mail is about; Parties without a key are all.
    """

    kind: RuleKind
    key: str = ""


def rule_of(text: str) -> Rule:
    """Return a rule from its text, such as `team:change` or `parties:affected`.

    Raises ValueError if there is no such rule.
    """
    kind, colon, key = text.partition(":")
    if text in NAMED:
        return Rule(RuleKind.NAMED, text)
    known = {each.value for each in RuleKind} - {RuleKind.NAMED}
    if kind not in known or bool(colon) != bool(key):
        raise ValueError(f"There is no rule '{text}'")
    rule = Rule(RuleKind(kind), key)
    if (rule.kind is RuleKind.TEAM and not key) or (rule.kind is RuleKind.AUTHORITY and key):
        raise ValueError(f"There is no rule '{text}'")
    return rule


def problems_of_events(code: Code, *, folder: str) -> Iterator[CodeProblem]:
    """Yield what is wrong with a code's list of mails, beyond what holds for any list."""
    for option in code.options(LIST):
        if option.key not in EVENTS:
            yield _problem(folder, option, "key", f"No mail is sent of '{option.key}'",
                           nearest(option.key, EVENTS))  # fmt: skip
        for text in option.texts("recipients"):
            if remedy := _remedy_for(text, code):
                what = f"'{text[:60]}' names nobody who can get a mail"
                yield _problem(folder, option, "recipients", what, remedy)


def _remedy_for(text: str, code: Code) -> str:
    """Return what to write instead of a rule; '' if it holds."""
    if text.startswith("follow"):
        return "Take it out: who follows something is told of it by what they follow"
    try:
        rule = rule_of(text)
    except ValueError:
        return nearest(text, [*NAMED, "authority", "parties", "parties:affected",
                              "body", "team:KEY", "body:KEY", "parties:KEY"])  # fmt: skip
    lists = {
        RuleKind.TEAM: ("staff_teams",),
        RuleKind.BODY: ("bodies",),
        RuleKind.PARTIES: ("party_categories", "party_category_groups"),
    }.get(rule.kind, ())
    known = {option.key for name in lists for option in code.options(name)}
    if rule.kind is RuleKind.PARTIES:
        known.add(AFFECTED)
    return nearest(rule.key, known) if lists and rule.key and rule.key not in known else ""


def _problem(folder: str, option: Option, key: str, what: str, remedy: str) -> CodeProblem:
    place = f"option '{option.key[:60]}', {key}"
    return CodeProblem(f"{folder}/{list_file(LIST)}", place, what, remedy)
