"""What differs between two versions or days, or between a day and proposals switched on."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query

from engross.apps.legaltext.queries import code_named
from engross.apps.reading import queries
from engross.apps.reading.api.texts import code_router, no_document, switched_on, text_switched
from engross.apps.reading.queries import TextWith
from engross.apps.reading.schemas import ComparisonPage
from engross.apps.registers.api import PROBLEMS, ApiRefused, Turned, turn_to
from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.aligning import align, align_places
from engross.core.legaltext.comparison import compared
from engross.core.legaltext.numbers.addresses import document_slug
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code
from engross.core.refusals import Reason


class ComparisonAsked(Turned):
    """Which two texts are compared."""

    old: str = Field("", max_length=60, description="A version of the code, or a day as "
                     "2021-09-30; today without")  # fmt: skip
    new: str = Field("", max_length=60, description="A version of the code, or a day; not with "
                     "with")  # fmt: skip
    switched_on: str = Field("", alias="with", max_length=2000, description="Open proposals or "
                             "change sets: compares the day old with what they would make "
                             "of it")  # fmt: skip
    document: str = Field("", max_length=120, description="Only this document: its slug or name")


@code_router.get(
    "/compare",
    response={200: ComparisonPage, **PROBLEMS},
    summary="What differs between two texts",
    operation_id="compare_texts",
)
def compare_texts(request: HttpRequest, asked: Query[ComparisonAsked]) -> Any:
    """What changed from one version, day or set of proposals to another, clause by clause."""
    turn = turn_to(request, asked)
    today = timezone.localdate().isoformat()
    old, merged = asked.old or today, None
    if asked.switched_on:
        merged = _merged(request, asked, old)
        aligned = _of_document(merged.aligned, asked.document)
    else:
        aligned = _beside(old, asked.new or today, asked.document)
    found = compared(aligned)
    entries = list(enumerate(found.entries))
    page = turn.page(entries, lambda row: str(row[0]))
    return page.answer(
        [entry for _, entry in page.rows],
        old=old, new=asked.new or (f"{old} with {asked.switched_on}" if merged else today),
        document=asked.document or None, summary=found.summary,
        switched_on=switched_on(merged) if merged else None,
    )  # fmt: skip


def _merged(request: HttpRequest, asked: ComparisonAsked, old: str) -> TextWith:
    on = _day(old)
    if asked.new or on is None:
        reason = Reason("`with` compares a day with what the proposals would make of it",
                        "Give a day as `old`, and no `new`")  # fmt: skip
        raise ApiRefused("not-understood", str(reason), [reason])
    return text_switched(request, asked.switched_on, on=on, known_at=None)


def _beside(old: str, new: str, document: str) -> Aligned:
    before, after = _places(old), _places(new)
    if not document:
        return align_places(before, after)
    pair = [_only(places.code, document) for places in (before, after)]
    if not any(code.documents for code in pair):
        raise no_document(document, (one.document for one in after.code.documents),
                          timezone.localdate())  # fmt: skip
    return align(pair[0], pair[1])


def _of_document(aligned: Aligned, document: str) -> Aligned:
    if not document:
        return aligned
    old, new = _only(aligned.old.code, document), _only(aligned.new.code, document)
    if not old.documents and not new.documents:
        names = (one.document for one in aligned.new.code.documents)
        raise no_document(document, names, timezone.localdate())
    return align(old, new)


def _only(code: Code, document: str) -> Code:
    return Code(tuple(one for one in code.documents
                      if document in {one.document, document_slug(one.document)}))  # fmt: skip


def _places(name: str) -> Places:
    """Return the text of a version or of a day; raises ApiRefused where there is none."""
    day = _day(name)
    if day is not None:
        standing = queries.standing_text(day)
        if standing is not None:
            return standing.places
    code = code_named(name, on=None) if day is None else None
    if code is None:
        remedy = "Give a version of /api/v1/code/versions that has a text, or a day"
        reason = Reason(f"There is no text for {name[:60]!r}", remedy)
        raise ApiRefused("not-found", str(reason), [reason])
    return Places(code)


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None
