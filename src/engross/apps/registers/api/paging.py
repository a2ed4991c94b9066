"""Turning the pages of a list, so that nothing recorded meanwhile is missed or told twice."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Schema

from engross.apps.registers.api.asking import Turned, aware, json_answer
from engross.apps.registers.api.problems import ApiRefused

_signer = Signer(salt="engross.api.cursor")
Rows = Any  # a query set, or what can be sliced and counted as one


class PageOf(Schema):
    """What stands around the rows of a page."""

    count: int = Field(description="How many rows there are on all pages")
    next: str | None = Field(None, description="The address of the next page; null on the last")


@dataclass(frozen=True)
class Turn:
    """Which page was asked for, and the day and moment that all pages of one reading share.

    The first page is of the records as they are; the pages after it are of the records as they
    were known then. `anchor` names the last row of the page before: whatever was recorded with an
    earlier moment since, the page begins behind that row.
    """

    request: HttpRequest
    size: int
    today: date
    known_at: datetime | None
    pinned: datetime
    offset: int = 0
    anchor: str = ""

    def page(self, found: Rows, anchor_of: Callable[[Any], str]) -> "Page":
        """Return the page of what was found; `anchor_of` gives what names a row for good."""
        start = self._start(found, anchor_of) if self.offset else 0
        listed = list(found[start : start + self.size + 1])
        rows = listed[: self.size]
        link = None
        if len(listed) > self.size:
            link = self._link(start + self.size, anchor_of(rows[-1]))
        return Page(rows, Paginator(found, self.size).count, link)

    def _start(self, found: Rows, anchor_of: Callable[[Any], str]) -> int:
        before = list(found[self.offset - 1 : self.offset])
        if before and anchor_of(before[0]) == self.anchor:
            return self.offset
        for place, row in enumerate(found):
            if anchor_of(row) == self.anchor:
                return place + 1
        detail = "The row at which the page before ended is there no more: begin again"
        raise ApiRefused("not-understood", detail)

    def _link(self, offset: int, anchor: str) -> str:
        told = [offset, anchor, self.pinned.isoformat(), self.today.isoformat(), _asked(self)]
        query = self.request.GET.copy()
        query["cursor"] = _signer.sign_object(told, compress=True)
        return f"{self.request.path}?{query.urlencode()}"


@dataclass(frozen=True)
class Page:
    """The rows of a page, how many there are in all, and where the next page is."""

    rows: list[Any]
    count: int
    next: str | None

    def answer(
        self, rows: Sequence[object], *, named: str = "rows", **more: object
    ) -> HttpResponse:
        """Return the page as an answer; `rows` are its rows as JSON, `more` stands beside them."""
        answer = json_answer({"count": self.count, "next": self.next, **more, named: rows})
        if self.next:
            answer["Link"] = f'<{self.next}>; rel="next"'
        return answer


def turn_to(request: HttpRequest, asked: Turned) -> Turn:
    """Return the page that was asked for; raises ApiRefused if the cursor is not one of ours."""
    now = timezone.now()
    first = Turn(
        request, asked.page_size, timezone.localdate(), aware(getattr(asked, "known_at", None)), now
    )
    if not asked.cursor:
        return first
    try:
        offset, anchor, pinned, today, question = _signer.unsign_object(asked.cursor)
    except (BadSignature, ValueError) as error:
        raise ApiRefused("not-understood", "The cursor is none of ours: follow `next`") from error
    if question != _asked(first):
        raise ApiRefused("not-understood", "The cursor belongs to another question: follow `next`")
    moment = datetime.fromisoformat(pinned)
    return Turn(request, asked.page_size, date.fromisoformat(today), first.known_at or moment,
                moment, offset, anchor)  # fmt: skip


def _asked(turn: Turn) -> str:
    """Return a mark of the question, whichever page of it and however long the pages are."""
    apart = ("cursor", "page_size")
    asked = sorted((name, values) for name, values in turn.request.GET.lists() if name not in apart)
    question = f"{turn.request.path}?{urlencode(asked, doseq=True)}"
    return hashlib.sha256(question.encode()).hexdigest()[:16]
