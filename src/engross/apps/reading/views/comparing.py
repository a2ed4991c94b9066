"""Two texts beside each other: two versions, two days, or one with proposals switched on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from engross.adapters.legaltext.redlines import (
    RedlineLines,
    SideRows,
    summary_words,
    table_of_changes,
)
from engross.adapters.legaltext.word_writing import write_redline
from engross.apps.legaltext.queries import notices_of_text, text_editions
from engross.apps.reading.queries.compared_texts import (
    ComparedText,
    documents_of_both,
    text_called,
)
from engross.apps.reading.views.changes import page_class, shown_set
from engross.apps.reading.views.choosing import compare_form, form_answer
from engross.apps.reading.views.paths import safe, with_query
from engross.apps.reading.views.shown import (
    about_the_text,
    file_answer,
    no_text,
    place_of,
    written_editions,
)
from engross.apps.reading.views.switching import cannot_be_on, chosen_text
from engross.core.dates.wording import day_in_words
from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.aligning import align
from engross.core.legaltext.comparison import Comparison, compared
from engross.core.refusals import Refused
from engross.design.parts import Column

MOST_IN_TABLE = 500
MOST_AT_ONCE = 3000  # provisions of both texts that a page shows whole
CHANGES = (
    Column("what", "What happened", link="href"),
    Column("was", "Was", "reference", link="was_href"),
    Column("now", "Now", "reference", link="now_href"),
)
VIEWS = {
    "changes": "Only what changed",
    "whole": "The whole text",
    "sides": "Side by side",
    "table": "Table of changes",
}


@dataclass(frozen=True)
class _Pair:
    """Two texts that are compared; `document` is the path of the one that is, '' for all."""

    old: ComparedText
    new: ComparedText
    documents: list[tuple[str, str]]
    document: str = ""

    @property
    def name(self) -> str:
        """The name of the document that is compared, '' for all."""
        return dict(self.documents).get(self.document, "")

    @property
    def query(self) -> str:
        """What an address of this comparison keeps: the document, and what is switched on."""
        kept = [urlencode({"document": self.document}, safe="/")] if self.document else []
        if self.new.chosen:
            kept.append(with_query(self.new.chosen.sets))
        return "&".join(kept)

    def aligned(self) -> Aligned:
        """Return the two texts, paired."""
        if self.new.chosen and self.old.on == self.new.on and not self.document:
            return self.new.chosen.aligned
        return align(self.old.code(self.name), self.new.code(self.name))


def choose(request: HttpRequest) -> HttpResponse:
    """Show what can be compared, or lead to the comparison that was asked for."""
    if (answer := form_answer(request)) is not None:
        return redirect(answer)
    editions = text_editions()
    context = {
        "title": "Compare two texts",
        "lead": "What changed between any two versions or days, or what open proposals would do.",
        "editions": written_editions(editions, timezone.localdate()),
        "form": compare_form(request, editions),
        **about_the_text(),
    }
    return render(request, "reading/choose.html", context)


def comparison(request: HttpRequest, old: str, new: str) -> HttpResponse:
    """Show what changed between two texts: in one column, in two, or as a table of changes."""
    pair = _pair(request, old, new)
    if isinstance(pair, HttpResponse):
        return pair
    view = request.GET.get("view", "changes")
    view = view if view in VIEWS else "changes"
    aligned = pair.aligned()
    is_long = not pair.document and len(aligned.old) + len(aligned.new) > MOST_AT_ONCE
    result = compared(aligned)
    chosen = pair.new.chosen
    context = {
        "title": f"{_shown(pair.old)} to {_shown(pair.new)}",
        "lead": summary_words(result),
        "old_label": _shown(pair.old),
        "new_label": _shown(pair.new),
        "pair": pair,
        "view": view,
        "is_long": is_long and view in ("whole", "sides"),
        "tabs": _tabs(pair, view),
        "columns": CHANGES,
        "changes": _changes(aligned, result, view, pair),
        "left_out": max(0, len(result.entries) - MOST_IN_TABLE),
        "blocks": _blocks(aligned, result, "changes" if is_long else view),
        "sets": [shown_set(each) for each in chosen.sets] if chosen else [],
        "conflicts": [each.address for each in chosen.conflicts] if chosen else [],
        "form": compare_form(request, text_editions(), pair.old.name, pair.new.name,
                             documents=pair.documents, document=pair.document),
        "files": _files(pair),
        "page_class": page_class(chosen.sets) if chosen else "white",
        **about_the_text(),
    }  # fmt: skip
    return render(request, "reading/comparison.html", context)


def _tabs(pair: _Pair, view: str) -> list[dict[str, Any]]:
    kept = f"&{pair.query}" if pair.query else ""
    return [
        {"label": label, "href": f"?view={key}{kept}", "is_current": key == view}
        for key, label in VIEWS.items()
    ]


def _blocks(aligned: Aligned, result: Comparison, view: str) -> str:
    """Return the redline of a view, written by `redlines`, which escapes every word of the text."""
    if view == "table":
        return ""
    made = SideRows if view == "sides" else RedlineLines
    return safe("".join(made(aligned, result, only_changes=view == "changes")))


def _changes(
    aligned: Aligned, result: Comparison, view: str, pair: _Pair
) -> list[Mapping[str, str]]:
    """Return the table of changes: each line leads to its redline and to the clause as it reads.

    Where the table stands alone, the redline is on another page.
    """
    if view not in ("changes", "table"):
        return []
    lines = table_of_changes(aligned, result)[:MOST_IN_TABLE]
    elsewhere = f"?{pair.query}" if view == "table" else ""
    return [
        {
            **line._asdict(),
            "href": line.href and elsewhere + line.href,
            "was_href": line.was_slug and place_of(line.was_slug, pair.old.on),
            "now_href": line.now_slug and _place_in_new(line.now_slug, pair),
        }
        for line in lines
    ]


def _place_in_new(slug: str, pair: _Pair) -> str:
    place = place_of(slug, pair.new.on)
    return f"{place}?{with_query(pair.new.chosen.sets)}" if pair.new.chosen else place


def _files(pair: _Pair) -> dict[str, str]:
    query = f"?{pair.query}" if pair.query else ""
    names = [pair.old.name, pair.new.name]
    return {
        form: reverse("reading:download-comparison", args=[*names, form]) + query
        for form in ("docx", "json")
    }


def download_comparison(request: HttpRequest, old: str, new: str, form: str) -> HttpResponse:
    """Answer with what changed between two texts, as a Word redline or as JSON."""
    pair = _pair(request, old, new)
    if isinstance(pair, HttpResponse):
        return pair
    aligned = pair.aligned()
    name = "-".join(filter(None, (old, "to", new, *_names(pair), slugify(pair.name))))
    if form == "json":
        content = msgspec.json.encode(compared(aligned))
    else:
        author = " and ".join(_names(pair)) or _shown(pair.new)
        day = pair.new.on.isoformat()
        content = write_redline(aligned, author=author, day=day, note=" ".join(notices_of_text()))
    return file_answer(content, name[:120], form)


def _names(pair: _Pair) -> list[str]:
    return [each.name for each in pair.new.chosen.sets] if pair.new.chosen else []


def _pair(request: HttpRequest, old: str, new: str) -> _Pair | HttpResponse:
    """Return the two texts that an address names; else the page that says what is not there."""
    before, after = text_called(old), text_called(new)
    if before is None or after is None:
        return _no_such(request, old if before is None else new)
    try:
        chosen = chosen_text(request, after.on)
    except Refused as refused:
        return cannot_be_on(request, refused)
    after = replace(after, chosen=chosen)
    documents = documents_of_both(before, after)
    document = request.GET.get("document", "")
    if document and document not in dict(documents):
        names = ", ".join(name for _, name in documents)
        why = f"Neither text has a document {document[:60]!r}"
        remedy = f"The documents are {names}"
        return no_text(request, title="Compare two texts", why=why, remedy=remedy)
    return _Pair(before, after, documents, document)


def _no_such(request: HttpRequest, name: str) -> HttpResponse:
    names = [edition.name for edition in text_editions()]
    remedy = f"There is {', '.join(names)}" if names else "No text is stored yet"
    why = f"There is no text for {name[:60]}"
    near = [{"name": "Choose what to compare", "href": reverse("reading:choose")}]
    return no_text(request, title="Compare two texts", why=why, remedy=remedy, near=near)


def _shown(text: ComparedText) -> str:
    name = f"Version {text.name}" if text.is_version else day_in_words(text.on)
    if text.chosen is None:
        return name
    return f"{name} with {', '.join(dict.fromkeys(each.label for each in text.chosen.sets))}"
