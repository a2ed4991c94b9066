"""A paper as a Word file, in the organisation's own template."""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from docxtpl import DocxTemplate
from jinja2 import TemplateError

from engross.adapters.papers.annex import checks_table, figures_table, published_table
from engross.adapters.papers.charts import DrawnChart
from engross.adapters.papers.problems import PaperProblem, PaperRefused
from engross.adapters.papers.word_blocks import WordWriter
from engross.adapters.papers.word_template import default_word_template
from engross.core.reports.papers import Heading, Paper, PaperHead, Text
from engross.core.reports.wording import printed_day

_BODY, _CONTENTS = "\u2063paper body\u2063", "\u2063paper contents\u2063"
_ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)


def paper_word(
    paper: Paper, charts: Mapping[str, DrawnChart], template: Path | None = None
) -> bytes:
    """Return a paper as the bytes of a .docx, the same for the same paper and template.

    Raises PaperRefused if the template cannot be filled or has no place for the text.
    """
    document = _filled(paper.head, template)
    writer = WordWriter(document, _place(document, _BODY, "{{ body }}", template), charts)
    contents = _found(document, _CONTENTS)
    if contents is not None:
        writer.contents(contents, [each for each in paper.blocks if isinstance(each, Heading)])
    writer.blocks(paper.blocks)
    _annex(writer, paper)
    writer.finish()
    _describe(document, paper.head)
    return _same_every_time(document)


def _filled(head: PaperHead, template: Path | None) -> WordDocument:
    source = template.read_bytes() if template else default_word_template()
    filled = io.BytesIO()
    try:
        word = DocxTemplate(io.BytesIO(source))
        word.render(_fields(head), autoescape=True)
        word.save(filled)
    except (TemplateError, KeyError, ValueError, zipfile.BadZipFile) as fault:
        remedy = "Put the fields as the default template has them"
        raise PaperRefused([PaperProblem(_name(template), 0, str(fault), remedy)]) from fault
    filled.seek(0)
    return Document(filled)


def _fields(head: PaperHead) -> dict[str, object]:
    return {
        "organisation": head.organisation,
        "title": head.title,
        "full_title": head.full_title,
        "month": head.month.name,
        "reference": head.reference,
        "action": head.action,
        "class_name": head.paper_class.name,
        "class_sentence": head.paper_class.sentence,
        "facts": [{"name": name, "words": words} for name, words in _facts(head) if words],
        "body": _BODY,
        "contents": _CONTENTS,
    }


def _facts(head: PaperHead) -> list[tuple[str, str]]:
    return [
        ("Paper reference", head.reference),
        ("To", head.body),
        ("Action", head.action),
        ("Author", head.author_role),
        ("Date", "" if head.author_on is None else printed_day(head.author_on)),
        ("Issue", str(head.version) if head.version > 1 else ""),
        *(("Attachment", f"{each.title} ({each.paper_class.name})") for each in head.attachments),
        ("Class", f"{head.paper_class.name}. {head.paper_class.sentence}"),
    ]


def _place(document: WordDocument, mark: str, field: str, template: Path | None) -> WordParagraph:
    if (found := _found(document, mark)) is not None:
        return found
    what = f"The template has no paragraph {field}"
    raise PaperRefused([PaperProblem(_name(template), 0, what, "Add it where the text goes")])


def _found(document: WordDocument, mark: str) -> WordParagraph | None:
    return next((each for each in document.paragraphs if each.text.strip() == mark), None)


def _annex(writer: WordWriter, paper: Paper) -> None:
    if not paper.figures:
        return
    writer.heading(_head(1, "Annex: figures, methods and checks"))
    if published := published_table(paper):
        writer.heading(_head(2, "Published figures beside ours"))
        writer.rows(published)
    if paper.checks:
        writer.heading(_head(2, "Checks"))
        writer.rows(checks_table(paper))
    writer.heading(_head(2, "Figures and their methods"))
    writer.rows(figures_table(paper))
    writer.remark(f"SHA-256 of the figures: {paper.frozen_hash}")


def _head(level: int, words: str) -> Heading:
    return Heading(level, (Text(words),), is_numbered=False)


def _describe(document: WordDocument, head: PaperHead) -> None:
    moment = datetime.combine(head.author_on or head.month.last_day, time(), UTC)
    about = document.core_properties
    about.title, about.author, about.language = head.full_title, head.organisation, head.language
    about.subject, about.last_modified_by = head.purpose[:255], head.organisation
    about.created = about.modified = moment.replace(tzinfo=None)
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), head.language)


def _same_every_time(document: WordDocument) -> bytes:
    saved, target = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as was, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as now:
        for item in was.infolist():
            fixed = zipfile.ZipInfo(item.filename, _ZIP_MOMENT)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            now.writestr(fixed, was.read(item), compresslevel=4)
    return target.getvalue()


def _name(template: Path | None) -> str:
    return "the default Word template" if template is None else template.name
