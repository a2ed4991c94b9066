"""Reading the code's versions and its text: as at a day, as known at a moment."""

from engross.apps.legaltext.queries.editions import (
    DocumentStanding,
    TextEdition,
    code_named,
    documents_on,
    notices_of_text,
    text_editions,
)
from engross.apps.legaltext.queries.history import (
    DocumentEdition,
    HistoryEntry,
    provision_history,
    versions_of,
)
from engross.apps.legaltext.queries.search import Hit, texts_matching
from engross.apps.legaltext.queries.texts import (
    code_as_at,
    code_of_version,
    document_as_at,
    document_names,
)
from engross.apps.legaltext.queries.versions import (
    days_of,
    version_at,
    version_in_force,
    version_keys,
    versions_asked,
    versions_beside,
    versions_between,
    years_of_versions,
)

__all__ = [
    "DocumentEdition",
    "DocumentStanding",
    "HistoryEntry",
    "Hit",
    "TextEdition",
    "code_as_at",
    "code_named",
    "code_of_version",
    "days_of",
    "document_as_at",
    "document_names",
    "documents_on",
    "notices_of_text",
    "provision_history",
    "text_editions",
    "texts_matching",
    "version_at",
    "version_in_force",
    "version_keys",
    "versions_asked",
    "versions_beside",
    "versions_between",
    "versions_of",
    "years_of_versions",
]
