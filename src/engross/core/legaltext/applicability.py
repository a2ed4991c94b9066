"""Which Party Categories a provision obliges, entitles or mentions, and the words that say so.

By rule: the subject of 'shall' and 'must' is obliged, that of 'may' and 'is entitled to' is
entitled, and who is only named is mentioned. A passive obliges the one after 'by': what 'shall be
notified by the DCC' binds the DCC. A lead-in governs its limbs: 'Each User shall:'. What a person
decided goes before every rule, with the reason; it holds for what stands under it, too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from engross.core.legaltext.places import Places
from engross.core.legaltext.terms.inflections import plural

_OBLIGES = (
    "shall", "must", "is to", "are to", "is required to", "are required to", "is obliged to",
    "are obliged to", "undertakes to", "agrees to",
)  # fmt: skip
_ENTITLES = (
    "may", "is entitled to", "are entitled to", "is permitted to", "has the right to",
    "have the right to", "shall be entitled to", "shall be permitted to", "shall have the right to",
)  # fmt: skip
_RELEASES = (
    "shall not be required to", "shall not be obliged to", "is not required to",
    "are not required to", "need not", "is not obliged to", "shall be under no",
)  # fmt: skip
_MODALS = (" shall ", " may ", " must ")
_ENDS = (". ", ";", ":", "—")
_JOINS = (",", " that ", " which ", " who ", " and ", " or ", " where ", " if ", " unless ",
          " until ", " when ", " but ", " as ")  # fmt: skip
_CONDITIONS = frozenset(("where", "if", "when", "unless", "until", "once", "before", "after"))
_PASSIVE_WORDS = 4  # 'shall, in each case, be promptly notified'
_LONGEST_CLAUSE = 600  # characters looked back for the start of a clause
_REACH = 220  # characters from a subject to its verb


class Sense(StrEnum):
    """What a provision does to a Party Category, strongest first."""

    OBLIGES = "obliges"
    ENTITLES = "entitles"
    MENTIONS = "mentions"


_STRENGTH = {sense: at for at, sense in enumerate(Sense)}


class Evidence(NamedTuple):
    """The words that tell: a span in the text of a node."""

    node: int
    start: int
    end: int


class Application(NamedTuple):
    """That a provision applies to a Party Category, in which sense, and why.

    By rule it has `evidence`, in its own text or, `inherited`, in that of a lead-in above it. By
    a person it has the reason that was given, and the day on which it was decided.
    """

    category: str
    sense: Sense
    evidence: Evidence | None
    inherited: bool = False
    reason: str = ""
    decided_on: date | None = None


@dataclass(frozen=True)
class Decision:
    """What a person decided: how a provision applies to a Party Category, and why.

    Without a `sense` it does not apply to it at all. Of other categories nothing is decided.
    `key` names the provision as `Places.keys` does.
    """

    key: str
    category: str
    sense: Sense | None
    reason: str = ""
    decided_on: date | None = None


class _Named(NamedTuple):
    start: int
    end: int
    categories: tuple[str, ...]


class Categories:
    """The words that stand for Party Categories, searched for once in each text.

    `words` maps a category to its words: {"large-suppliers": ("Large Supplier Party", "Supplier
    Party", "Party")}. Words of several categories mean all of them; the longest words win.
    `others` are names that hold such a word and mean no category, such as 'Party Details'.
    """

    def __init__(self, words: Mapping[str, Sequence[str]], others: Iterable[str] = ()) -> None:
        by_word: dict[str, list[str]] = {}
        for category, names in words.items():
            for name in names:
                for form in (name, *(() if name.isupper() else (plural(name),))):
                    by_word.setdefault(form, []).append(category)
        ordered = sorted(by_word, key=lambda word: (-len(word), word))
        self._words = [(word, tuple(dict.fromkeys(by_word[word]))) for word in ordered]
        self._others: dict[str, list[tuple[str, int]]] = {word: [] for word in ordered}
        for other in others:
            for word in ordered:
                if word in other:
                    self._others[word].append((other, other.index(word)))

    def named_in(self, text: str) -> list[_Named]:
        """Return where a text names categories, in order; spans never overlap."""
        found: list[_Named] = []
        taken = bytearray()  # a mark for every character that is part of a longer name
        for word, categories in self._words:
            at = text.find(word)
            while at >= 0:
                end = at + len(word)
                taken = taken or bytearray(len(text))
                if not any(taken[at:end]) and not _is_within_word(text, at, end):
                    if not self._is_in_other(text, word, at):
                        found.append(_Named(at, end, categories))
                    taken[at:end] = b"\1" * len(word)
                at = text.find(word, end)
        return sorted(found)

    def _is_in_other(self, text: str, word: str, at: int) -> bool:
        """Say whether a word stands within a name that means no category."""
        return any(
            text.startswith(other, at - before)
            and not _is_within_word(text, at - before, at - before + len(other))
            for other, before in self._others[word]
            if before <= at
        )


def _is_within_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return before.isalnum() or before == "-" or after.isalnum()


def applications_of(
    places: Places, categories: Categories, decisions: Iterable[Decision] = ()
) -> list[tuple[Application, ...]]:
    """Return for every node whom it applies to: one application a category, the strongest.

    The nodes of documents have none. A decision under another goes before it.
    """
    ruled = decisions_at(places, decisions)
    found: list[tuple[Application, ...]] = []
    lead: list[tuple[Application, ...]] = []  # what each node's lead-in hands down to its limbs
    for node, provision in enumerate(places.provisions):
        parent = places.parents[node]
        handed = lead[parent] if parent >= 0 else ()
        text = provision.text if provision else ""
        own = _own(node, text, categories) if text else ()
        all_of_it = _strongest((*own, *handed)) if own and handed else own or handed
        lead.append(_handed_down(text, own, handed))
        by_rule = tuple(each for each in all_of_it if each.category not in ruled[node])
        found.append((*by_rule, *_decided(places, node, ruled[node])) if provision else ())
    return found


def decisions_at(places: Places, decisions: Iterable[Decision]) -> list[Mapping[str, Decision]]:
    """Return for every node what was decided about it or above it, by Party Category."""
    own: dict[str, dict[str, Decision]] = {}
    for each in decisions:
        own.setdefault(each.key, {})[each.category] = each
    if not own:
        return [{}] * len(places)
    found: list[Mapping[str, Decision]] = []
    for parent, key in zip(places.parents, places.keys, strict=True):
        above = found[parent] if parent >= 0 else {}
        found.append({**above, **own[key]} if key in own else above)
    return found


def _decided(places: Places, node: int, decided: Mapping[str, Decision]) -> Iterable[Application]:
    for category, each in decided.items():
        if each.sense is not None:
            inherited = each.key != places.keys[node]
            yield Application(category, each.sense, None, inherited, each.reason, each.decided_on)


def _own(node: int, text: str, categories: Categories) -> tuple[Application, ...]:
    """Return what a text says of each category that it names."""
    found: list[Application] = []
    for named in categories.named_in(text):
        sense, start, end = _sense(text, named)
        evidence = Evidence(node, start, end)
        found += [Application(category, sense, evidence) for category in named.categories]
    return _strongest(found)


def _strongest(found: Iterable[Application]) -> tuple[Application, ...]:
    best: dict[str, Application] = {}
    for each in found:
        known = best.get(each.category)
        if known is None or _STRENGTH[each.sense] < _STRENGTH[known.sense]:
            best[each.category] = each
    return tuple(best.values())


def _handed_down(
    text: str, own: Sequence[Application], handed: Sequence[Application]
) -> tuple[Application, ...]:
    """Return what a lead-in hands to its limbs: what it says of its subjects, and was handed."""
    is_open = text.rstrip().endswith((":", "—", "–", " shall", " may", " must")) or not text
    mine = own if is_open and text else ()
    governing = [each for each in mine if each.sense is not Sense.MENTIONS]
    inherited = [each._replace(inherited=True) for each in governing]
    # Without a text of its own, or in the middle of a list, a limb hands on what it was handed.
    passed = handed if is_open or not text else ()
    return _strongest((*inherited, *passed)) if inherited else tuple(passed)


def _sense(text: str, named: _Named) -> tuple[Sense, int, int]:
    """Return the sense in which a text names someone, and the span of the words that say so."""
    if _is_agent(text, named.start):
        return Sense.OBLIGES, _clause_start(text, named.start), named.end
    verb = _verb_of(text, named)
    if verb is None:
        return Sense.MENTIONS, named.start, named.end
    start, end, sense = verb
    if sense is Sense.OBLIGES and _is_passive(text, end):
        return Sense.MENTIONS, named.start, end
    return sense, named.start, max(end, start)


def _verb_of(text: str, named: _Named) -> tuple[int, int, Sense] | None:
    """Return the verb whose subject is named, with its span: none where it is no subject."""
    if not _is_subject(text, named.start) or _is_object(text, named.start):
        return None
    stop = min([len(text), named.end + _REACH, *_found_after(text, _ENDS, named.end)])
    first: tuple[int, int, Sense] | None = None
    for sense, verbs in (
        (Sense.MENTIONS, _RELEASES), (Sense.ENTITLES, _ENTITLES), (Sense.OBLIGES, _OBLIGES),
    ):  # fmt: skip
        for verb in verbs:
            at = _word_at(text, verb, named.end, stop)
            if at >= 0 and (first is None or at < first[0]):
                first = (at, at + len(verb), sense)
    if first is None or _is_interrupted(text, named.start, named.end, first[0]):
        return None
    return first


def _found_after(text: str, marks: Iterable[str], at: int) -> list[int]:
    return [place for mark in marks if (place := text.find(mark, at)) >= 0]


def _word_at(text: str, word: str, at: int, stop: int) -> int:
    """Return where a verb stands as a whole word between two places, -1 where it does not."""
    place = text.find(f" {word}", at, stop)
    while place >= 0 and text[place + 1 + len(word) : place + 2 + len(word)].isalnum():
        place = text.find(f" {word}", place + 1, stop)
    return place + 1 if place >= 0 else -1


def _is_subject(text: str, start: int) -> bool:
    """Return whether what is named may be a subject: no 'to the' or 'of each' before it."""
    before = text[max(0, start - 40) : start].replace("\u00a0", " ").split()
    while before and before[-1].lower() in _DETERMINERS:
        before.pop()
    return not before or before[-1].lower() not in _PREPOSITIONS


_DETERMINERS = frozenset(
    ("the", "a", "an", "each", "every", "any", "all", "such", "that", "those", "no", "other")
)
_SUBJECTS = _DETERMINERS | {"and", "but", "it", "they", "this"}
_PREPOSITIONS = frozenset(
    ("to", "of", "by", "from", "with", "for", "on", "in", "upon", "against", "between", "under",
     "notify", "notified", "require", "provide", "inform", "consult")
)  # fmt: skip


def _is_object(text: str, start: int) -> bool:
    """Return whether what is named suffers a verb before it: 'the Panel shall suspend the DCC'."""
    clause = f" {text[_clause_start(text, start) : start]}"
    after = max(clause.rfind(modal) for modal in _MODALS)
    return after >= 0 and not any(join in clause[after + 4 :] for join in _JOINS)


def _is_interrupted(text: str, named: int, start: int, verb: int) -> bool:
    """Return whether a clause with its own subject lies between a subject and a verb."""
    between = text[start:verb]
    if any(modal in f"{between} " for modal in _MODALS):
        return True
    if "," not in between:
        return False
    opening = text[_clause_start(text, named) : named].split(maxsplit=1)
    words = between[between.rfind(",") + 1 :].split()
    if opening and opening[0].lower() in _CONDITIONS:
        return bool(words)
    is_listed = "and" in words[1:] or "or" in words[1:]
    return bool(words) and not is_listed and words[0].lower() in _SUBJECTS


def _is_passive(text: str, after: int) -> bool:
    """Return whether a verb is suffered, not done: 'shall be notified', not 'shall be liable'."""
    words = text[after : after + 80].replace(",", " ").split()[: _PASSIVE_WORDS + 2]
    words = [word for word in words if word.lower() != "not"]
    if "be" not in words[:_PASSIVE_WORDS]:
        return False
    following = [word for word in words[words.index("be") + 1 :] if not word.endswith("ly")]
    verb = following[0].strip(".,;:") if following else ""
    return verb not in _STATES and (verb.endswith("ed") or verb in _IRREGULAR)


_STATES = frozenset(("required", "obliged", "bound", "deemed", "entitled", "permitted"))
_IRREGULAR = frozenset(
    ("given", "sent", "paid", "made", "told", "taken", "held", "shown", "chosen", "heard", "met")
)


def _is_agent(text: str, start: int) -> bool:
    """Return whether what is named does what 'shall be done by' it."""
    before = text[max(0, start - 30) : start].split()
    while before and before[-1].lower() in _DETERMINERS:
        before.pop()
    if not before or before[-1].lower() != "by":
        return False
    clause = text[_clause_start(text, start) : start]
    return any(f" {verb} " in clause for verb in ("shall", "must", "is to", "are to")) and (
        " be " in clause
    )


def _clause_start(text: str, at: int) -> int:
    low = max(0, at - _LONGEST_CLAUSE)
    starts = [place + len(mark) for mark in _ENDS if (place := text.rfind(mark, low, at)) >= 0]
    start = max(starts, default=low)
    while text[start : start + 1] == " ":
        start += 1
    return start
