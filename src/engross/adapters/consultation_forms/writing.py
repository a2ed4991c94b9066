"""A consultation's response form as Word, with a field (content control) for each answer."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from engross.adapters.consultation_forms.sheets import Sheet, begun, saved
from engross.adapters.consultation_forms.tags import (
    ANONYMOUS,
    CHOOSE,
    CONSULTATION,
    UNCHECKED,
    WRITE,
    tag_of,
)
from engross.adapters.papers.word_tables import clean, xml_text
from engross.core.consultations.questions import Question, Shape

_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_LOOSE, _KEPT = "<w:pPr/>", "<w:pPr><w:keepNext/></w:pPr>"
HOW = (
    "Answer in the fields and leave everything else as it is: only the fields are read. "
    "Save the file as a Word document (.docx) and send it on the page of the consultation; there "
    "you see what was read before it is handed in."
)


def form_word(sheet: Sheet, questions: Sequence[Question]) -> bytes:
    """Return the form to be filled in as the bytes of a .docx."""
    document = begun(sheet)
    document.add_paragraph(HOW)
    _add(document, _locked("Consultation", CONSULTATION, sheet.reference))
    for question in questions:
        document.add_heading(clean(f"{question.number}. {question.asks}"), level=2)
        if words := " ".join(_hints(question)):
            hint = document.add_paragraph(clean(words), style="Paper Remark")
            hint.paragraph_format.keep_with_next = True
        # A question stands on one page: what is confidential is marked beside its answer.
        *others, last = _fields(question)
        for field in others:
            _add(document, field.replace(_LOOSE, _KEPT, 1))
        _add(document, last)
    document.add_heading("Your name", level=2)
    _add(document, _checkbox("Do not name us when the answers are published", ANONYMOUS))
    return saved(document)


def _hints(question: Question) -> Iterator[str]:
    if question.help:
        yield question.help
    if question.is_required:
        yield "It must be answered."


def _fields(question: Question) -> Iterator[str]:
    number = question.number
    if question.shape is Shape.CHOICE:
        yield _choice(f"Answer to question {number}", tag_of(number, "choice"), question.answers)
    if question.shape is Shape.COST:
        yield _text("Cost in pounds: one figure, or the least", tag_of(number, "least"))
        yield _text("The most, of a range", tag_of(number, "most"))
    if question.shape is Shape.TEXT or question.has_reasons:
        label = "Answer" if question.shape is Shape.TEXT else "Reasons"
        yield _text(label, tag_of(number, "words"))
    yield _checkbox("This answer is confidential", tag_of(number, "confidential"))


def _add(document: WordDocument, xml: str) -> None:
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))


def _paragraph(label: str, field: str) -> str:
    """Return a paragraph of a label and the field beside it."""
    words = f'<w:r><w:t xml:space="preserve">{xml_text(label)}: </w:t></w:r>' if label else ""
    return f"<w:p {nsdecls('w')} {_W14}>{_LOOSE}{words}{field}</w:p>"


def _field(label: str, tag: str, kind: str, shown: str, *, is_empty: bool) -> str:
    grey = '<w:rPr><w:shd w:val="clear" w:color="auto" w:fill="E7E6E1"/></w:rPr>'
    empty = "<w:showingPlcHdr/>" if is_empty else ""
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(clean(label)[:64])}/>"
        f"<w:tag w:val={quoteattr(tag)}/>{empty}{kind}</w:sdtPr>"
        f"<w:sdtContent><w:r>{grey}<w:t>{xml_text(shown)}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def _locked(label: str, tag: str, value: str) -> str:
    kind = '<w:lock w:val="sdtContentLocked"/><w:text/>'
    return _paragraph(label, _field(label, tag, kind, value, is_empty=False))


def _text(label: str, tag: str) -> str:
    kind = '<w:text w:multiLine="1"/>'
    return _paragraph(label, _field(label, tag, kind, WRITE, is_empty=True))


def _choice(label: str, tag: str, answers: Sequence[str]) -> str:
    items = "".join(
        f"<w:listItem w:displayText={quoteattr(clean(each))} w:value={quoteattr(clean(each))}/>"
        for each in dict.fromkeys(answers)
    )
    kind = f"<w:dropDownList>{items}</w:dropDownList>"
    return _paragraph("Answer", _field(label, tag, kind, CHOOSE, is_empty=True))


def _checkbox(label: str, tag: str) -> str:
    kind = (
        '<w14:checkbox><w14:checked w14:val="0"/>'
        '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
    )
    return _paragraph(label, _field(label, tag, kind, UNCHECKED, is_empty=False))
