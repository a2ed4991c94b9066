"""Reading a response form that was filled in with Word; what cannot be read is named.

The file is a stranger's: it is opened under the limits of the reader of legal text, made narrow.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engross.adapters.consultation_forms.tags import (
    ANONYMOUS,
    CHECKED,
    CHOOSE,
    CONSULTATION,
    WRITE,
    tag_of,
)
from engross.adapters.consultation_forms.writing import HOW
from engross.adapters.legaltext.word_reading.names import is_on, short, value
from engross.adapters.legaltext.word_reading.opening import (
    LIMITS,
    MEGABYTE,
    main_part,
    open_package,
)
from engross.core.consultations.questions import NOTHING, Given, Question, Shape, read_pounds
from engross.core.refusals import Reason, Refused

FORM_LIMITS = replace(
    LIMITS, file_bytes=5 * MEGABYTE, part_bytes=10 * MEGABYTE, tags=200_000,
    tree_bytes=40 * MEGABYTE, all_bytes=15 * MEGABYTE, members=500,
)  # fmt: skip
MOST_REMARKS = 40
BY_ORDER = "The program that saved it dropped the fields' names: they were read by their order."
_LINES = {"w:br": "\n", "w:cr": "\n", "w:tab": "\t"}
_ANOTHER = "Take the form from the page of this consultation, and fill that one in"
_W14_VAL = "{http://schemas.microsoft.com/office/word/2010/wordml}val"
_PICTURES = frozenset(("w:drawing", "w:pict", "w:object"))


@dataclass(frozen=True)
class FilledForm:
    """What a filled form says, and what of the file was not read, in sentences."""

    answers: dict[int, Given]
    is_anonymous: bool
    remarks: tuple[str, ...]


def read_filled_form(content: bytes, reference: str, questions: Sequence[Question]) -> FilledForm:
    """Return what a form says that was written for a consultation and filled in.

    Raises Refused if it is no Word file, could do harm, or is the form of something else.
    """
    package = open_package(content, FORM_LIMITS)
    root = package.tree(main_part(package))
    fields, by_order = _named(list(_fields(root)), questions)
    _check_reference(fields, reference)
    known = {name for each in questions for name in _tags_of(each)} | {CONSULTATION, ANONYMOUS}
    values = {tag: words for tag, words in reversed(fields) if tag in known}
    remarks = [BY_ORDER] if by_order else []
    remarks += _remarks(root, fields, known, questions)
    answers = {}
    for question in questions:
        given, wrong = _answer(question, values)
        answers[question.number] = given
        remarks += wrong
    return FilledForm(answers, _is_checked(values.get(ANONYMOUS, "")), _told(remarks))


def _told(remarks: list[str]) -> tuple[str, ...]:
    more = len(remarks) - MOST_REMARKS
    kept = remarks[:MOST_REMARKS]
    return (*kept, f"And {more} more of this kind.") if more > 0 else tuple(kept)


def _named(
    fields: list[tuple[str, str]], questions: Sequence[Question]
) -> tuple[list[tuple[str, str]], bool]:
    """Return the fields with their tags, and whether they were given by order.

    LibreOffice up to version 7 saves a form without its tags; its fields are then as many as
    ever and in the same order, and what was read is looked at before it is saved.
    """
    tags = [CONSULTATION, *(tag for each in questions for tag in _tags_of(each)), ANONYMOUS]
    if any(tag for tag, _ in fields) or len(fields) != len(tags):
        return fields, False
    return [(tag, words) for tag, (_, words) in zip(tags, fields, strict=True)], True


def _fields(root: Any) -> Iterator[tuple[str, str]]:
    """Yield the tag and the value of each field, in the file's order."""
    for each in root.iter():
        if short[each.tag] == "w:sdt":
            yield _field(each)


def _field(sdt: Any) -> tuple[str, str]:
    tag, is_empty, checked = "", False, None
    content = None
    for part in sdt:
        if short[part.tag] == "w:sdtContent":
            content = part
        elif short[part.tag] == "w:sdtPr":
            for each in part.iter():
                name = short[each.tag]
                if name == "w:tag":
                    tag = value(each)
                elif name == "w:showingPlcHdr":
                    is_empty = is_on(each)
                elif name == "w14:checked":
                    checked = each.get(_W14_VAL, "1") in ("1", "true", "on")
    if checked is not None:
        return tag, CHECKED if checked else ""
    text = "" if is_empty or content is None else _text(content)
    # Some programs keep the words of an empty field and forget that it is empty.
    return tag, "" if text in (CHOOSE, WRITE) else text


