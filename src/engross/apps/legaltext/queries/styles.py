"""How the active code defines and names things in its text, as its data says."""

from dataclasses import replace
from datetime import date

from engross.apps.registers.queries import active_code
from engross.core.codes import Option
from engross.core.legaltext.terms import SEC_TERMS, TermStyle


def term_style(on: date) -> TermStyle:
    """Return how the text of a day defines terms and uses them."""
    glossaries = _names("glossary_documents", on)
    known = _names("known_names", on)
    return replace(SEC_TERMS, glossaries=glossaries, known_names=frozenset(known))


def _names(parameter: str, on: date) -> tuple[str, ...]:
    """Return the names that a parameter holds; before its first value, those of that."""
    known = active_code().parameters.get(parameter)
    if known is None:
        return ()
    first_day = known.values[0][0]
    value = known.on(max(on, first_day))
    return tuple(str(each) for each in value) if isinstance(value, tuple) else (str(value),)


def category_options(on: date) -> dict[str, Option]:
    """Return the Party Categories of a day that the text has words for, by key, in order."""
    options = active_code().options("party_categories", on)
    named = [each for each in options if each.texts("text_words")]
    return {each.key: each for each in sorted(named, key=lambda each: each.number("order"))}
