"""What stands around a document's text: its versions with what caused them, files, notices."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone

from engross.apps.audit.queries import latest_event_hash
from engross.apps.legaltext import queries
from engross.apps.legaltext.queries import DocumentEdition
from engross.apps.reading.queries import TextState
from engross.apps.reading.queries.keeping import Kept, named
from engross.apps.reading.queries.version_causes import VersionCause, causes_of_versions
from engross.apps.reading.views.shown import place_of
from engross.core.legaltext.numbers.addresses import document_slug

MOST_CAUSES = 6
MOST_KEPT = 200


class DocumentVersions(NamedTuple):
    """The versions of a document, newest first, each with its page and what caused it.

    `name` names all that they say, for what is made of them.
    """

    name: str
    rows: list[dict[str, Any]]

    @property
    def shown(self) -> dict[str, Any] | None:
        """The version that reads so on the day that is shown."""
        return next((each for each in self.rows if each["is_shown"]), None)


_kept: Kept[str, DocumentVersions] = Kept(MOST_KEPT)


def document_versions(name: str, *, state: TextState, on: date) -> DocumentVersions:
    """Return the versions of a document; read anew when anything at all was recorded since."""
    key = named(f"versions {name} {state.hash} {latest_event_hash()}")
    known = _kept.made(key, lambda: _versions(name))
    return DocumentVersions(known.name, [
        {**each, "is_shown": _holds(each, on), "is_to_come": each["effective_from"] > on}
        for each in known.rows
    ])  # fmt: skip


def _versions(name: str) -> DocumentVersions:
    editions = queries.versions_of(name)
    causes = causes_of_versions(name, {each.version for each in editions if each.version})
    rows = [_version(each, causes.get(each.version, ())) for each in reversed(editions)]
    return DocumentVersions(named(repr(rows)), rows)


def _version(edition: DocumentEdition, causes: Iterable[VersionCause]) -> dict[str, Any]:
    listed = [_cause(each) for each in causes]
    return {
        "number": edition.number,
        "effective_from": edition.effective_from,
        "effective_until": edition.effective_until,
        "published_on": timezone.localdate(edition.recorded_from),
        "version": edition.version,
        "href": place_of(document_slug(edition.name), edition.effective_from),
        "causes": listed[:MOST_CAUSES],
        "more_causes": max(0, len(listed) - MOST_CAUSES),
    }


def _cause(cause: VersionCause) -> dict[str, str]:
    href = ""
    if cause.proposal:
        href = reverse("proposals:proposal", args=[cause.proposal])
    elif cause.change_set:
        href = reverse("releases:change-set", args=[cause.change_set])
    return {"label": cause.label, "title": cause.title, "href": href}


def _holds(version: dict[str, Any], on: date) -> bool:
    ended = version["effective_until"]
    return bool(version["effective_from"] <= on and (ended is None or on < ended))


def files_of(slug: str, on: date) -> dict[str, str]:
    """Return the files of a document as at a day, by their forms."""
    return {
        form: reverse(
            "reading:download", kwargs={"slug": slug, "day": on.isoformat(), "form": form}
        )
        for form in ("docx", "json", "akn")
    }
