"""Texts and redlines as HTML: blocks for a page of the site, or a whole page of its own."""

from html import escape
from importlib.resources import files

from engross.adapters.legaltext.redlines.lines import RedlineLines, table_of_changes, text_lines
from engross.adapters.legaltext.redlines.quoted import QuotedLines, quoted_text
from engross.adapters.legaltext.redlines.sides import SideRows
from engross.core.legaltext.aligning import align
from engross.core.legaltext.comparison import Comparison, compared
from engross.core.legaltext.provisions import Code

__all__ = [
    "QuotedLines",
    "RedlineLines",
    "SideRows",
    "quoted_text",
    "redline_html",
    "summary_words",
    "table_of_changes",
    "text_lines",
]


def redline_html(old: Code, new: Code, *, title: str = "") -> bytes:
    """Return a page that shows two texts as one redline, and needs nothing besides itself."""
    aligned = align(old, new)
    comparison = compared(aligned)
    shown = escape(title or " and ".join(d.document for d in new.documents[:2]) or "Comparison")
    style = (files("engross.adapters.legaltext.redlines") / "static" / "redline.css").read_text(
        "utf-8"
    )
    languages = [document.language for document in new.documents] or ["en"]
    head = (
        f'<!doctype html><html lang="{escape(languages[0])}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{shown}: what changed</title><style>{style}</style></head>"
        f'<body class="redline-page"><main><h1>{shown}: what changed</h1>'
        f"<p>{escape(summary_words(comparison))}</p>"
        '<div class="redline">\n'
    )
    body = "".join(RedlineLines(aligned, comparison))
    return f"{head}{body}</div></main></body></html>\n".encode()


def summary_words(comparison: Comparison) -> str:
    """Return how many provisions were changed and how, in one sentence."""
    kinds = comparison.summary.kinds
    if not any(kinds.values()):
        return "Nothing is changed."
    counts = [f"{count} {kind}" for kind, count in kinds.items() if count]
    same = comparison.summary.provisions.unchanged
    return f"{', '.join(counts)}; {same} unchanged."
