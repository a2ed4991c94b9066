"""What is asked of the list of proposals, as conditions and an order for the database."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from engross.apps.proposals.models import Impact, LeadAnalyst, ProposalDetails
from engross.apps.proposals.queries.awaited import awaited_otherwise, bodies_by_stage
from engross.apps.proposals.queries.impacts import words_for
from engross.apps.proposals.queries.registered import (
    open_stages,
    priorities_known,
    tranches_of,
)
from engross.apps.registers.queries import active_code, holding
from engross.apps.registers.registers import register_named

NO_PRIORITY = "none"
SORTS = {
    "identifier": ("proposal__number", "proposal__suffix", "proposal__key"),
    "title": ("title",),
    "raised": ("raised_on",),
    "category": ("proposer_category",),
    "route": ("route",),
    "since": ("proposal__stage_since",),
}


@dataclass(frozen=True)
class ProposalsAsked:
    """What a reader asked of the proposals; `on` is today, for what has no day of its own."""

    on: date
    as_at: date | None = None
    known_at: datetime | None = None
    words: str = ""
    stage: str = ""
    open_only: bool = False
    route: str = ""
    category: str = ""
    affects: str = ""
    release: str = ""
    priority: str = ""
    waits_on: str = ""
    urgent_only: bool = False
    raised_before: date | None = None
    analyst: str = ""
    sort: str = ""

    @property
    def is_past(self) -> bool:
        """Say whether another state than today's, as known now, is asked for."""
        return self.as_at is not None or self.known_at is not None

    @property
    def day(self) -> date:
        """The day whose state is asked for."""
        return self.as_at or self.on


def rows_asked(asked: ProposalsAsked, *, recorded: str = "") -> "QuerySet[ProposalDetails]":
    """Return the records that were asked for, in order; the day's own stage is not looked at.

    `recorded` names all that is recorded, where a caller has asked for it.
    """
    rows: Any = ProposalDetails.objects.known_at(asked.known_at).filter(**_plain(asked))
    if not asked.is_past:
        # Not the column itself: most proposals may be open, and then walking them in the list's
        # order until a page is full is 20 times faster than fetching all by stage and sorting.
        # What is sorted by something else is fetched whole in any case, quickest by stage.
        stage: Any = F("proposal__stage")
        rows = rows.alias(current_stage=stage if _is_sorted(asked) else Coalesce(stage, Value("")))
        rows = rows.filter(*_as_now(asked, recorded))
    for word in asked.words.casefold().split()[:8]:
        rows = rows.filter(holding(register_named("proposals"), word))
    if asked.analyst:
        terms = LeadAnalyst.objects.held_on(asked.day).filter(user_id=int(asked.analyst))
        rows = rows.filter(proposal__in=terms.order_by().values("proposal"))
    if asked.priority:
        rows = rows.filter(_having_priority(asked))
    if asked.affects:
        rows = rows.filter(Exists(_affecting(asked.affects, asked.known_at)))
    if asked.release:
        tranches = tranches_of(asked.known_at).filter(release__key=asked.release)
        rows = rows.filter(Exists(tranches.filter(proposal=OuterRef("proposal_id"))))
    return rows.order_by(*_order(asked))  # type: ignore[no-any-return]


def _plain(asked: ProposalsAsked) -> dict[str, Any]:
    """Return what is asked of the record itself."""
    wanted = {
        "route": asked.route,
        "proposer_category": asked.category,
        "is_urgent": asked.urgent_only,
        "raised_on__lt": asked.raised_before,
    }
    return {name: value for name, value in wanted.items() if value}


def _as_now(asked: ProposalsAsked, recorded: str) -> list[Q]:
    """Return what is asked of where a proposal stands, as it does now."""
    found = [Q(proposal__stage=asked.stage)] if asked.stage else []
    found += [Q(current_stage__in=open_stages())] if asked.open_only else []
    return found + ([_waiting_on(asked, recorded)] if asked.waits_on else [])


def _affecting(category: str, known_at: datetime | None) -> Any:
    """Return what is affected, under any of the code's words for a Party Category."""
    words = words_for(category)
    impacts = Impact.objects.known_at(known_at).filter(affected__in=sorted(words))
    return impacts.filter(proposal=OuterRef("proposal_id")).order_by()


def _waiting_on(asked: ProposalsAsked, recorded: str) -> Q:
    """Return the condition for the proposals that wait on a body.

    Their stages and routes tell, but for those few of which the framework tells otherwise.
    """
    code, body = active_code(), asked.waits_on
    routes = ["", *(each.key for each in code.options("proposal_routes"))]
    found = Q(pk__in=[])
    for stage in code.options("proposal_stages"):
        own = [each for each in routes if body in bodies_by_stage(stage.key, each)]
        if own:
            found |= Q(current_stage=stage.key, route__in=own)
    otherwise = awaited_otherwise(asked.on, recorded=recorded)
    on_it = [pk for pk, each in otherwise.items() if body in each.bodies]
    return (found & ~Q(proposal__in=list(otherwise))) | Q(proposal__in=on_it)


def _having_priority(asked: ProposalsAsked) -> Q:
    """Return the condition for the proposals whose latest priority on the day is this one."""
    given = priorities_known(asked.known_at).filter(determined_on__lte=asked.day).order_by()
    if asked.priority == NO_PRIORITY:
        return ~Q(proposal__in=given.values("proposal"))
    later = given.filter(proposal=OuterRef("proposal"), determined_on__gt=OuterRef("determined_on"))
    current = given.filter(category=asked.priority).exclude(Exists(later))
    return Q(proposal__in=current.values("proposal"))


def _priority_rank(asked: ProposalsAsked) -> Any:
    """Return the place of a row's priority on the day, in the order of the code."""
    places = [When(category=each.key, then=Value(each.number("order")))
              for each in active_code().options("priority_categories")]  # fmt: skip
    given = priorities_known(asked.known_at).filter(
        proposal=OuterRef("proposal_id"), determined_on__lte=asked.day
    )
    ranked = given.annotate(rank=Case(*places, default=Value(None, IntegerField())))
    return Subquery(ranked.order_by("-determined_on").values("rank")[:1])


def _is_sorted(asked: ProposalsAsked) -> bool:
    """Say whether the rows come in another order than that of their identifiers."""
    return asked.sort.removeprefix("-") in {"stage", "priority", *SORTS} - {"identifier"}


def _order(asked: ProposalsAsked) -> list[Any]:
    backwards, name = asked.sort.startswith("-"), asked.sort.removeprefix("-")
    # A key is nobody else's: nothing more is needed for one order, and an index serves that.
    last = ["proposal_id"]
    if name == "stage":
        stages = active_code().options("proposal_stages")
        places = [When(proposal__stage=each.key, then=Value(each.number("order")))
                  for each in stages]  # fmt: skip
        fields: list[Any] = [Case(*places, default=Value(999))]
    elif name == "priority":
        fields = [Coalesce(_priority_rank(asked), Value(999))]
    elif name in SORTS and name != "identifier":
        fields = [F(each) for each in SORTS[name]]
    else:
        # Newest first, unless something else is asked for.
        backwards = backwards if name == "identifier" else True
        fields, last = [F(each) for each in SORTS["identifier"]], []
    ordered = [each.desc(nulls_last=True) if backwards else each.asc(nulls_last=True)
               for each in fields]  # fmt: skip
    return [*ordered, *last]
