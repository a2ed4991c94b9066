"""Notices: what people are told by mail of an event, who they are, and who is left out and why."""

from engross.core.notices.recipients import Candidate, Recipient, told_and_left_out
from engross.core.notices.rules import NAMED, WHO, Rule, RuleKind, problems_of_events, rule_of
from engross.core.notices.words import (
    COMMON,
    EVENTS,
    EventWords,
    Word,
    examples_of,
    filled,
    words_of,
)

__all__ = [
    "COMMON",
    "EVENTS",
    "NAMED",
    "WHO",
    "Candidate",
    "EventWords",
    "Recipient",
    "Rule",
    "RuleKind",
    "Word",
    "examples_of",
    "filled",
    "problems_of_events",
    "rule_of",
    "told_and_left_out",
    "words_of",
]
