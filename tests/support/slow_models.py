"""The obvious way to say what the engine says quickly: slow, short, and hard to get wrong."""

import unicodedata
from collections.abc import Sequence


def words_and_marks(text: str) -> list[str]:
    """Return the words and single marks of a text; an accent belongs to its letter."""
    found: list[str] = []
    inside = False
    for letter in text:
        part_of_word = letter.isalnum() or letter == "_" or unicodedata.category(letter)[0] == "M"
        if letter.isspace():
            inside = False
        elif part_of_word and inside:
            found[-1] += letter
        else:
            found.append(letter)
            inside = part_of_word
    return found


def fewest_edits(old: Sequence[object], new: Sequence[object]) -> int:
    """Return how many elements have to be taken away or put there, by the table of all pairs."""
    row = list(range(len(new) + 1))
    for above, one in enumerate(old, 1):
        before, row = row, [above]
        for at, other in enumerate(new, 1):
            least = min(before[at], row[at - 1]) + 1
            row.append(min(least, before[at - 1]) if one == other else least)
    return row[-1]


def most_in_common(old: Sequence[object], new: Sequence[object]) -> int:
    """Return how many elements two sequences have in common in order, at most."""
    return (len(old) + len(new) - fewest_edits(old, new)) // 2
