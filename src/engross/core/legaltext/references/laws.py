"""Names of other laws after a number: 'of the Electricity Act 1989', 'of its Energy Licence'."""

from engross.core.legaltext.references.lists import skip_spaces

_ENDS = ',.;:()[]“”"'
_JOINS = frozenset(("of", "and", "the", "for", "on", "in", "to"))
_NOUNS = frozenset(("licence", "licences", "act", "regulations", "directive"))
_BEFORE = frozenset(("the", "that", "its", "his", "her", "their", "each", "such", "a", "an", "any"))
_LONGEST = 120


def law_at(text: str, at: int) -> int:
    """Return where the name of a law that begins at `at` ends, 0 where none stands there.

    A name is words with capitals and what joins them ('the Electricity Act 1989'), or a plain
    noun for a law ('its licence').
    """
    name_end, end, size = 0, at, len(text)
    while end < size and end - at < _LONGEST and text[end] not in _ENDS:
        stop = word_end(text, end)
        word = text[end:stop]
        if word[0].isupper() or word in _NOUNS or (name_end and word[0].isdecimal()):
            name_end = stop
        elif word not in (_JOINS if name_end else _BEFORE):
            break
        end = skip_spaces(text, stop)
    return name_end


def word_end(text: str, at: int) -> int:
    """Return where the word at `at` ends: at a space or a mark that no name holds."""
    end, size = at, len(text)
    while end < size and not text[end].isspace() and text[end] not in _ENDS:
        end += 1
    return end
