"""Where a text defines words: the marks, verbs and brackets that say so.

A candidate is a phrase in bold or in quotation marks. It is defined where a verb such as 'means'
follows it, where it stands in a bracket of its own ('(the "Completion Date")'), or where bold
alone defines. Without marks, a paragraph that begins 'Applicant means' defines its first words.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from msgspec import UNSET

from engross.core.legaltext.provisions import Provision
from engross.core.legaltext.terms.styles import TermStyle

How = Literal["full", "inline"]

_QUOTES = {"“": "”", '"': '"', "‘": "’"}
_CLOSING = frozenset(_QUOTES.values())
_MOST_WORDS = 9
_QUALIFIERS = (
    "in relation to",
    "as used",
    "when used",
    "for purposes",
    "for the purposes",
    "with respect to",
    "in respect of",
)
_PLAIN_VERBS = ("means", "mean", "refers to", "refers only to", "refer to")
_MOST_MARKS = 9  # spaces and marks before a text's first word
_QUALIFIED = 240  # characters between a term and its verb: ', in relation to a Device,'
_BRACKETED = (
    "a an the each any all every such both together collectively or and being as to in this for "
    "referred called known defined it its them they jointly hereinafter purposes of"
)
_IN_BRACKET = frozenset(_BRACKETED.split())
_STARTING = (
    "this that these those it they he she the a an for in if where when as by no any each such "
    "however which what there under upon with"
)
_NO_TERM = frozenset(_STARTING.split())


class Phrase(NamedTuple):
    """A term that a text defines: where it stands, how, and where its meaning begins."""

    term: str
    start: int
    end: int
    how: How
    meaning: int


class _Candidate(NamedTuple):
    """A marked phrase: the span of its words, and the span with its marks."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    is_strong: bool


def phrases_in(provision: Provision, style: TermStyle) -> list[Phrase]:
    """Return the terms that a provision's own text defines, in order of their places."""
    text = provision.text
    found = _marked(provision, style)
    if style.plain_defines:
        taken = {each.term for each in found}
        found = [*(each for each in _plain(text, style) if each.term not in taken), *found]
    return found


def _marked(provision: Provision, style: TermStyle) -> list[Phrase]:
    text = provision.text
    # A phrase both in bold and in quotation marks is one: it is looked at as bold.
    by_words = {(each.start, each.end): each for each in (*_quoted(text), *_strong(provision))}
    candidates = sorted(by_words.values())
    found: list[Phrase] = []
    at = 0
    while at < len(candidates):
        group = _joined(text, candidates, at)
        at += len(group)
        phrases = _defined(text, group, style)
        found += phrases
    return found


def _strong(provision: Provision) -> Iterable[_Candidate]:
    text = provision.text
    for inline in provision.inlines or () if provision.inlines is not UNSET else ():
        start, end = max(0, inline.start), min(inline.end, len(text))
        while start < end and (text[start].isspace() or text[start] in _QUOTES):
            start += 1
        while start < end and (text[end - 1].isspace() or text[end - 1] in '”"’:.,'):
            end -= 1
        if inline.kind == "strong" and start < end and _is_name(text[start:end]):
            first, last = min(start, max(0, inline.start)), max(end, min(inline.end, len(text)))
            first -= text[first - 1 : first] in _QUOTES and first > 0
            last += text[last : last + 1] in _CLOSING and last < len(text)
            yield _Candidate(start, end, first, last, True)


def _quoted(text: str) -> Iterable[_Candidate]:
    at = min((place for mark in '“"' if (place := text.find(mark)) >= 0), default=-1)
    while at >= 0:
        close = text.find(_QUOTES[text[at]], at + 1)
        if close < 0:
            return
        if _is_name(text[at + 1 : close]):
            yield _Candidate(at + 1, close, at, close + 1, False)
        places = [place for mark in '“"' if (place := text.find(mark, close + 1)) >= 0]
        at = min(places, default=-1)


def _is_name(words: str) -> bool:
    """Return whether words may be a term: a few of them, with no end of a sentence among them."""
    return 0 < len(words.split()) <= _MOST_WORDS and not any(mark in words for mark in ".;:?!\n")


