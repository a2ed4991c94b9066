"""What a document's page shows of its text and its versions, and of what is open.

The parts are made once for the same text, versions, change sets and day: what a reader may not see
is not among the sets that the parts are kept under, and so in none of them.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from engross.adapters.legaltext.redlines.linked import html_of
from engross.apps.reading.queries.keeping import Kept
from engross.apps.reading.views.applying import Applied, Asked, applied, filter_choices
from engross.apps.reading.views.gutter import gutter_marks
from engross.apps.reading.views.paths import safe
from engross.apps.reading.views.proposed import proposed
from engross.apps.reading.views.shown import place_of
from engross.apps.reading.views.surroundings import DocumentVersions
from engross.apps.reading.views.visits import Visit
from engross.core.legaltext.numbers.addresses import document_slug

MOST_KEPT = 24  # of a megabyte or so


class DocumentParts(NamedTuple):
    """Parts of a document's page, as HTML.

    `above` stands over the text: how it stands, what can be switched on, for whom it is shown.
    """

    above: SafeString
    text: SafeString
    outline: SafeString
    versions: SafeString


_kept: Kept[tuple[object, ...], DocumentParts] = Kept(MOST_KEPT)


def document_parts(visit: Visit, asked: Asked, versions: DocumentVersions) -> DocumentParts:
    """Return the parts of a document's page; kept where nobody chose anything but the day."""
    if visit.chosen is not None or asked != Asked():
        return _parts(visit, asked, versions)
    today = timezone.localdate()
    name = (visit.page.key, visit.changes.sets, versions.name, visit.on, visit.asked, today)
    return _kept.made(name, lambda: _parts(visit, asked, versions))


def forget_parts() -> None:
    """Keep no parts in this process any more."""
    _kept.forget()


def _parts(visit: Visit, asked: Asked, versions: DocumentVersions) -> DocumentParts:
    application = applied(visit, asked)
    context = {
        "document": visit.page,
        "application": application,
        "filter": filter_choices(asked, visit),
        "versions": versions.rows,
        "href": place_of(document_slug(visit.page.name), visit.asked),
        "as_at": visit.asked,
        "on": visit.on,
        **proposed(visit, versions.rows),
    }
    return DocumentParts(
        above=render_to_string("reading/parts/above_text.html", context),
        text=_text(visit, application, gutter_marks(visit)),
        outline=safe(visit.shown(visit.page.outline)),
        versions=render_to_string("reading/versions.html", context),
    )


def _text(visit: Visit, application: Applied | None, gutter: Mapping[str, str]) -> SafeString:
    """Return the text of a document with what this visit puts between its blocks."""
    if application is None:
        blocks = [html_of(block, before=gutter.get(block.key, "")) for block in visit.page.blocks]
        return safe(visit.shown("".join(blocks)))
    return safe(visit.shown("".join(_filtered(visit, application, gutter))))


def _filtered(visit: Visit, application: Applied, gutter: Mapping[str, str]) -> Iterator[str]:
    """Yield the blocks with how each applies; what is left out is counted where it stood."""
    left_out = 0
    for block in visit.page.blocks:
        if application.is_left_out(block):
            left_out += 1
            continue
        if left_out:
            yield _gap(left_out)
            left_out = 0
        yield html_of(
            block,
            marks=application.marks(block),
            before=gutter.get(block.key, ""),
            after=application.after(block),
        )
    if left_out:
        yield _gap(left_out)


def _gap(count: int) -> str:
    noun = "provision" if count == 1 else "provisions"
    return f'<p class="redline-gap">{count} {noun} not shown</p>\n'
