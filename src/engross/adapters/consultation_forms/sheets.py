"""The Word file that a consultation's form and collation are both written on."""

import io
from dataclasses import dataclass

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from engross.adapters.papers.word_tables import clean
from engross.adapters.papers.word_template import add_field, default_word_template


@dataclass(frozen=True)
class Sheet:
    """What stands at the head of the file, and the words below each page."""

    reference: str
    title: str
    subtitle: str
    organisation: str
    class_name: str
    class_sentence: str


def begun(sheet: Sheet) -> WordDocument:
    """Return a Word file that has its head and page furniture, and no text yet."""
    document = Document(io.BytesIO(default_word_template()))
    for each in list(document.element.body):
        if each.tag != qn("w:sectPr"):
            document.element.body.remove(each)
    _furniture(document, sheet)
    document.add_paragraph(clean(sheet.organisation))
    document.add_paragraph(clean(sheet.title), style="Title")
    document.add_paragraph(clean(sheet.subtitle), style="Subtitle")
    about = document.core_properties
    about.title, about.author = clean(sheet.title)[:255], clean(sheet.organisation)[:255]
    return document


def _furniture(document: WordDocument, sheet: Sheet) -> None:
    section = document.sections[0]
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (header, footer):
        for run in list(paragraph.runs):
            paragraph._p.remove(run._r)
    header.add_run(clean(f"{sheet.reference}  {sheet.title[:80]}\t"))
    header.add_run(sheet.class_name).bold = True
    footer.add_run(clean(f"{sheet.class_name}. {sheet.class_sentence}\tPage "))
    add_field(footer, "PAGE")
    footer.add_run(" of ")
    add_field(footer, "NUMPAGES")


def saved(document: WordDocument) -> bytes:
    """Return a Word file as bytes."""
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
