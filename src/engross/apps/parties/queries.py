"""Reading the registers of Parties, as at a day and as known at a moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Min,
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
    Party,
    PartyDetails,
    PartyEvent,
    VotingGroupSpell,
)
from engross.apps.parties.registers import market_entry
from engross.apps.registers.models import HeldRow
from engross.apps.registers.queries import active_code, public_rows
from engross.core.codes.codes import Option
from engross.core.parties.market_entry import Completion
from engross.core.parties.membership import Member, categories_in_order

Spell = TypeVar("Spell", bound=HeldRow)


class EventRow(NamedTuple):
    """Something that happened to a Party on a day, as recorded."""

    party: str
    event: str
    happened_on: date
    ground: str
    basis: str


def members_on(day: date, *, known_at: datetime | None = None) -> list[Member]:
    """Return who is a Party on a day: who has a Party Category then; in order of names."""
    spells = CategorySpell.objects.known_at(known_at).held_on(day).order_by()
    groups = {party: (group, basis) for party, group, basis in _groups_on(day, known_at=known_at)}
    names = names_on(day, known_at=known_at)
    members = []
    for party, category, basis in spells.values_list("party__key", "category", "basis"):
        group, group_basis = groups.get(party, ("", basis))
        bases = frozenset({basis, group_basis})
        members.append(Member(party, names.get(party, party), category, group, bases))
    return sorted(members, key=lambda each: (each.name.casefold(), each.key))


def _groups_on(day: date, *, known_at: datetime | None) -> list[tuple[str, str, str]]:
    spells = VotingGroupSpell.objects.known_at(known_at).held_on(day).order_by()
    return list(spells.values_list("party__key", "voting_group", "basis"))


def names_on(day: date, *, known_at: datetime | None = None) -> dict[str, str]:
    """Return each Party's name on a day, by its key; its nearest name where none holds then."""
    rows = PartyDetails.objects.known_at(known_at).order_by("held_from", "pk")
    names: dict[str, str] = {}
    for party, name, held_from in rows.values_list("party__key", "legal_name", "held_from"):
        if held_from <= day or party not in names:
            names[party] = name
    return names


def events_between(first: date, last: date, *, known_at: datetime | None = None) -> list[EventRow]:
    """Return what happened to Parties from `first` to `last`, both included, in order."""
    rows = PartyEvent.objects.known_at(known_at).filter(happened_on__range=(first, last))
    ordered = rows.order_by("happened_on", "party__label", "party__key", "event")
    fields = ("party__key", "event", "happened_on", "ground", "basis")
    return [EventRow(*values) for values in ordered.values_list(*fields)]


def completions_until(day: date, *, known_at: datetime | None = None) -> list[Completion]:
    """Return the steps of market entry that were completed by a day, in order."""
    rows = MarketEntry.objects.known_at(known_at).filter(completed_on__lte=day)
    ordered = rows.order_by("completed_on", "party__label", "party__key", "process", "user_role")
    fields = ("party__key", "process", "user_role", "completed_on", "basis", "day_known")
    return [Completion(*values) for values in ordered.values_list(*fields)]


def category_spells(*, known_at: datetime | None = None) -> dict[str, list[tuple[date, str]]]:
    """Return each Party's categories with the first day of each, in order."""
    rows = CategorySpell.objects.known_at(known_at).order_by("held_from", "pk")
    found: dict[str, list[tuple[date, str]]] = {}
    for party, held_from, category in rows.values_list("party__key", "held_from", "category"):
        found.setdefault(party, []).append((held_from, category))
    return found


def category_at(spells: list[tuple[date, str]], day: date) -> str:
    """Return the category that a Party was in on a day, or had last; empty if it had none."""
    return next((category for since, category in reversed(spells) if since <= day), "")


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
    """The Parties that were asked for; rows are read a slice at a time."""

    def __init__(self, asked: PartiesAsked) -> None:
        self.asked = asked
        self._rows = _party_rows(asked)

    def __len__(self) -> int:
        return self._rows.count()

    def __getitem__(self, place: Any) -> Any:
        if not isinstance(place, slice):
            return self[place : place + 1][0]
        fields = ("party_id", "party__key", "name", "category", "basis")
        return _listed(list(self._rows[place].values_list(*fields)), self.asked)


