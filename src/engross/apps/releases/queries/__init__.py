"""Reading releases, what goes live in each, and the changes they make to the text."""

from engross.apps.releases.queries.change_sets import (
    base_of,
    change_set_named,
    change_set_of,
    drafts_called,
    latest_version,
    latest_versions,
    open_change_sets,
)
from engross.apps.releases.queries.compositions import (
    Composed,
    composed,
    compositions_of,
    resolutions_of,
)
from engross.apps.releases.queries.releases import (
    Coming,
    Part,
    parts_of_release,
    parts_of_version,
    proposals_by_version,
    release_at,
    release_keys,
    releases_after,
    releases_asked,
    releases_beside,
    states_by_release,
    versions_of,
    years_of_releases,
)

__all__ = [
    "Coming",
    "Composed",
    "Part",
    "base_of",
    "change_set_named",
    "change_set_of",
    "composed",
    "compositions_of",
    "drafts_called",
    "latest_version",
    "latest_versions",
    "open_change_sets",
    "parts_of_release",
    "parts_of_version",
    "proposals_by_version",
    "release_at",
    "release_keys",
    "releases_after",
    "releases_asked",
    "releases_beside",
    "resolutions_of",
    "states_by_release",
    "versions_of",
    "years_of_releases",
]
