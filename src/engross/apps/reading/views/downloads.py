"""The text as files: a document or the whole code, as at a day."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify

from engross.adapters.legaltext.akoma_ntoso import write_akoma
from engross.adapters.legaltext.canonical_json import json_from_code
from engross.adapters.legaltext.word_writing import write_text
from engross.apps.legaltext import queries
from engross.apps.reading.queries import TextWith
from engross.apps.reading.views.missing import nothing_at
from engross.apps.reading.views.shown import AS_A_DAY, day_asked, file_answer, no_text
from engross.apps.reading.views.switching import cannot_be_on, chosen_text
from engross.core.legaltext.numbers.addresses import address_from_slug
from engross.core.legaltext.provisions import Code, Document, provisions_of
from engross.core.refusals import Refused

LONGEST_NAME = 120


def download(request: HttpRequest, slug: str, form: str, day: str | None = None) -> HttpResponse:
    """Answer with the document that an address is in, as a file, as at a day."""
    on = day_asked(request, day)
    try:
        chosen = chosen_text(request, on) if on else None
    except Refused as refused:
        return cannot_be_on(request, refused)
    text = _document(slug, on, chosen) if on else None
    if on is None or text is None:
        return nothing_at(request, slug, on)
    content = _written(Code((text,)), form, on, chosen)
    return file_answer(content, _name(slugify(text.document), on, chosen), form)


def _name(what: str, on: date, chosen: TextWith | None) -> str:
    """Return what a file is called: a text with something switched on says so."""
    names = "-".join(each.name for each in chosen.sets) if chosen else ""
    return f"{what}-{on.isoformat()}{'-with-' if names else ''}{names}"[:LONGEST_NAME]


def _document(slug: str, on: date, chosen: TextWith | None) -> Document | None:
    """Return the document of an address, if what it names stands in it."""
    try:
        address = address_from_slug(slug)
    except ValueError:
        return None
    if chosen is not None:
        listed = chosen.code.documents
        text = next((one for one in listed if one.document == address.document), None)
    else:
        text = queries.document_as_at(address.document, on=on)
    if text is None or not address.number:
        return text
    return text if any(one.number == address.number for one in provisions_of(text)) else None


def download_code(request: HttpRequest, form: str) -> HttpResponse:
    """Answer with the whole text of the code as a file, as at a day."""
    on = day_asked(request)
    try:
        chosen = chosen_text(request, on) if on else None
    except Refused as refused:
        return cannot_be_on(request, refused)
    code = chosen.code if chosen else queries.code_as_at(on=on) if on else None
    if on is None or code is None or not code.documents:
        why = "That is not a day" if on is None else "No text is stored for that day"
        return no_text(request, title="The code", why=why, remedy=AS_A_DAY)
    return file_answer(_written(code, form, on, chosen), _name("code", on, chosen), form)


def _written(code: Code, form: str, on: date, chosen: TextWith | None) -> bytes:
    """Return a text as a file: one document that stands alone, or several as a code."""
    if form == "akn":
        return write_akoma(code, day=on.isoformat())
    if form == "docx":
        notes = [*queries.notices_of_text(), *_said(chosen)]
        return write_text(code, note=" ".join(notes))
    return json_from_code(code)


def _said(chosen: TextWith | None) -> list[str]:
    """Return what a reader of a printed text with something switched on has to know."""
    if chosen is None:
        return []
    names = ", ".join(each.name for each in chosen.sets)
    said = [f"This text is not in force: it reads as it would with {names} switched on."]
    places = ", ".join(dict.fromkeys(each.address for each in chosen.conflicts))
    return [*said, f"What conflicts is left as in force: {places}."] if places else said
