"""The forms in which a term is used: one and many."""

from engross.core.legaltext.terms.styles import TermStyle

_LINKS = frozenset(("of", "for", "to", "in", "on", "with", "under"))
_HISSES = ("s", "x", "z", "ch", "sh")


def forms_of(term: str, style: TermStyle) -> set[str]:
    """Return the forms of a term that are looked for: 'Party', 'Parties'; 'Charges', 'Charge'.

    The last word is inflected, and the one before an 'of' where the style has it so.
    """
    term = " ".join(term.split())
    if not style.has_capitals:
        term = term.lower()
    words = term.split(" ")
    forms = {term, *(_with(words, -1, form) for form in (plural(words[-1]), singular(words[-1])))}
    if style.has_plural_heads:
        for at, word in enumerate(words[1:]):
            if word in _LINKS:
                forms.add(_with(words, at, plural(words[at])))
                break
    return {form for form in forms if form}


def _with(words: list[str], at: int, word: str) -> str:
    changed = list(words)
    changed[at] = word
    return " ".join(changed)


def plural(word: str) -> str:
    """Return the plural of an English word: Parties, Days, Indexes."""
    if word.endswith("y") and word[-2:-1].lower() not in ("a", "e", "i", "o", "u", ""):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.lower().endswith(_HISSES) else f"{word}s"


def singular(word: str) -> str:
    """Return the singular of an English plural, and any other word as it is."""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    is_plural = word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3
    return word[:-1] if is_plural else word
