"""The contents of the code, and a document or clause as it reads on any day."""

from datetime import date
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.text import slugify

from engross.adapters.legaltext.akoma_ntoso import write_akoma
from engross.adapters.legaltext.canonical_json import json_from_code
from engross.adapters.legaltext.redlines import text_lines
from engross.adapters.legaltext.word_writing import write_text
from engross.apps.legaltext import queries
from engross.apps.reading.views.shown import (
    about_the_text,
    day_asked,
    file_answer,
    no_text,
    place_of,
    shown_documents,
    shown_editions,
)
from engross.core.legaltext.numbers.addresses import Address, address_from_slug, document_slug
from engross.core.legaltext.provisions import Code, Document, Provision
from engross.design.parts import Column

DOCUMENTS = (
    Column("name", "Document", "reference", link="href"),
    Column("title", "Title", "title"),
    Column("number", "Version", "reference"),
    Column("effective_on", "In force from", "day"),
    Column("provisions", "Provisions", "number"),
)


def contents(request: HttpRequest) -> HttpResponse:
    """Show the documents of the code as at a day, and every version of the text."""
    on = day_asked(request)
    if on is None:
        return no_text(request, title="The code", why="That is not a day", remedy=_AS_A_DAY)
    asked = on if request.GET.get("as_at") else None
    today = timezone.localdate()
    context = {
        "title": "The code",
        "lead": "The text of the code as it reads on any day, document by document.",
        "as_at": asked,
        "on": on,
        "columns": DOCUMENTS,
        "documents": [_row(edition, asked) for edition in queries.documents_on(on)],
        "editions": shown_editions(queries.text_editions(), today),
        "files": {
            form: f"{reverse('reading:download-code', args=[form])}?as_at={on.isoformat()}"
            for form in ("docx", "json", "akn")
        },
        **about_the_text(),
    }
    return render(request, "reading/contents.html", context)


def _row(edition: Any, asked: date | None) -> dict[str, Any]:
    return {
        "name": edition.name,
        "href": place_of(document_slug(edition.name), asked),
        "title": edition.title,
        "number": edition.number,
        "effective_on": edition.effective_from,
        "provisions": edition.provisions,
    }


def document(request: HttpRequest, slug: str, day: str | None = None) -> HttpResponse:
    """Show a document, or one clause of it with what stands under it, as at a day."""
    on = day_asked(request, day)
    found = _found(slug, on) if on else None
    if on is None or found is None:
        return _missing(request, slug, on)
    address, text, part = found
    asked = on if day or request.GET.get("as_at") else None
    whole = msgspec.structs.replace(text, provisions=(part,) if part else text.provisions)
    title = f"{text.document}: {text.title}" if text.title else text.document
    context = {
        "title": address_shown(address) if part else title,
        "lead": title if part else "",
        "document": text,
        "is_part": part is not None,
        "href": place_of(document_slug(text.document), asked),
        "page": place_of(slug, None),
        "as_at": asked,
        "on": on,
        # Written by `redlines`, which escapes every word of the text.
        "blocks": mark_safe("".join(list(text_lines(Code((whole,))))[1:])),  # noqa: S308
        "outline": [] if part else _outline(text),
        "files": _files(document_slug(text.document), on),
        "editions": _editions(text.document, asked),
        **about_the_text(),
    }
    return render(request, "reading/document.html", context)


def address_shown(address: Address) -> str:
    """Return a clause's address for people: 'Section D7.2', 'Appendix L, 5.1'."""
    return str(address)


def _found(slug: str, on: date) -> tuple[Address, Document, Provision | None] | None:
    """Return what a path names on a day: its address, its document and the clause, if any."""
    try:
        address = address_from_slug(slug)
    except ValueError:
        return None
    text = queries.document_as_at(address.document, on=on)
    if text is None:
        return None
    if not address.number:
        return address, text, None
    part = _numbered(text.provisions, address.number)
    return (address, text, part) if part is not None else None


def _numbered(provisions: tuple[Provision, ...], number: str) -> Provision | None:
    for provision in provisions:
        if provision.number == number:
            return provision
        if (found := _numbered(provision.children, number)) is not None:
            return found
    return None


def _outline(text: Document) -> list[dict[str, str]]:
    return [
        {"number": one.number, "heading": one.heading or "", "anchor": one.number}
        for one in text.provisions
        if one.number and one.heading
    ]


def _files(slug: str, on: date) -> dict[str, str]:
    return {
        form: reverse(
            "reading:download", kwargs={"slug": slug, "day": on.isoformat(), "form": form}
        )
        for form in ("docx", "json", "akn")
    }


def _editions(name: str, asked: date | None) -> list[dict[str, Any]]:
    """Return the versions of a document, newest first, each with its page."""
    editions = queries.versions_of(name)
    shown = []
    for edition in reversed(editions):
        shown.append(
            {
                "number": edition.number,
                "effective_from": edition.effective_from,
                "version": edition.version,
                "href": place_of(document_slug(edition.name), edition.effective_from),
                "is_shown": asked == edition.effective_from,
            }
        )
    return shown


_AS_A_DAY = "Write the day as 2021-09-30"


def _missing(request: HttpRequest, slug: str, on: date | None) -> HttpResponse:
    if on is None:
        return no_text(request, title="The code", why="That is not a day", remedy=_AS_A_DAY)
    try:
        address = address_from_slug(slug)
    except ValueError:
        return no_text(
            request, title="The code", why=f"{slug!r} names no clause", remedy="See the contents"
        )
    day = f"{on.day} {on:%B %Y}"
    why = f"There is no {address} on {day}"
    documents = [one["name"] for one in shown_documents(queries.code_as_at(on=on), None)]
    known = f"The documents on that day are {', '.join(documents)}" if documents else ""
    remedy = known or "No text is stored for that day"
    return no_text(request, title=str(address), why=why, remedy=remedy)


def download(request: HttpRequest, slug: str, form: str, day: str | None = None) -> HttpResponse:
    """Answer with a document as a file, as at a day."""
    on = day_asked(request, day)
    found = _found(slug, on) if on else None
    if on is None or found is None:
        return _missing(request, slug, on)
    _, text, _ = found
    content = _written(Code((text,)), form, on)
    return file_answer(content, f"{slugify(text.document)}-{on.isoformat()}", form)


def download_code(request: HttpRequest, form: str) -> HttpResponse:
    """Answer with the whole text of the code as a file, as at a day."""
    on = day_asked(request)
    code = queries.code_as_at(on=on) if on else None
    if on is None or code is None or not code.documents:
        why = "That is not a day" if on is None else "No text is stored for that day"
        return no_text(request, title="The code", why=why, remedy=_AS_A_DAY)
    return file_answer(_written(code, form, on), f"code-{on.isoformat()}", form)


def _written(code: Code, form: str, on: date) -> bytes:
    """Return a text as a file: one document that stands alone, or several as a code."""
    if form == "akn":
        return write_akoma(code, day=on.isoformat())
    if form == "docx":
        return write_text(code, note=" ".join(queries.notices_of_text()))
    return json_from_code(code)
