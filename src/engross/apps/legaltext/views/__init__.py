"""The pages of the text: its contents, a document, and two versions beside each other."""

from engross.apps.legaltext.views.comparing import choose, comparison, download_comparison
from engross.apps.legaltext.views.reading import contents, document, download, download_code

__all__ = [
    "choose",
    "comparison",
    "contents",
    "document",
    "download",
    "download_code",
    "download_comparison",
]
