"""What a Word file cannot hold, which is refused, and what it does not carry, which is listed."""

from collections.abc import Iterator
from itertools import chain, pairwise

from engross.adapters.legaltext.word_writing.paragraphs import bookmark_name
from engross.core.legaltext.marks import Inlines
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Provision
from engross.core.refusals import Reason, Refused

_RAISED = ("superscript", "subscript")
_NOTED = ("footnote", "link")


def refuse_unwritable_line(said: str) -> None:
    """Raise Refused where a line that we write beside the text holds what XML cannot."""
    if sign := _unwritable(said):
        what = f"'{said.replace(sign, '?')}' holds the character U+{ord(sign):04X}"
        raise Refused(Reason(what, "Take it out: Word cannot hold it"))


def refuse_unwritable(places: Places) -> None:
    """Raise Refused with every provision that holds what no Word file can hold.

    That is a character which XML has no place for, such as a null, and a table or row that is
    empty.
    """
    reasons = [
        reason
        for node, provision in enumerate(places.provisions)
        for reason in _reasons_against(places, node, provision)
    ]
    if reasons:
        raise Refused(reasons)


def _reasons_against(places: Places, node: int, provision: Provision | None) -> Iterator[Reason]:
    if provision is None:
        document = places.documents[node]
        said = f"{document.document}{document.title}{document.language}"
    else:
        said = f"{provision.number}{provision.heading or ''}{provision.text}"
        if provision.inlines:
            said += "".join(mark.note or "" for mark in provision.inlines)
        if provision.table:
            rows = provision.table.rows
            said += "".join(chain.from_iterable(rows))
            if not rows or not all(rows):
                yield Reason(
                    f"{places.shown(node)} has a table or a row without cells, "
                    "which Word cannot hold",
                    "Take it out, or give it a cell",
                )
    if not said.isprintable() and (sign := _unwritable(said)):
        yield Reason(
            f"{places.shown(node)} holds the character U+{ord(sign):04X}, which Word cannot hold",
            "Take it out of the text",
        )


def _unwritable(text: str) -> str:
    """Return the first character that XML cannot hold; '' for none."""
    return next(
        (
            sign
            for sign in text
            if (sign < " " and sign not in "\n\t")
            or "\ud800" <= sign <= "\udfff"
            or sign in "\ufffe\uffff"
        ),
        "",
    )


def losses_of(code: Code) -> list[str]:
    """Return what a Word file of a text does not carry; with none, it is read back as it was."""
    if not code.documents:
        return []
    found: list[str] = []
    language = code.documents[0].language
    for document in code.documents:
        if document.language != language:
            found.append(
                f"{document.document}: its language, for the first document's is one for all"
            )
    places = Places(code)
    for node, provision in enumerate(places.provisions):
        if provision is not None and (provision.id or provision.inlines):
            found += [f"{places.shown(node)}: {lost}" for lost in _lost(provision)]
    return found


def _lost(provision: Provision) -> Iterator[str]:
    if provision.id and not bookmark_name(provision.id):
        yield f"its id '{provision.id}', for a bookmark holds 32 letters, digits and hyphens"
    if provision.inlines:
        yield from _lost_marks(provision.inlines)


def _lost_marks(marks: Inlines) -> Iterator[str]:
    in_order = sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind))
    if list(marks) != in_order:
        yield "the order of its marks"
    for mark in marks:
        if mark.start == mark.end and mark.kind != "footnote":
            yield f"a mark over nothing ({mark.kind})"
        elif (mark.kind in _NOTED) != isinstance(mark.note, str) or (
            mark.kind == "link" and not mark.note
        ):
            yield f"a {mark.kind} without a note, or a note where none belongs"
    for kind in {mark.kind for mark in marks}:
        alike = [mark for mark in in_order if mark.kind == kind]
        if any(two.start <= one.end for one, two in pairwise(alike)):
            yield f"that two marks lie over or beside each other ({kind})"
    raised = [mark for mark in in_order if mark.kind in _RAISED]
    if any(two.start < one.end and one.kind != two.kind for one, two in pairwise(raised)):
        yield "that letters are both raised and lowered"
