"""The pages of the text: its contents, a document, and two versions beside each other."""

from engross.apps.reading.views.comparing import choose, comparison, download_comparison
from engross.apps.reading.views.documents import contents, document, download, download_code

__all__ = [
    "choose",
    "comparison",
    "contents",
    "document",
    "download",
    "download_code",
    "download_comparison",
]
