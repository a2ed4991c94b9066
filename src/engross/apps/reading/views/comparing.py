"""Two versions of the code beside each other, as one redline."""

from datetime import date

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from engross.adapters.legaltext.redlines import RedlineLines, summary_words, table_of_changes
from engross.adapters.legaltext.word_writing import write_redline
from engross.apps.legaltext import queries
from engross.apps.reading.views.shown import (
    about_the_text,
    file_answer,
    no_text,
    shown_editions,
)
from engross.core.legaltext.aligning import align
from engross.core.legaltext.comparison import compared
from engross.core.legaltext.numbers.addresses import document_slug
from engross.core.legaltext.provisions import Code
from engross.design.parts import Column

MOST_IN_TABLE = 500
CHANGES = (
    Column("what", "What happened"),
    Column("was", "Was", "reference"),
    Column("now", "Now", "reference", link="href"),
)


def choose(request: HttpRequest) -> HttpResponse:
    """Show the versions that can be compared, or lead to the comparison that was asked for."""
    old, new = request.GET.get("old", ""), request.GET.get("new", "")
    if old and new and "/" not in old + new:
        return redirect("reading:compare", old=old, new=new)
    editions = queries.text_editions()
    context = {
        "title": "Compare two versions",
        "lead": "What changed in the text between any two versions, or any two days.",
        "editions": shown_editions(editions, timezone.localdate()),
        "names": [edition.name for edition in reversed(editions)],
        **about_the_text(),
    }
    return render(request, "reading/choose.html", context)


def comparison(request: HttpRequest, old: str, new: str) -> HttpResponse:
    """Show what changed between two versions or days: a table of changes, then the redline."""
    texts = _texts(old, new)
    if isinstance(texts, str):
        return _no_such(request, texts)
    before, after = _of_document(texts, request.GET.get("document", ""))
    aligned = align(before, after)
    result = compared(aligned)
    is_whole = bool(request.GET.get("all"))
    lines = RedlineLines(aligned, result, only_changes=not is_whole)
    context = {
        "title": f"{_shown(old)} to {_shown(new)}",
        "lead": summary_words(result),
        "old": old,
        "new": new,
        "is_whole": is_whole,
        "documents": _documents(texts),
        "chosen": request.GET.get("document", ""),
        "columns": CHANGES,
        "changes": [line._asdict() for line in table_of_changes(aligned, result)[:MOST_IN_TABLE]],
        "left_out": max(0, len(result.entries) - MOST_IN_TABLE),
        # Written by `redlines`, which escapes every word of the text.
        "blocks": mark_safe("".join(lines)),  # noqa: S308
        "files": {
            form: reverse("reading:download-comparison", args=[old, new, form])
            for form in ("docx", "json")
        },
        **about_the_text(),
    }
    return render(request, "reading/comparison.html", context)


def download_comparison(request: HttpRequest, old: str, new: str, form: str) -> HttpResponse:
    """Answer with what changed between two versions, as a Word redline or as JSON."""
    texts = _texts(old, new)
    if isinstance(texts, str):
        return _no_such(request, texts)
    aligned = align(*texts)
    if form == "json":
        content = msgspec.json.encode(compared(aligned))
    else:
        note = " ".join(queries.notices_of_text())
        content = write_redline(aligned, author=_shown(new), day=_iso_day(new), note=note)
    return file_answer(content, f"{old}-to-{new}", form)


def _texts(old: str, new: str) -> tuple[Code, Code] | str:
    """Return two texts by their versions or days; the name of the first that is not there."""
    before = queries.code_named(old, on=_day(old))
    if before is None:
        return old
    after = queries.code_named(new, on=_day(new))
    return new if after is None else (before, after)


def _no_such(request: HttpRequest, name: str) -> HttpResponse:
    names = [edition.name for edition in queries.text_editions()]
    remedy = f"There is {', '.join(names)}" if names else "No text is stored yet"
    return no_text(
        request, title="Compare two versions", why=f"There is no text for {name}", remedy=remedy
    )


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None


def _iso_day(name: str) -> str:
    day = _day(name)
    if day is None:
        editions = (one for one in queries.text_editions() if one.version == name)
        day = next((edition.effective_on for edition in editions), None)
    return day.isoformat() if day else ""


def _shown(name: str) -> str:
    day = _day(name)
    return f"{day.day} {day:%B %Y}" if day else f"Version {name}"


def _of_document(texts: tuple[Code, Code], slug: str) -> tuple[Code, Code]:
    """Return the same document of both texts; both whole where none is chosen."""
    if not slug:
        return texts
    chosen = [
        Code(tuple(one for one in text.documents if document_slug(one.document) == slug))
        for text in texts
    ]
    return (chosen[0], chosen[1]) if chosen[0].documents or chosen[1].documents else texts


def _documents(texts: tuple[Code, Code]) -> list[tuple[str, str]]:
    names = dict.fromkeys(one.document for text in reversed(texts) for one in text.documents)
    return [(document_slug(name), name) for name in names]