def _party_rows(asked: PartiesAsked) -> "QuerySet[CategorySpell]":
    """Return who had a Party Category on the day: that makes a Party."""
    rows: Any = CategorySpell.objects.known_at(asked.known_at).held_on(asked.day)
    details = _details_on(asked).filter(party=OuterRef("party_id")).order_by("-held_from")
    if asked.category:
        rows = rows.filter(category=asked.category)
    for word in asked.words.casefold().split()[:8]:
        rows = rows.filter(Exists(details.filter(haystack__contains=word)))
    if asked.entered:
        done = Exists(_entries(asked).filter(party=OuterRef("party_id")))
        rows = rows.filter(done if asked.entered == "yes" else ~done)
    if asked.in_default:
        begins, ends = _kinds("begins_default"), _kinds("ends_default")
        last = PartyEvent.objects.known_at(asked.known_at).filter(
            party=OuterRef("party_id"), event__in=begins + ends, happened_on__lte=asked.day
        ).order_by("-happened_on", "-pk")  # fmt: skip
        rows = rows.annotate(last=Subquery(last.values("event")[:1])).filter(last__in=begins)
    name = Coalesce(Subquery(details.values("legal_name")[:1]), F("party__label"))
    order = _party_order(asked.sort)
    return rows.annotate(name=name).order_by(*order)  # type: ignore[no-any-return]


def _details_on(asked: PartiesAsked) -> Any:
    return PartyDetails.objects.known_at(asked.known_at).held_on(asked.day)


def _entries(asked: PartiesAsked) -> Any:
    """Return the completions of the process of entry by the day: of those that are public."""
    rows = MarketEntry.objects.known_at(asked.known_at).filter(completed_on__lte=asked.day)
    return rows.filter(process__in=entry_processes()).order_by("completed_on", "pk")


def entry_processes() -> tuple[str, ...]:
    """Return the keys of the processes that make a Party a User and that everybody may read of."""
    code = active_code()
    return tuple(
        each.key
        for each in code.options("market_entry_processes")
        if not each.flag("is_test")
        and code.option("paper_classes", each.text("paper_class")).flag("is_public")
    )


def _kinds(flag: str) -> list[str]:
    options = active_code().options("party_event_kinds")
    return [option.key for option in options if option.flag(flag)]


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
    details = _details_on(asked).filter(party__in=ids).order_by()
    trading = dict(details.values_list("party_id", "trading_name"))
    groups = VotingGroupSpell.objects.known_at(asked.known_at).held_on(asked.day)
    told = groups.filter(party__in=ids).order_by()
    group_of = dict(told.values_list("party_id", "voting_group"))
    roles: dict[int, list[str]] = {}
    entries = _entries(asked).filter(party__in=ids)
    for party, role in entries.values_list("party_id", "user_role"):
        roles.setdefault(party, []).append(role)
    standing = _standings(ids, asked.day, asked.known_at)
    return [
        ListedParty(
            reference=key,
            name=name,
            trading_name=trading.get(party, ""),
            category=category,
            voting_group=group_of.get(party, ""),
            roles=tuple(filter(None, roles.get(party, ()))),
            has_entered=party in roles,
            in_default=standing[party].in_default,
            since=standing[party].since,
            since_day_known=standing[party].since_day_known,
            basis=basis,
        )
        for party, key, name, category, basis in spells
    ]


@dataclass
class PartyStanding:
    """Since when a Party has been one, and whether it is in default."""

    since: date | None = None
    since_day_known: bool = True
    in_default: bool = False


def _standings(ids: list[int], day: date, known_at: datetime | None) -> dict[int, PartyStanding]:
    spells = CategorySpell.objects.known_at(known_at).filter(party__in=ids).order_by("party")
    firsts = dict(spells.values_list("party").annotate(Min("held_from")))
    found = {party: PartyStanding(firsts.get(party)) for party in ids}
    joins, begins, ends = (
        _kinds(each) for each in ("begins_membership", "begins_default", "ends_default")
    )
    events = PartyEvent.objects.known_at(known_at).filter(party__in=ids, happened_on__lte=day)
    fields = ("party_id", "event", "happened_on", "day_known")
    told = events.filter(event__in=joins + begins + ends).order_by("happened_on", "pk")
    for party, event, happened_on, day_known in told.values_list(*fields):
        standing = found[party]
        if event in joins:
            standing.since, standing.since_day_known = happened_on, day_known
        else:
            standing.in_default = event in begins
    return found


