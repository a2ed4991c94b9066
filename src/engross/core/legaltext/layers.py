"""What is derived from a code's text and never typed into it, worked out once when asked for."""

from dataclasses import dataclass, field
from functools import cached_property

from engross.core.legaltext.places import Places
from engross.core.legaltext.references import Link, links_of
from engross.core.legaltext.terms import (
    SEC_TERMS,
    Definition,
    Glossary,
    TermStyle,
    Use,
    definitions_of,
    uses_of,
)


@dataclass(frozen=True)
class Layers:
    """All that is derived from a code's text: references, definitions and uses of terms."""

    places: Places
    style: TermStyle = field(default=SEC_TERMS)

    @cached_property
    def links(self) -> list[Link]:
        """Every reference with what it names."""
        return links_of(self.places, self.style.references)

    @cached_property
    def definitions(self) -> list[Definition]:
        """Every definition, in reading order."""
        return definitions_of(self.places, self.style)

    @cached_property
    def glossary(self) -> Glossary:
        """The definitions, ready to be looked for in texts."""
        return Glossary(self.places, self.definitions, self.style)

    @cached_property
    def uses(self) -> list[Use]:
        """Every use of a defined term, in reading order."""
        return uses_of(self.places, self.glossary, self.links)
