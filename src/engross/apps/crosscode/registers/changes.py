"""Other codes' changes, and what reviews found them to mean for this code."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from engross.apps.crosscode.models import ImpactReview, OtherChange, OtherChangeDetails
from engross.apps.registers.queries import active_code, in_batches
from engross.apps.registers.registers import Register, add_register
from engross.core.crosscode.identifiers import (
    IndustryCode,
    change_name,
    codes_named,
    industry_codes,
    read_change,
)
from engross.core.crosscode.sheets import needs_new_review
from engross.core.refusals import Reason
from engross.core.registers.columns import Column, Kind, Value
from engross.core.registers.timelines import Telling

CHANGE_COLUMN = Column(
    "change", "The other code and its reference", Kind.REFERENCE, required=True,
    refers_to="cross-code-changes", longest=120, example="REC R0216",
)  # fmt: skip
# What a sheet says of a change, beside its code and reference.
TOLD = (
    Column("title", "Its title"),
    Column("proposer", "Who raised it", longest=200),
    Column("raised_on", "The day it was raised", Kind.DAY, example="2026-03-10"),
    Column("summary", "What it is about", longest=2000),
    Column("stage", "Its stage, in the other code's word", longest=120, example="Definition"),
    Column("route", "Its route, in the other code's word", longest=120),
    Column("impacted_parties", "Whom it affects", longest=500),
    Column("cross_code_impact", "What it means for other codes", longest=2000),
    Column("affected_codes", "The other codes that it affects", longest=300, example="SEC, BSC"),
    Column("implementation_state", "How sure its implementation is", Kind.CHOICE,
           choices="tranche_states"),
    Column("implementation", "Its implementation as the code words it",
           example="June 2026 release"),
    Column("implementation_on", "The day it goes live", Kind.DAY),
    Column("link", "Where more about it is published", Kind.LINK),
    Column("last_updated", "The day the other code last changed its row", Kind.DAY),
    Column("priority", "Its priority, in the other code's word", longest=60),
    Column("lead_code", "The code that leads", Kind.CHOICE, choices="industry_codes"),
)  # fmt: skip


def codes_known() -> tuple[IndustryCode, ...]:
    """Return this code and the others that its data names."""
    return _codes_of(active_code().key)


@cache
def _codes_of(code_key: str) -> tuple[IndustryCode, ...]:
    return industry_codes(active_code())


def own_code() -> IndustryCode | None:
    """Return this code as the other codes know it; None if its data does not say."""
    return next((each for each in codes_known() if each.is_own), None)


def other_change_key(text: str) -> str | None:
    """Return the key of the other code's change that `text` names, or None if it is none."""
    name = read_change(text, codes_known())
    return name.key if name and not name.code.is_own else None


def _named(values: Mapping[str, Value]) -> Any:
    codes = {each.key: each for each in codes_known()}
    return change_name(codes[str(values["code"])], str(values["reference"]))


def _new_change(key: str, values: Mapping[str, Value]) -> dict[str, Any]:
    return {"label": str(_named(values)), "code": values["code"]}


def _change_agrees(values: Mapping[str, Value]) -> Iterable[Reason]:
    if (name := _named(values)).key != values["change"]:
        what = f"The code and reference are those of {name}, not of the change named"
        yield Reason(what, f"Write {name} as the change, or correct its code and reference")


def _project(touched: set[int]) -> None:
    """Keep each change's name, latest finding and need of a review in step with its records."""
    own = own_code()
    codes = {each.key: each for each in codes_known()}
    for batch in in_batches(touched):
        told, reviews = _versions_of(batch), _latest_reviews(batch)
        changes = list(OtherChange.objects.filter(pk__in=batch).order_by("pk"))
        for change in changes:
            versions, review = told.get(change.pk, []), reviews.get(change.pk)
            now = _as_known(versions, None)
            seen = _as_known(versions, review[1]) if review else None
            change.finding = review[0] if review else ""
            change.needs_review = needs_new_review(seen, now)
            if now:
                change.label = str(change_name(codes[change.code], now["reference"]))
                change.names_us = own in codes_named(now["affected_codes"], codes.values())
        fields = ["finding", "needs_review", "label", "names_us"]
        OtherChange.objects.bulk_update(changes, fields)


