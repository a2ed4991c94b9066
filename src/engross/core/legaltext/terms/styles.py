"""How a code's texts define words and use them: data that the reading of terms is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engross.core.legaltext.references import SEC_STYLE, ReferenceStyle, us_regulation_style

MEANS = (
    "means", "mean", "shall mean", "has the meaning", "have the meaning", "has the same meaning",
    "have the same meaning", "shall have the meaning", "shall bear the meaning", "includes",
    "include", "refers to", "refer to", "refers only to", "is defined in", "shall be construed",
)  # fmt: skip

KNOWN_NAMES = (
    "Great Britain", "United Kingdom", "England", "Wales", "Scotland", "England and Wales",
    "London", "European Union", "Parliament",
)  # fmt: skip


@dataclass(frozen=True)
class TermStyle:
    """How terms are defined and used in a code's texts.

    With `has_capitals` a term is used in its own spelling ('Working Day'), else in any case.
    `glossaries` are the documents whose definitions bind in all others; elsewhere a definition
    binds in its own document, unless it says more. None named: all bind everywhere.
    With `strong_defines` a word in bold is defined where it stands; with `plain_defines` a
    paragraph that begins 'Applicant means' or is headed 'Adverse action' defines without any mark.
    `has_plural_heads` finds 'Letters of Credit' for 'Letter of Credit'. `commentary` names
    documents that comment on another: the document, and what its numbers leave out there.
    `known_names` are words in capitals that need no definition.
    """

    references: ReferenceStyle
    has_capitals: bool = True
    glossaries: tuple[str, ...] = ()
    strong_defines: bool = False
    plain_defines: bool = False
    has_plural_heads: bool = True
    commentary: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    known_names: frozenset[str] = frozenset()
    means: tuple[str, ...] = MEANS


SEC_TERMS = TermStyle(
    references=SEC_STYLE,
    glossaries=("Section A",),
    strong_defines=True,
    known_names=frozenset(KNOWN_NAMES),
)


def us_regulation_terms(*, part: str, main: str, commentary: str) -> TermStyle:
    """Return how a part of the Code of Federal Regulations defines and uses terms.

    The parameters are those of `us_regulation_style`.
    """
    return TermStyle(
        references=us_regulation_style(part=part, main=main, commentary=commentary),
        has_capitals=False,
        plain_defines=True,
        has_plural_heads=False,
        commentary={commentary: (main, f"{part}.")},
    )
