"""The definitions of a code: each term, where it is defined, and where it binds."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from engross.core.legaltext.numbers import Address
from engross.core.legaltext.places import Places
from engross.core.legaltext.references import Reference, references_in
from engross.core.legaltext.terms.phrases import Phrase, phrases_in
from engross.core.legaltext.terms.styles import TermStyle

_LEAD_INS = ("n this ", "r the purposes of ", "r the purpose of ", "r purposes of ", "s used in ")
_FURTHEST = 90  # characters into a text that a lead-in may begin
_POINTING = ("ed", "t out", "t forth", "given")  # 'as defined in this Section' tells no scope
_CAPTION = 9  # words
_LAWS = ("Act", "Regulations", "Order", "Directive")


class Scope(NamedTuple):
    """Where a definition binds: everywhere, in a document, or under a number of one."""

    document: str = ""
    number: str = ""


EVERYWHERE = Scope()


class Definition(NamedTuple):
    """A term as defined: the span of its name in the text of `node`, and where it binds.

    A pointer ('has the meaning given to that expression in Section D7.8') says where the meaning
    stands; an inline definition is made in passing ('(the "Completion Date")'). A name of a law
    ('Act means the Truth in Lending Act') stands for another text, and its uses for that.
    """

    term: str
    node: int
    start: int
    end: int
    kind: Literal["full", "pointer", "inline"]
    scope: Scope
    pointer: Reference | None = None
    names_law: bool = False


def definitions_of(places: Places, style: TermStyle) -> list[Definition]:
    """Return every definition of a code, in reading order."""
    found: list[Definition] = []
    for node, provision in enumerate(places.provisions):
        if provision is None or places.documents[node].document in style.commentary:
            continue  # a commentary explains terms, and defines none
        phrases = phrases_in(provision, style)
        if style.plain_defines and not phrases:
            phrases = _headed(places, node)
        found += [_definition(places, node, phrase, style) for phrase in phrases]
    return _as_far_as_pointed_at(places, found)


def pointed_at(places: Places, definitions: Sequence[Definition]) -> dict[int, int]:
    """Return for each pointer the definition made in passing that it points at, by their places.

    'Completion Date has the meaning given to that expression in Section D7' and, in D7, '(the
    "Completion Date")' are one definition that is made in two places.
    """
    inline = {
        (each.term, places.documents[each.node].document, places.number(each.node)): at
        for at, each in enumerate(definitions)
        if each.kind == "inline"
    }
    found = {}
    for at, each in enumerate(definitions):
        if each.pointer is not None:
            target = inline.get((each.term, each.pointer.document, each.pointer.number))
            if target is not None:
                found[at] = target
    return found


def _as_far_as_pointed_at(places: Places, definitions: list[Definition]) -> list[Definition]:
    """Let what a pointer names bind wherever the pointer does."""
    for pointer, target in pointed_at(places, definitions).items():
        scope = definitions[pointer].scope
        definitions[target] = definitions[target]._replace(scope=scope)
    return definitions


def limbs_of(places: Places, definition: Definition) -> tuple[int, ...]:
    """Return the nodes of a definition's limbs: the lettered paragraphs under it."""
    children = places.children[definition.node]
    return tuple(child for child in children if places.labels[child][0].startswith("("))


def _definition(places: Places, node: int, phrase: Phrase, style: TermStyle) -> Definition:
    text = places.provision(node).text
    here = Address(places.documents[node].document, places.number(node) or places.stems[node])
    pointer = None
    if phrase.how == "full" and "meaning" in text[phrase.end : phrase.meaning]:
        references = references_in(text, here, style.references)
        pointer = next((each for each in references if each.start >= phrase.meaning), None)
    return Definition(
        term=phrase.term,
        node=node,
        start=phrase.start,
        end=phrase.end,
        kind="pointer" if pointer else phrase.how,
        scope=_scope(places, node, style, EVERYWHERE),
        pointer=pointer,
        names_law=phrase.how == "full" and _names_law(text[phrase.meaning : phrase.meaning + 200]),
    )


def _names_law(meaning: str) -> bool:
    """Return whether a meaning begins with the name of a law: 'the Truth in Lending Act (…)'."""
    words = meaning.split()[:12]
    if words[:1] != ["the"]:
        return False
    for word in words[1:]:
        if word.strip(".,;()") in _LAWS:
            return True
        if not word[0].isupper() and word not in ("and", "of", "in", "for"):
            return False
    return False


def _headed(places: Places, node: int) -> list[Phrase]:
    """Return the term of a caption whose paragraphs define it: 'Adverse action', 'The term means'.

    Or, under 'Credit scoring systems', 'A credit scoring system is a system that …'.
    """
    provision = places.provision(node)
    children = places.children[node]
    caption = provision.text if provision.text else provision.heading or ""
    if not children or not caption or len(caption.split()) > _CAPTION:
        return []
    first = places.provision(children[0]).text
    name = caption.rstrip(". ")
    if first.startswith(("The term means", "The term includes", "The term refers")):
        return [Phrase(name, 0, len(name) if provision.text else 0, "full", len(provision.text))]
    article, _, rest = first.partition(" ")
    said, verb, _ = rest.partition(" is a ")
    lowered = name.casefold()
    if article in ("A", "An") and verb and said and lowered.endswith((said, f"{said}s")):
        start = lowered.rfind(said)
        return [Phrase(said, start, start + len(said), "full", len(provision.text))]
    return []


def _scope(places: Places, node: int, style: TermStyle, otherwise: Scope) -> Scope:
    """Return where a definition at a node binds: as its lead-in says, or its document's kind."""
    above = node
    while above >= 0:
        provision = places.provisions[above]
        stated = _stated(places, above, style) if provision is not None else None
        if stated is not None:
            return stated
        above = places.parents[above]
    document = places.documents[node].document
    if not style.glossaries or document in style.glossaries:
        return otherwise
    return Scope(document)


def _stated(places: Places, node: int, style: TermStyle) -> Scope | None:
    """Return the scope that a text states ('In this Appendix, …'), None where it states none."""
    text = places.provision(node).text
    for phrase in _LEAD_INS:
        at = text.find(phrase, 0, _FURTHEST)
        if at < 0 or text[:at].removesuffix(" i").endswith(_POINTING):
            continue
        start = at + len(phrase) - (len("this ") if phrase.endswith("this ") else 0)
        this = text[start : start + 40].removeprefix("this ")
        if this.startswith(style.references.own_names):
            return EVERYWHERE
        here = Address(places.documents[node].document, places.number(node) or places.stems[node])
        for reference in references_in(text[: start + 120], here, style.references):
            if reference.start == start and reference.kind == "internal":
                return _around(reference, style)
    return None


def _around(reference: Reference, style: TermStyle) -> Scope:
    number = reference.number
    if style.references.is_rooted:
        # The definitions for 'paragraph (a) of this section' stand beside it and use each other.
        number = number.partition("(")[0]
    return Scope(reference.document, number)
