"""Terms as a glossary lists them: one entry for all definitions of a term that bind alike."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from engross.core.legaltext.terms.definitions import EVERYWHERE, Definition, Scope

_NOT_IN_A_PATH = re.compile(r"[^\w]+")


class Entry(NamedTuple):
    """A term of a glossary: where it binds, and the definitions that make it, by their places.

    `slug` names it in addresses; terms of one slug differ in their scope.
    """

    term: str
    slug: str
    scope: Scope
    definitions: tuple[int, ...]

    @property
    def is_local(self) -> bool:
        """Say whether it binds in a part of the code only."""
        return self.scope != EVERYWHERE


def entries_of(definitions: Sequence[Definition]) -> list[Entry]:
    """Return the terms of a code from A to Z, those that bind everywhere before local ones."""
    found: dict[tuple[str, Scope], list[int]] = {}
    for at, definition in enumerate(definitions):
        found.setdefault((definition.term, definition.scope), []).append(at)
    ordered = sorted(found, key=lambda name: (name[0].casefold(), name[0], name[1]))
    slugs = _slugs(term for term, _ in ordered)
    return [Entry(term, slugs[term], scope, tuple(found[term, scope])) for term, scope in ordered]


def _slugs(terms: Iterable[str]) -> dict[str, str]:
    """Return what each term is called in an address; no two terms alike."""
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    for term in terms:
        if term in slugs:
            continue
        plain = _NOT_IN_A_PATH.sub("-", term.casefold()).strip("-_") or "term"
        slug, times = plain, 1
        while slug in taken:
            times += 1
            slug = f"{plain}-{times}"
        slugs[term] = slug
        taken.add(slug)
    return slugs