def _joined(text: str, candidates: list[_Candidate], at: int) -> list[_Candidate]:
    """Return the candidates from `at` on that are named together: “A”, “B” and “C”."""
    group = [candidates[at]]
    for place in range(at + 1, len(candidates)):
        following = candidates[place]
        between = text[group[-1].outer_end : following.outer_start].strip()
        if between not in (",", "or", "and", ", or", ", and"):
            break
        group.append(following)
    return group


def _defined(text: str, group: list[_Candidate], style: TermStyle) -> list[Phrase]:
    """Return the terms of a group where what is around it defines them."""
    begin, end = group[0].outer_start, group[-1].outer_end
    meaning = verb_end(text, end, style, is_first=begin < _MOST_MARKS and not text[:begin].strip())
    how: How = "full"
    if not meaning:
        how, meaning = "inline", end
        is_bold = style.strong_defines and group[0].is_strong and end - begin < len(text.strip())
        if not is_bold and not _in_bracket(text, begin, end):
            return []
    return [
        Phrase(text[each.start : each.end], each.start, each.end, how, meaning)
        for each in group
        if not style.has_capitals or text[each.start].isupper() or text[each.start].isdecimal()
    ]


def verb_end(text: str, at: int, style: TermStyle, *, is_first: bool) -> int:
    """Return where the verb ends that defines what stands before `at`, 0 where none does.

    A term at the start of a text may be qualified before its verb: ', in relation to a Device,'.
    """
    start = at
    while text[start : start + 1] == " ":
        start += 1
    found = _verb_at(text, start, style)
    if found or not is_first or text[start : start + 1] not in (",", "("):
        return found
    for verb in ("means", "mean", "has the meaning", "have the meaning"):
        place = text.find(f" {verb}", start, start + _QUALIFIED)
        if place >= 0 and ". " not in text[start:place]:
            return _verb_at(text, place + 1, style)
    return 0


def _verb_at(text: str, at: int, style: TermStyle) -> int:
    for verb in style.means:
        end = at + len(verb)
        if text.startswith(verb, at) and not text[end : end + 1].isalnum():
            return 0 if text.startswith(" of ", end) else end
    return 0


def _in_bracket(text: str, begin: int, end: int) -> bool:
    """Return whether a phrase stands in a bracket of its own: '(each a “Charging Group”)'."""
    opening = text.rfind("(", max(0, begin - 60), begin)
    if opening < 0 or text[end : end + 1] != ")":
        return False
    before = text[opening + 1 : begin].replace(",", " ").casefold().split()
    return all(word in _IN_BRACKET for word in before)


def _plain(text: str, style: TermStyle) -> list[Phrase]:
    """Return the terms of a text that begins 'Applicant means' or 'The term Bureau means'."""
    start = len("The term ") if text.startswith("The term ") else 0
    places = [text.find(f" {verb}", start, start + _QUALIFIED) for verb in _PLAIN_VERBS]
    place = min((at for at in places if at >= 0 and _verb_at(text, at + 1, style)), default=-1)
    if place < 0:
        return []
    comma = text.find(",", start, place)
    if comma >= 0 and not text.startswith(_QUALIFIERS, comma + 2):
        return []
    names = text[start : place if comma < 0 else comma]
    if not _may_be_term(names, is_called=bool(start)):
        return []
    meaning = _verb_at(text, place + 1, style)
    joined = text.startswith((" mean ", " mean:", " refer "), place)
    return [
        Phrase(names[first:last], start + first, start + last, "full", meaning)
        for first, last in _split_names(names, is_joined=joined)
    ]


def _may_be_term(names: str, *, is_called: bool) -> bool:
    """Return whether the words before a verb may be a term; `is_called` after 'The term'."""
    if not _is_name(names) or any(mark in names for mark in '“”"('):
        return False
    return is_called or (
        names[0].isupper() and names.split(maxsplit=1)[0].casefold() not in _NO_TERM
    )


def _split_names(names: str, *, is_joined: bool) -> list[tuple[int, int]]:
    """Return the spans of the names in 'Extend credit and extension of credit'."""
    if is_joined:
        for word in (" and ", " or "):
            cut = names.find(word)
            if cut > 0:
                return [(0, cut), (cut + len(word), len(names))]
    return [(0, len(names))]