def _text(element: Any) -> str:
    """Return the text in an element: a line for each paragraph, without what is deleted."""
    pieces: list[str] = []
    for each in element.iter():
        name = short[each.tag]
        if name == "w:p" and pieces and pieces[-1] != "\n":
            pieces.append("\n")
        elif name == "w:t":
            pieces.append(each.text or "")
        elif name in _LINES:
            pieces.append(_LINES[name])
    return "".join(pieces).strip()


def _check_reference(fields: Iterable[tuple[str, str]], reference: str) -> None:
    told = {words for tag, words in fields if tag == CONSULTATION}
    if not told:
        raise Refused(Reason("This Word file is no response form of ours", _ANOTHER))
    if told != {reference}:
        other = ", ".join(sorted(each[:20] for each in told - {reference}))
        raise Refused(Reason(f"This is the form of {other}, not of {reference}", _ANOTHER))


def _tags_of(question: Question) -> list[str]:
    """Return the tags of a question's fields, in the order in which they are written."""
    parts = []
    if question.shape is Shape.CHOICE:
        parts.append("choice")
    if question.shape is Shape.COST:
        parts += ["least", "most"]
    if question.shape is Shape.TEXT or question.has_reasons:
        parts.append("words")
    parts.append("confidential")
    return [tag_of(question.number, part) for part in parts]


def _remarks(
    root: Any, fields: list[tuple[str, str]], known: set[str], questions: Sequence[Question]
) -> Iterator[str]:
    counts = Counter(tag for tag, _ in fields)
    for tag, count in counts.items():
        if tag not in known:
            yield f"A field of the file ('{tag[:40] or 'without a tag'}') is none of the form's."
        elif count > 1:
            yield f"The field '{tag[:40]}' stands there {count} times: the first is read."
    for question in questions:
        if not any(tag in counts for tag in _tags_of(question)):
            yield f"Question {question.number} has no field in the file any more."
    own = {" ".join(each.split()) for each in _own_words(questions)}
    for words in _outside(root):
        if " ".join(words.split()) not in own:
            yield f"Outside the fields stands '{_short(words)}'."
    if any(short[each.tag] in _PICTURES for each in root.iter()):
        yield "The file holds a picture or an object."


def _own_words(questions: Sequence[Question]) -> Iterator[str]:
    """Yield what the form itself says below its head, paragraph by paragraph."""
    yield from (HOW, "Your name", "Consultation:", "Do not name us when the answers are published:")
    yield from ("Answer:", "Reasons:", "This answer is confidential:", "The most, of a range:")
    yield "Cost in pounds: one figure, or the least:"
    for each in questions:
        yield f"{each.number}. {each.asks}"
        must = "It must be answered." if each.is_required else ""
        yield " ".join(filter(None, (each.help, must)))


def _outside(root: Any) -> Iterator[str]:
    """Yield the text of each paragraph that stands after the form's head and in no field."""
    has_begun = False
    for paragraph in root.iter():
        if short[paragraph.tag] != "w:p" or _is_in_field(paragraph):
            continue
        words = "".join(
            each.text or "" for each in paragraph.iter()
            if short[each.tag] == "w:t" and not _is_in_field(each)
        ).strip()  # fmt: skip
        if has_begun and words:
            yield words
        # What stands above is the title, which is not kept here.
        has_begun = has_begun or words.startswith(HOW[:40])


def _is_in_field(element: Any) -> bool:
    return any(short[each.tag] == "w:sdtContent" for each in element.iterancestors())


def _answer(question: Question, values: dict[str, str]) -> tuple[Given, list[str]]:
    def of(part: str) -> str:
        return values.get(tag_of(question.number, part), "")

    remarks, choice = [], of("choice")
    if choice and choice not in question.answers:
        remarks.append(f"Question {question.number} has no answer '{_short(choice)}'.")
        choice = ""
    pence: dict[str, int | None] = {"least": None, "most": None}
    for part in pence:
        try:
            pence[part] = read_pounds(of(part)) if of(part) else None
        except ValueError:
            remarks.append(
                f"Question {question.number}: '{_short(of(part))}' is no figure in pounds."
            )
    if pence["least"] is None and pence["most"] is not None:
        remarks.append(f"Question {question.number} has the most and not the least of a range.")
        pence["most"] = None
    given = Given(choice, of("words"), pence["least"], pence["most"])
    if given.is_empty:
        return NOTHING, remarks
    return replace(given, is_confidential=_is_checked(of("confidential"))), remarks


def _is_checked(words: str) -> bool:
    return words in (CHECKED, "\N{BALLOT BOX WITH CHECK}", "x", "X")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}..."
