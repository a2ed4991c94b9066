"""Reading the code's versions and its text: as at a day, as known at a moment."""

from engross.apps.legaltext.queries.decisions import applicability_decisions
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
from engross.apps.legaltext.queries.search import (
    WORDINGS_MATCHING,
    Hit,
    Recorded,
    hits_of,
    latest_recording,
    placements_on,
    recorded_after,
    stands_at,
    texts_matching,
    wordings_after,
    wordings_with,
)
from engross.apps.legaltext.queries.texts import (
    code_as_at,
    code_of_version,
    document_as_at,
    document_names,
)
from engross.apps.legaltext.queries.touched import provision_standing, provisions_touched
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
    "WORDINGS_MATCHING",
    "DocumentEdition",
    "DocumentStanding",
    "HistoryEntry",
    "Hit",
    "Recorded",
    "TextEdition",
    "applicability_decisions",
    "code_as_at",
    "code_named",
    "code_of_version",
    "days_of",
    "document_as_at",
    "document_names",
    "documents_on",
    "hits_of",
    "latest_recording",
    "notices_of_text",
    "placements_on",
    "provision_history",
    "provision_standing",
    "provisions_touched",
    "recorded_after",
    "stands_at",
    "text_editions",
    "texts_matching",
    "version_at",
    "version_in_force",
    "version_keys",
    "versions_asked",
    "versions_beside",
    "versions_between",
    "versions_of",
    "wordings_after",
    "wordings_with",
    "years_of_versions",
]
