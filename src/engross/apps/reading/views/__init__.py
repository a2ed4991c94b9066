"""The pages of the text: contents, documents, clauses, terms, obligations, two versions."""

from engross.apps.reading.views.changes import clause_changes
from engross.apps.reading.views.comparing import choose, comparison, download_comparison
from engross.apps.reading.views.contents import contents
from engross.apps.reading.views.documents import document
from engross.apps.reading.views.downloads import download, download_code
from engross.apps.reading.views.duties import choose_category, obligations
from engross.apps.reading.views.histories import history
from engross.apps.reading.views.proposal_texts import proposal_text
from engross.apps.reading.views.related import related
from engross.apps.reading.views.terms import term, terms

__all__ = [
    "choose",
    "choose_category",
    "clause_changes",
    "comparison",
    "contents",
    "document",
    "download",
    "download_code",
    "download_comparison",
    "history",
    "obligations",
    "proposal_text",
    "related",
    "term",
    "terms",
]
