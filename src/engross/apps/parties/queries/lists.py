"""The list of Parties, as at a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Case,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from engross.apps.parties.models import (
    CategorySpell,
    MarketEntry,
    PartyDetails,
    PartyEvent,
)
from engross.apps.parties.queries.standings import kinds_of, standings_of
from engross.apps.registers.queries import active_code
from engross.core.parties.membership import categories_in_order


@dataclass(frozen=True)
class PartiesAsked:
    """What a reader asked of the Parties; `on` is today.

    `entered` asks for those that completed the process of entry ("yes") or did not ("no").
    """

    on: date
    as_at: date | None = None
    known_at: datetime | None = None
    words: str = ""
    category: str = ""
    entered: str = ""
    in_default: bool = False
    sort: str = ""

    @property
    def day(self) -> date:
        """The day whose state is asked for."""
        return self.as_at or self.on

    @property
    def is_unfiltered(self) -> bool:
        """Whether every Party of the day is asked for."""
        return not (self.words or self.category or self.entered or self.in_default)


@dataclass(frozen=True)
class ListedParty:
    """A Party as it stood on a day; `roles` are those it completed the process of entry for.

    `since` is the day it last became a Party, else the first day it is known to be one.
    """

    reference: str
    name: str
    trading_name: str
    category: str
    voting_group: str
    roles: tuple[str, ...]
    has_entered: bool
    in_default: bool
    since: date | None
    since_day_known: bool
    basis: str


class PartyList(Sequence[ListedParty]):
    """The Parties that were asked for; rows are read a slice at a time.

    `total` is how many Parties there are on the day, where that was counted already.
    """

    def __init__(self, asked: PartiesAsked, *, total: int | None = None) -> None:
        self.asked = asked
        self._total = total if asked.is_unfiltered else None
        self._rows = _party_rows(asked)

    def __len__(self) -> int:
        return self._rows.count() if self._total is None else self._total

    def __getitem__(self, place: Any) -> Any:
        if not isinstance(place, slice):
            return self[place : place + 1][0]
        fields = ("party_id", "party__key", "name", "called__trading_name", "category",
                  "grouped__voting_group", "basis")  # fmt: skip
        return _listed(list(self._rows[place].values_list(*fields)), self.asked)


def _party_rows(asked: PartiesAsked) -> "QuerySet[CategorySpell]":
    """Return who had a Party Category on the day: that makes a Party."""
    rows: Any = CategorySpell.objects.known_at(asked.known_at).held_on(asked.day)
    if asked.category:
        rows = rows.filter(category=asked.category)
    for word in asked.words.casefold().split()[:8]:
        called = _details_on(asked).filter(party=OuterRef("party_id"), haystack__contains=word)
        rows = rows.filter(Exists(called.order_by()))
    if asked.entered:
        done = Exists(_entries(asked).filter(party=OuterRef("party_id")))
        rows = rows.filter(done if asked.entered == "yes" else ~done)
    if asked.in_default:
        begins, ends = kinds_of("begins_default"), kinds_of("ends_default")
        last = PartyEvent.objects.known_at(asked.known_at).filter(
            party=OuterRef("party_id"), event__in=begins + ends, happened_on__lte=asked.day
        ).order_by("-happened_on", "-pk")  # fmt: skip
        rows = rows.annotate(last=Subquery(last.values("event")[:1])).filter(last__in=begins)
    rows = rows.annotate(
        called=_held_then("party__details", asked),
        grouped=_held_then("party__voting_groups", asked),
    )
    name = Coalesce(F("called__legal_name"), F("party__label"))
    order = _party_order(asked.sort)
    return rows.annotate(name=name).order_by(*order)  # type: ignore[no-any-return]


def _held_then(path: str, asked: PartiesAsked) -> FilteredRelation:
    """Return the one row of another register that holds of the Party on the day, if there is one.

    `RecordedQuerySet.known_at` and `held_on` said of a joined table.
    """
    day, moment = asked.day, asked.known_at
    ends = Q(**{f"{path}__held_until__isnull": True}) | Q(**{f"{path}__held_until__gt": day})
    known = Q(**{f"{path}__superseded_at__isnull": True})
    if moment is not None:
        known |= Q(**{f"{path}__superseded_at__gt": moment})
        known &= Q(**{f"{path}__recorded_at__lte": moment})
    return FilteredRelation(path, condition=known & ends & Q(**{f"{path}__held_from__lte": day}))


def _details_on(asked: PartiesAsked) -> Any:
    return PartyDetails.objects.known_at(asked.known_at).held_on(asked.day)


def _entries(asked: PartiesAsked) -> Any:
    """Return the completions of the process of entry by the day: of those that are public."""
    rows = MarketEntry.objects.known_at(asked.known_at).filter(completed_on__lte=asked.day)
    return rows.filter(process__in=entry_processes()).order_by("completed_on", "pk")


def _party_order(sort: str) -> list[Any]:
    backwards, name = sort.startswith("-"), sort.removeprefix("-")
    if name == "category":
        options = categories_in_order(active_code()).values()
        places = [When(category=each.key, then=Value(each.number("order"))) for each in options]
        first: Any = Case(*places, default=Value(999))
    else:
        first = F({"reference": "party__key"}.get(name, "name"))
    return [first.desc() if backwards else first.asc(), "name", "party_id"]


def _listed(spells: list[tuple[Any, ...]], asked: PartiesAsked) -> list[ListedParty]:
    ids = [party for party, *_ in spells]
    roles: dict[int, list[str]] = {}
    entries = _entries(asked).filter(party__in=ids)
    for party, role in entries.values_list("party_id", "user_role"):
        roles.setdefault(party, []).append(role)
    standing = standings_of(ids, asked.day, asked.known_at)
    return [
        ListedParty(
            reference=key,
            name=name,
            trading_name=trading or "",
            category=category,
            voting_group=group or "",
            roles=tuple(filter(None, roles.get(party, ()))),
            has_entered=party in roles,
            in_default=standing[party].in_default,
            since=standing[party].since,
            since_day_known=standing[party].since_day_known,
            basis=basis,
        )
        for party, key, name, trading, category, group, basis in spells
    ]


def entry_processes() -> tuple[str, ...]:
    """Return the keys of the processes that make a Party a User and that everybody may read of."""
    code = active_code()
    return tuple(
        each.key
        for each in code.options("market_entry_processes")
        if not each.flag("is_test")
        and code.option("paper_classes", each.text("paper_class")).flag("is_public")
    )
