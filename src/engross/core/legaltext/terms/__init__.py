"""Defined terms: where they are defined, where they bind, and where they are used.

`styles` is how a code's texts define words, as data; `phrases` finds definitions in one text,
`definitions` in a code, and `entries` makes terms of them; `uses` finds uses, `capitals` the words
that look defined and are not.
"""

from engross.core.legaltext.terms.capitals import Capitalised, undefined_in
from engross.core.legaltext.terms.definitions import (
    EVERYWHERE,
    Definition,
    Scope,
    definitions_of,
    limbs_of,
    pointed_at,
)
from engross.core.legaltext.terms.entries import Entry, entries_of
from engross.core.legaltext.terms.styles import SEC_TERMS, TermStyle, us_regulation_terms
from engross.core.legaltext.terms.uses import Glossary, Use, uses_of

__all__ = [
    "EVERYWHERE",
    "SEC_TERMS",
    "Capitalised",
    "Definition",
    "Entry",
    "Glossary",
    "Scope",
    "TermStyle",
    "Use",
    "definitions_of",
    "entries_of",
    "limbs_of",
    "pointed_at",
    "undefined_in",
    "us_regulation_terms",
    "uses_of",
]
