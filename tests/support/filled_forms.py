"""A response form filled in as Word fills it in."""

import io
from collections.abc import Mapping
from typing import Any

from docx import Document
from docx.oxml.ns import qn

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def filled_in(form: bytes, values: Mapping[str, str | bool], *, beside: str = "") -> bytes:
    """Return a form with values in its fields, by tag; `beside` is written below them all."""
    document = Document(io.BytesIO(form))
    for field in document.element.body.iter(qn("w:sdt")):
        about = field.find(qn("w:sdtPr"))
        value = values.get(about.find(qn("w:tag")).get(qn("w:val")))
        if isinstance(value, bool):
            for checked in about.iter(f"{W14}checked"):
                checked.set(f"{W14}val", "1" if value else "0")
        elif value is not None:
            for empty in about.findall(qn("w:showingPlcHdr")):
                about.remove(empty)
            _write(field.find(qn("w:sdtContent")), value)
    if beside:
        document.add_paragraph(beside)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _write(content: Any, words: str) -> None:
    first = next(content.iter(qn("w:t")))
    run = first.getparent()
    lines = words.split("\n")
    first.text = lines[0]
    for line in lines[1:]:
        run.append(run.makeelement(qn("w:br"), {}))
        text = run.makeelement(qn("w:t"), {})
        text.text = line
        run.append(text)
