"""What is derived from a code's text and never typed into it, worked out once when asked for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, TypeVar

from engross.core.legaltext.places import Places
from engross.core.legaltext.references import Link, links_of
from engross.core.legaltext.spans import Span
from engross.core.legaltext.terms import (
    SEC_TERMS,
    Definition,
    Entry,
    Glossary,
    TermStyle,
    Use,
    definitions_of,
    entries_of,
    uses_of,
)

T = TypeVar("T")


class Keep(Protocol):
    """Gives a part of the layers again where it is kept under its name, else makes it."""

    def __call__(self, part: str, kind: Any, make: Callable[[], T], /) -> T:
        """Return the part; `kind` is its type."""


def _made_anew(part: str, kind: Any, make: Callable[[], T], /) -> T:
    return make()


@dataclass(frozen=True)
class Layers:
    """All that is derived from a code's text: references, definitions and uses of terms.

    `keep` is asked for what is dear to work out: by its name and type, with how it is made.
    """

    places: Places
    style: TermStyle = field(default=SEC_TERMS)
    keep: Keep = field(default=_made_anew, compare=False)

    @cached_property
    def links(self) -> list[Link]:
        """Every reference with what it names."""
        return self.keep("links", list[Link], lambda: links_of(self.places, self.style.references))

    @cached_property
    def definitions(self) -> list[Definition]:
        """Every definition, in reading order."""
        return self.keep(
            "definitions", list[Definition], lambda: definitions_of(self.places, self.style)
        )

    @cached_property
    def glossary(self) -> Glossary:
        """The definitions, ready to be looked for in texts."""
        return Glossary(self.places, self.definitions, self.style)

    @cached_property
    def uses(self) -> list[Use]:
        """Every use of a defined term, in reading order."""
        return self.keep("uses", list[Use], lambda: uses_of(self.places, self.glossary, self.links))

    @cached_property
    def links_from(self) -> dict[int, list[Link]]:
        """The references in the text of every node that holds any."""
        found: dict[int, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.node, []).append(link)
        return found

    @cached_property
    def links_to(self) -> dict[int, list[Link]]:
        """The references that name a node, by that node; a range names each of its nodes."""
        found: dict[int, list[Link]] = {}
        for link in self.links:
            for target in link.targets:
                found.setdefault(target, []).append(link)
        return found

    def uses_in(self, node: int) -> list[Use]:
        """Return the uses of terms in one node's text, without looking through all others."""
        spans: list[Span] = [
            (link.reference.start, link.reference.end) for link in self.links_from.get(node, ())
        ]
        return self.glossary.uses_in(node, spans)

    @cached_property
    def definitions_in(self) -> dict[int, list[int]]:
        """The definitions in the text of every node that holds any, by their places."""
        found: dict[int, list[int]] = {}
        for at, definition in enumerate(self.definitions):
            found.setdefault(definition.node, []).append(at)
        return found

    @cached_property
    def entries(self) -> list[Entry]:
        """The terms of the code from A to Z."""
        return entries_of(self.definitions)

    @cached_property
    def entry_of(self) -> dict[int, Entry]:
        """The term that each definition makes, by the definition's place."""
        return {at: entry for entry in self.entries for at in entry.definitions}
