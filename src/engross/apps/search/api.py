"""The search as an operation of the API: what was found, page by page."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from engross.apps.accounts.queries import who_reads
from engross.apps.registers.api import (
    PROBLEMS,
    PageOf,
    Turned,
    plain_values,
    turn_to,
)
from engross.apps.search.commands import catch_up, log_hits_read
from engross.apps.search.queries import (
    MOST_DEEP,
    SORTS,
    Asked,
    Chosen,
    Found,
    ShownHit,
    asked_for,
    found_by,
    jump_for,
)
from engross.core.search import DayRange, Piece

router = Router(tags=["Search"])


class SearchQuery(Turned):
    """What the search can be asked; `q` may hold filters of its own, as in the box."""

    q: str = Field("", max_length=400, description='Words, "phrases", beginnings*, -without, '
                   "and filters such as kind:proposal", examples=["metering"])  # fmt: skip
    kind: str = Field("", max_length=40, description="A kind of thing, such as clause or proposal")
    category: str = Field("", max_length=60, description="A Party Category: its key or name")
    paper_class: str = Field("", max_length=40, description="A class of paper")
    since: date | None = Field(None, description="With a day on or after this one")
    until: date | None = Field(None, description="With a day on or before this one")
    as_at: date | None = Field(None, description="In the text and records as at this day")
    sort: str = Field("", max_length=20, description=f"One of {', '.join(SORTS)}")
    page_size: int = Field(20, ge=1, le=100, description="Hits on a page")


class HitItem(Schema):
    """A thing that was found; words that were looked for stand between ** in `around`."""

    kind: str
    title: str
    url: str
    around: str | None = None
    day_from: date | None = Field(None, description="Its day, or since when it is so")
    day_until: date | None = Field(None, description="The first day on which it is so no longer")
    paper_class: str | None = None


class JumpItem(Schema):
    """The one thing that is called exactly what was asked for."""

    title: str
    url: str


class HitPage(PageOf):
    """A page of what was found."""

    jump: JumpItem | None = None
    corrected: str | None = Field(None, description="What was searched for instead, where nothing "
                                  "holds what was asked")  # fmt: skip
    kinds: dict[str, int] = Field(description="How many there are of each kind, chosen or not")
    notes: list[str] = Field(description="What of the question was not understood")
    behind: list[str] = Field(description="What is left out, as it is being read in just now")
    rows: list[HitItem]


@router.get("", response={200: HitPage, **PROBLEMS}, summary="Search everything",
            operation_id="search")  # fmt: skip
def search(request: HttpRequest, asked: Query[SearchQuery]) -> HttpResponse:
    """The clauses, proposals, papers, meetings, Parties, versions and lists that hold words."""
    reader = who_reads(request)
    turn = turn_to(request, asked)
    question = asked_for(
        asked.q, reader=reader, on=turn.today, as_at=asked.as_at, sort=asked.sort,
        behind=catch_up(),
        chosen=Chosen(
            kinds=_given(asked.kind), categories=_given(asked.category),
            classes=_given(asked.paper_class), days=DayRange(asked.since, _after(asked.until)),
        ),
    )  # fmt: skip
    found = _FoundRows(question)
    page = turn.page(found, _name)
    log_hits_read(page.rows, reader=reader, at=timezone.now())
    jump = jump_for(question) if turn.offset == 0 else None
    answer = page.answer(
        [_item(hit) for hit in page.rows],
        jump={"title": jump.title, "url": jump.href} if jump else None,
        corrected=found.told.corrected or None,
        kinds=dict(found.told.counts),
        notes=list(question.notes),
        behind=sorted(question.behind),
    )
    if question.behind:
        # It is whole a moment later, with nothing recorded since: no mark may stand for it.
        answer["Cache-Control"] = "no-store"
    return answer


def _given(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def _after(day: date | None) -> date | None:
    return day + timedelta(days=1) if day and day < date.max else None


def _name(hit: ShownHit) -> str:
    """Return what names a hit for good."""
    return f"{hit.source}/{hit.key}" if hit.key else f"{hit.kind}{hit.href}"


def _item(hit: ShownHit) -> dict[str, Any]:
    return {
        "kind": hit.kind,
        "title": hit.plain_title,
        "url": hit.href,
        "around": "".join(_starred(piece) for piece in hit.around) or None,
        **plain_values(hit, "day_from", "day_until", "paper_class"),
    }


def _starred(piece: Piece) -> str:
    return f"**{piece.text}**" if piece.is_hit else piece.text


class _FoundRows:
    """What was found as a list that is asked for a part at a time; `told` is the last answer."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.told = Found()

    def count(self) -> int:
        return min(self.told.total, MOST_DEEP)

    def __getitem__(self, part: slice) -> list[ShownHit]:
        limit = min(part.stop, MOST_DEEP) - part.start
        if limit <= 0:
            return []
        self.told = found_by(replace(self.asked, offset=part.start, limit=limit))
        return list(self.told.hits)

    def __iter__(self) -> Any:
        return iter(self[0:MOST_DEEP])
