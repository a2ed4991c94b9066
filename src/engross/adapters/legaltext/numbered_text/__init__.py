"""Numbered text and Markdown: one paragraph a line, its number first.

Markdown is what has headings ('## D1 Raising a proposal'); in it '**' and its like are marks, and a
comment before a paragraph says what its number does not (`<!-- level 2 -->`). Plain text has none
of these: every sign in it is text. Nothing that stands in a file is lost; what looks odd is
remarked upon with its line.
"""

from engross.adapters.legaltext.numbered_text.raw_lines import is_marked_up
from engross.adapters.legaltext.numbered_text.reading import ReadText, read_numbered_text
from engross.adapters.legaltext.numbered_text.writing import (
    Written,
    plain_lines,
    written_markdown,
    written_plain,
)

__all__ = [
    "ReadText",
    "Written",
    "is_marked_up",
    "plain_lines",
    "read_numbered_text",
    "written_markdown",
    "written_plain",
]
