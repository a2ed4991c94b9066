"""Uses of defined terms in a text: longest first, and the local meaning before the general one."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from engross.core.legaltext.places import Places
from engross.core.legaltext.references import Link
from engross.core.legaltext.spans import Span, Spans
from engross.core.legaltext.terms.definitions import EVERYWHERE, Definition, Scope
from engross.core.legaltext.terms.inflections import forms_of
from engross.core.legaltext.terms.styles import TermStyle

_WORD = re.compile(r"[^\W_]+")
_CAPITAL_WORD = re.compile(r"\b[A-Z][^\W_]*")
_SENTENCE_ENDS = '.:;!?“”"()[]–—\n'


class Use(NamedTuple):
    """A use of a term in the text of `node`: its span, and which definition it means."""

    node: int
    start: int
    end: int
    definition: int


class _Forms(NamedTuple):
    """The terms that begin with one word: what each form means, and how long forms are.

    `lengths` are by the second word of a form, '' for forms without one, the longest first. Those
    of a second word include the forms without one.
    """

    meant: dict[str, list[int]]
    lengths: dict[str, list[int]]


class Glossary:
    """The terms of a code by their first words, so that a text is searched once for all of them."""

    def __init__(self, places: Places, definitions: Sequence[Definition], style: TermStyle) -> None:
        self.places = places
        self.definitions = definitions
        self.style = style
        self.everywhere = {at for at, each in enumerate(definitions) if each.scope == EVERYWHERE}
        self.own: dict[int, list[Definition]] = {}
        self.phrases: dict[str, _Forms] = {}
        by_form: dict[str, list[int]] = {}
        known: set[tuple[str, Scope, bool]] = set()
        for at, definition in enumerate(definitions):
            self.own.setdefault(definition.node, []).append(definition)
            name = (definition.term, definition.scope, definition.kind == "pointer")
            if name in known or (definition.names_law and not style.has_capitals):
                continue  # of two definitions in one scope, the first is meant
            known.add(name)
            for form in forms_of(definition.term, style):
                by_form.setdefault(form, []).append(at)
        for form, meant in by_form.items():
            first = _WORD.search(form)
            if first:
                forms = self.phrases.setdefault(first.group(), _Forms({}, {}))
                forms.meant[form] = meant
        for forms in self.phrases.values():
            forms.lengths.update(_lengths(forms.meant))
        self._word = _WORD
        if style.has_capitals and all("A" <= word[0] <= "Z" for word in self.phrases):
            self._word = _CAPITAL_WORD

    def uses_in(self, node: int, skipped: Sequence[Span] = ()) -> list[Use]:
        """Return the uses in a node's text, in order; their spans never overlap.

        Nothing is found in the `skipped` spans, nor a term in the text that defines it.
        """
        text = self.places.provision(node).text
        plain = _searchable(text, self.style)
        own = self.own.get(node, ())
        spans = [*skipped, *((each.start, each.end) for each in own)]
        avoided = Spans(spans) if spans else None
        # What is defined in passing is used in the rest of its text; a full definition is not.
        full = {each.term for each in own if each.kind != "inline"}
        found: list[Use] = []
        last = 0
        phrases = self.phrases
        for match in self._word.finditer(plain):
            known = phrases.get(match[0])
            if known is None or match.start() < last:
                continue
            use = self._use_at(plain, match, known, node)
            if use is None:
                continue
            last = use.end
            if not self._is_avoided(text, use, full, avoided):
                found.append(use)
        return found

    def _use_at(self, plain: str, first: re.Match[str], known: _Forms, node: int) -> Use | None:
        start, after = first.span()
        if start and plain[start - 1] in "-_":
            return None
        second = _WORD.search(plain, after)
        lengths = known.lengths.get(second[0]) if second else None
        meanings = known.meant
        for length in known.lengths[""] if lengths is None else lengths:
            form = plain[start : start + length]
            if form not in meanings:
                continue
            # At the end of a text the slice is shorter, and may be another, shorter form.
            end = start + len(form)
            if not plain[end : end + 1].isalnum():
                definition = self._meant(meanings[form], node)
                if definition is not None:
                    return Use(node, start, end, definition)
        return None

    def _meant(self, meant: list[int], node: int) -> int | None:
        """Return which of the definitions of one term binds at a node: the narrowest."""
        if len(meant) == 1 and meant[0] in self.everywhere:
            return meant[0]
        binding = [at for at in meant if self.binds(self.definitions[at].scope, node)]
        return max(binding, key=lambda at: self._narrowness(at, node), default=None)

    def _narrowness(self, at: int, node: int) -> tuple[int, int, bool]:
        scope = self.definitions[at].scope
        # Of two that bind alike, the first that is no pointer says more.
        return len(scope.document), len(scope.number), self.definitions[at].kind != "pointer"

    def binds(self, scope: Scope, node: int) -> bool:
        """Return whether a definition of this scope binds at a node."""
        if scope == EVERYWHERE:
            return True
        document = self.places.documents[node].document
        number = self.places.number(node) or self.places.stems[node]
        if document in self.style.commentary:
            document, prefix = self.style.commentary[document]
            number = prefix + number
        return document == scope.document and is_under(number, scope.number)

    def _is_avoided(self, text: str, use: Use, full: set[str], avoided: Spans | None) -> bool:
        if avoided is not None and avoided.within(use.start, use.end):
            return True
        if full and self.definitions[use.definition].term in full:
            return True
        return not self.style.has_capitals and _is_proper_name(text, use.start, use.end)


def _lengths(forms: Iterable[str]) -> dict[str, list[int]]:
    """Return how long forms of one first word are, by their second, the longest first."""
    found: dict[str, set[int]] = {"": set()}
    for form in forms:
        words = _WORD.findall(form)
        found.setdefault(words[1] if len(words) > 1 else "", set()).add(len(form))
    alone = found[""]
    return {word: sorted(alone | lengths, reverse=True) for word, lengths in found.items()}


def is_under(number: str, above: str) -> bool:
    """Return whether a number is another, or stands under it: D7.2(a) under D7, D71 not."""
    if not above or number == above:
        return True
    return number.startswith(above) and not number[len(above)].isalnum()


def uses_of(places: Places, glossary: Glossary, links: Iterable[Link]) -> list[Use]:
    """Return every use of a defined term in a code; the words of references are none."""
    skipped: dict[int, list[Span]] = {}
    for link in links:
        span = (link.reference.start, link.reference.end)
        skipped.setdefault(link.node, []).append(span)
    found: list[Use] = []
    for node, provision in enumerate(places.provisions):
        if provision is not None and provision.text:
            found += glossary.uses_in(node, skipped.get(node, ()))
    return found


def _searchable(text: str, style: TermStyle) -> str:
    """Return a text of the same length to look in: plain spaces, and small letters if need be."""
    if "\u00a0" in text or "\n" in text:
        text = text.replace("\u00a0", " ").replace("\n", " ")
    if style.has_capitals:
        return text
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(each.lower() if len(each.lower()) == 1 else each for each in text)


def _is_proper_name(text: str, start: int, end: int) -> bool:
    """Return whether words in capitals are part of a longer name: 'Equal Credit Opportunity Act'.

    Only asked where terms are written small: there, capitals beside a word are those of a name.
    """
    if not text[start].isupper():
        return False
    before = text[max(0, start - 40) : start].rstrip()
    previous = before[-20:].rsplit(None, 1)[-1:] or [""]
    is_start = not before or before[-1] in _SENTENCE_ENDS
    if not is_start and previous[0][:1].isupper():
        return True
    following = text[end : end + 3].lstrip()
    return text[end : end + 1] == " " and following[:1].isupper()
