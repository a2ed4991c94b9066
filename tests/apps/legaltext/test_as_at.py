"""Whatever is published in whatever order, every day reads as published and as it was known."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import F, Q, QuerySet
from hypothesis import given, settings
from hypothesis import strategies as st

from engross.apps.legaltext.commands import ImportReport
from engross.apps.legaltext.models import Placement
from engross.apps.legaltext.queries import code_as_at
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, text_hash
from engross.core.legaltext.storability import reasons_against_storing
from engross.core.refusals import Refused
from tests.support.legal_texts import families
from tests.support.stored_texts import FIRST_DAY, PUBLISHED, store, without_ids

pytestmark = pytest.mark.django_db

OFFSETS = range(6)
DAYS = [FIRST_DAY + timedelta(days=each) for each in range(-1, 7)]
Known = dict[tuple[date, datetime], Code]


@settings(max_examples=25)
@given(families(4), st.permutations(range(4)), st.lists(st.sampled_from(OFFSETS), min_size=4))
def test_every_publication_is_read_back_and_changes_nothing_else(
    texts: list[Code], order: list[int], offsets: list[int]
) -> None:
    with transaction.atomic():
        _publish_and_look(texts, order, offsets)
        transaction.set_rollback(True)


def _publish_and_look(texts: list[Code], order: list[int], offsets: list[int]) -> None:
    known: Known = {}
    for at, (which, offset) in enumerate(zip(order, offsets, strict=False)):
        on, text = FIRST_DAY + timedelta(days=offset), texts[which]
        if not text.documents or reasons_against_storing(Places(text)):
            continue
        before = {day: code_as_at(on=day) for day in DAYS}
        report = _stored(text, on=on, days=at)
        if report is None:
            assert before == {day: code_as_at(on=day) for day in DAYS}
            continue
        after = {day: code_as_at(on=day) for day in DAYS}
        ends = [each.holds_until for each in report.documents]
        changes = {day for day in DAYS[1:] if before[day] != before[day - timedelta(days=1)]}
        first_end = min({day for day in {*ends, *changes} if day and day > on}, default=date.max)
        last_end = max((day or date.max for day in ends), default=date.max)
        for day in DAYS:
            if on <= day < first_end:
                assert without_ids(after[day]) == without_ids(text)
                assert text_hash(after[day]) == report.text_hash
            elif day < on or (day >= last_end and not report.removed):
                assert after[day] == before[day]
        _look_at_what_was_known(known)
        known |= {(day, PUBLISHED + timedelta(days=at)): after[day] for day in DAYS}
        assert not _standing_twice().exists()


def _stored(text: Code, *, on: date, days: int) -> ImportReport | None:
    """Take a text in; None where it would have a provision stand twice."""
    try:
        return store(*text.documents, on=on, days=days, whole=True, reason="Published anew")
    except Refused as refused:
        if "stands in" not in str(refused):
            raise
        return None


def _look_at_what_was_known(known: Known) -> None:
    for (day, moment), text in known.items():
        assert code_as_at(on=day, known_at=moment) == text


def _standing_twice() -> QuerySet[Placement, Placement]:
    """Return live placements of one provision that share a day."""
    live = Placement.objects.known_at(None)
    other = "provision__placements"
    return live.filter(
        Q(effective_until__isnull=True) | Q(effective_until__gt=F(f"{other}__effective_from")),
        Q(**{f"{other}__effective_until__isnull": True})
        | Q(**{f"{other}__effective_until__gt": F("effective_from")}),
        **{f"{other}__recorded_until__isnull": True, f"{other}__pk__gt": F("pk")},
    )
