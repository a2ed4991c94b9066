"""Reading the text as at a day: what is derived from it, and what is proposed for it.

For terms, references and duties begin with `layers_as_at(day)`; everything else is asked of what
that gives, and its nodes are those of `CodeLayers.places`. `text_with` switches change sets on.
"""

from engross.apps.reading.queries.applicability import (
    Counted,
    applications_for,
    categories_on,
    lifted_for,
    obligations_by_document,
)
from engross.apps.reading.queries.choosing import chosen_sets, names_asked
from engross.apps.reading.queries.layers import CodeLayers, layers_as_at, layers_key
from engross.apps.reading.queries.open_sets import SetSeen, open_sets, sets_seen
from engross.apps.reading.queries.references import references_from, references_to
from engross.apps.reading.queries.switched import LeftOut, TextWith, text_with, text_with_sets
from engross.apps.reading.queries.terms import (
    Meaning,
    TermUses,
    meanings_of,
    term_named,
    terms_called,
    terms_matching,
    uses_of_term,
)
from engross.apps.reading.queries.texts import (
    StandingText,
    TextState,
    newest_text,
    standing_text,
    text_state,
)

__all__ = [
    "CodeLayers",
    "Counted",
    "LeftOut",
    "Meaning",
    "SetSeen",
    "StandingText",
    "TermUses",
    "TextState",
    "TextWith",
    "applications_for",
    "categories_on",
    "chosen_sets",
    "layers_as_at",
    "layers_key",
    "lifted_for",
    "meanings_of",
    "names_asked",
    "newest_text",
    "obligations_by_document",
    "open_sets",
    "references_from",
    "references_to",
    "sets_seen",
    "standing_text",
    "term_named",
    "terms_called",
    "terms_matching",
    "text_state",
    "text_with",
    "text_with_sets",
    "uses_of_term",
]