Version = tuple[datetime, datetime | None, dict[str, str]]


def _versions_of(batch: list[int]) -> dict[int, list[Version]]:
    """Return each change's versions ever: from when until when known, and what they say."""
    fields = ["reference", *(column.name for column in TOLD)]
    rows = OtherChangeDetails.objects.filter(change__in=batch).order_by("recorded_at", "pk")
    found: dict[int, list[Version]] = {}
    for pk, since, until, *cells in rows.values_list(
        "change_id", "recorded_at", "superseded_at", *fields
    ):
        texts = ("" if each is None else str(each) for each in cells)
        found.setdefault(pk, []).append((since, until, dict(zip(fields, texts, strict=True))))
    return found


def _latest_reviews(batch: list[int]) -> dict[int, tuple[str, datetime]]:
    """Return each change's latest review: its finding, and when it was recorded."""
    rows = ImpactReview.objects.known_at(None).filter(change__in=batch)
    ordered = rows.order_by("reviewed_on", "recorded_at", "pk")
    fields = ("change_id", "finding", "recorded_at")
    return {pk: (finding, at) for pk, finding, at in ordered.values_list(*fields)}


def _as_known(versions: list[Version], moment: datetime | None) -> dict[str, str] | None:
    """Return what was known of a change at a moment, or is now; None if nothing."""
    for since, until, content in versions:
        if moment is None and until is None:
            return content
        if moment and since <= moment and (until is None or until > moment):
            return content
    return None


def _reviewed_in_time(values: Mapping[str, Value]) -> Iterable[Reason]:
    if not str(values["grounds"] or "").strip():
        yield Reason("A review needs its reason", "Say why it has this impact, or none")


cross_code_changes = add_register(
    Register(
        name="cross-code-changes",
        title="Changes of other codes",
        meaning="What other codes are changing, as they told it: the Central Modifications "
        "Register as known here",
        model=OtherChangeDetails,
        columns=(
            Column("change", "The code and its reference", Kind.IDENTIFIER, required=True,
                   identifies=True, longest=120, example="REC R0216"),
            Column("code", "The code", Kind.CHOICE, required=True, choices="industry_codes",
                   example="rec"),
            Column("reference", "The code's own reference", Kind.IDENTIFIER, required=True,
                   longest=80, example="R0216"),
            *TOLD,
        ),
        key=("change",),
        order=("change",),
        filters=("code", "implementation_state", "lead_code"),
        row_rules=_change_agrees,
        identity=OtherChange,
        parse_identity=other_change_key,
        new_identity=_new_change,
        hidden_from_lists=("change", "summary", "cross_code_impact", "impacted_parties", "link"),
        tells=(
            Telling("raised_on", "Raised", ("By {proposer}",)),
            Telling("implementation_on", "Implementation", ("{implementation}",)),
        ),
        after_change=_project,
    )
)  # fmt: skip

cross_code_reviews = add_register(
    Register(
        name="cross-code-reviews",
        title="Reviews of other codes' changes",
        meaning="What each change of another code was found to mean for this code, and why",
        model=ImpactReview,
        columns=(
            CHANGE_COLUMN,
            Column("reviewed_on", "The day of the review", Kind.DAY, required=True,
                   example="2026-06-04"),
            Column("finding", "What it found", Kind.CHOICE, required=True,
                   choices="impact_findings", example="possible"),
            Column("grounds", "Why", required=True, longest=2000,
                   example="It changes a message that Smart Metering Systems carry"),
        ),
        key=("change", "reviewed_on"),
        order=("reviewed_on", "change"),
        day="reviewed_on",
        filters=("finding",),
        row_rules=_reviewed_in_time,
        tells=(Telling("reviewed_on", "Reviewed: {finding}", ("{grounds}",)),),
        after_change=_project,
    )
)  # fmt: skip