class CategoryCount(NamedTuple):
    """How many Parties of a Party Category there are, and how many Voting Groups they form."""

    category: Option
    parties: int
    voting_groups: int


def counts_by_category(day: date, *, known_at: datetime | None = None) -> list[CategoryCount]:
    """Return how many Parties and Voting Groups each Party Category has on a day."""
    spells: Any = CategorySpell.objects.known_at(known_at).held_on(day).order_by("category")
    parties = dict(spells.values_list("category").annotate(Count("pk")))
    category = spells.filter(party=OuterRef("party_id")).values("category")[:1]
    groups: Any = VotingGroupSpell.objects.known_at(known_at).held_on(day)
    told = groups.annotate(category=Subquery(category)).order_by("category")
    counted = told.values_list("category").annotate(Count("voting_group", distinct=True))
    formed = dict(counted)
    return [
        CategoryCount(option, parties.get(key, 0), formed.get(key, 0))
        for key, option in categories_in_order(active_code()).items()
    ]


@dataclass(frozen=True)
class PartySeen:
    """A Party as it stood on a day, with the dated history of its names and categories.

    `category` is None on a day on which it was no Party.
    """

    party: Party
    details: PartyDetails | None
    name: str
    category: Option | None
    voting_group: str
    standing: PartyStanding
    names: tuple[PartyDetails, ...]
    categories: tuple[CategorySpell, ...]
    voting_groups: tuple[VotingGroupSpell, ...]
    entries: tuple[MarketEntry, ...]


def party_called(reference: str) -> Party | None:
    """Return the Party of a reference, in any letter case; None if there is none."""
    recorded = PartyDetails.objects.filter(party=OuterRef("pk")).order_by()
    known = Party.objects.filter(Exists(recorded))
    exact = known.filter(key=reference).order_by("pk").first()
    return exact or known.filter(key__iexact=reference).order_by("key").first()


def parties_near(reference: str, *, count: int = 6) -> list[Party]:
    """Return Parties whose reference or name begins as `reference` does."""
    start = reference[:3]
    like = Q(key__istartswith=start) | Q(label__istartswith=start)
    return list(Party.objects.filter(like).order_by("key")[:count]) if start else []


def party_seen(
    party: Party,
    *,
    on: date,
    as_at: date | None = None,
    known_at: datetime | None = None,
    may_see_all: bool = False,
) -> PartySeen:
    """Return a Party as it stands on `on`, or stood `as_at` a day.

    Of market entry it tells what everybody may read, or all to who may see all.
    """
    day = as_at or on
    names = _until(PartyDetails, party, day, known_at)
    categories = _until(CategorySpell, party, day, known_at)
    groups = _until(VotingGroupSpell, party, day, known_at)
    entries: Any = MarketEntry.objects.known_at(known_at)
    if not may_see_all:
        entries = entries.filter(public_rows(market_entry))
    entries = entries.filter(party=party, completed_on__lte=day)
    spell, group = _holding(categories, day), _holding(groups, day)
    return PartySeen(
        party=party,
        details=names[0] if names else None,
        name=names[0].legal_name if names else party.label,
        category=active_code().option("party_categories", spell.category) if spell else None,
        voting_group=group.voting_group if group else "",
        standing=_standings([party.pk], day, known_at)[party.pk],
        names=names,
        categories=categories,
        voting_groups=groups,
        entries=tuple(entries.order_by("-completed_on", "process", "user_role")),
    )


def _until(
    model: type[Spell], party: Party, day: date, known_at: datetime | None
) -> tuple[Spell, ...]:
    """Return what held of a Party by a day, the latest first."""
    rows: Any = model.objects.known_at(known_at).filter(held_from__lte=day)
    return tuple(rows.filter(party=party).order_by("-held_from"))


def _holding(rows: Sequence[Spell], day: date) -> Spell | None:
    return next((row for row in rows if not row.held_until or row.held_until > day), None)
