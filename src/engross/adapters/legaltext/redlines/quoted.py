"""A redline within another page: its provisions bear no names there, and their numbers no links."""

from collections.abc import Iterator
from html import escape

from engross.adapters.legaltext.redlines.lines import DEEPEST_SHOWN, RedlineLines, depth_of
from engross.adapters.legaltext.redlines.words import deleted, inserted
from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.comparison_entries import Entry
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code
from engross.core.legaltext.redlines import RedlineLine


class QuotedLines(RedlineLines):
    """The blocks of a redline without the titles of documents, for a page that has its own."""

    def _wrapped(
        self, places: Places, node: int, content: str, entry: Entry | None, is_gone: bool
    ) -> str:
        kinds = f' data-change="{" ".join(entry.kinds)}"' if entry else ""
        depth = min(depth_of(places, node), DEEPEST_SHOWN)
        return f'<div class="provision" data-depth="{depth}"{kinds}>{content}</div>\n'

    def _number(self, places: Places, node: int, line: RedlineLine) -> str:
        number = escape(places.number(node))
        if number and line.fate == "deleted":
            number = deleted(number)
        elif number and line.fate == "inserted":
            number = inserted(number)
        return f'<span class="redline-number">{number}</span>'

    def _title(self, line: RedlineLine, entry: Entry | None) -> str:
        return ""


def quoted_text(code: Code) -> Iterator[str]:
    """Yield a text as it stands, block by block, for a page that has names of its own."""
    places = Places(code)
    nodes = list(range(len(places)))
    yield from QuotedLines(Aligned(places, places, nodes, nodes))
