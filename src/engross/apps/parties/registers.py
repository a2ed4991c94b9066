"""The registers of Parties: names, categories, Voting Groups, events, market entry."""

from collections.abc import Iterable, Mapping
from typing import Any

from engross.apps.parties.models import (
    CategorySpell,
    MarketEntry,
    Party,
    PartyDetails,
    PartyEvent,
    VotingGroupSpell,
)
from engross.apps.registers.queries import in_batches, reasons_against_overlaps
from engross.apps.registers.registers import HELD_COLUMNS, MarkedBy, Register, add_register
from engross.core.refusals import Reason
from engross.core.registers.columns import Column, Kind, Value
from engross.core.registers.timelines import Telling

PARTY_COLUMN = Column(
    "party", "The Party's reference", Kind.REFERENCE, required=True, refers_to="parties",
    longest=120, example="P0001",
)  # fmt: skip
DAY_KNOWN_COLUMN = Column(
    "day_known", "No when only the month is known; then give its first day", Kind.FLAG,
    default=True, example="yes",
)  # fmt: skip


def _new_party(key: str, values: Mapping[str, Value]) -> dict[str, Any]:
    return {"label": str(values["legal_name"])}


def _relabel_parties(touched: set[int]) -> None:
    """Give each Party the latest name it is known by; its reference if all were withdrawn."""
    for batch in in_batches(touched):
        rows = PartyDetails.objects.known_at(None).filter(party_id__in=batch)
        names = dict(rows.order_by("held_from").values_list("party_id", "legal_name"))
        changed = []
        for party in Party.objects.filter(pk__in=batch).order_by("pk"):
            label = names.get(party.pk, party.key)
            if party.label != label:
                party.label = label
                changed.append(party)
        Party.objects.bulk_update(changed, ["label"])


def _overlaps_in(model: Any, title: str) -> Any:
    def rule(touched: set[int]) -> Iterable[Reason]:
        return reasons_against_overlaps(model, "party", touched, title)

    return rule


parties = add_register(
    Register(
        name="parties",
        title="Parties",
        meaning="What each Party is called, and from when",
        model=PartyDetails,
        columns=(
            Column("party", "The Party's lasting reference", Kind.IDENTIFIER, required=True,
                   identifies=True, longest=120, example="P0001"),
            Column("legal_name", "The name in the company register", required=True, longest=200,
                   example="Example Energy Limited"),
            Column("trading_name", "The name it trades under, if another", longest=200),
            Column("signifier", "Party Signifier", Kind.IDENTIFIER, longest=40),
            Column("company_number", "Company number", Kind.IDENTIFIER, longest=40,
                   example="01234567"),
            *HELD_COLUMNS,
        ),
        key=("party", "held_from"),
        order=("legal_name", "party"),
        identity=Party,
        new_identity=_new_party,
        tells=(
            Telling("held_from", "Called {legal_name}", ("Trading as {trading_name}",)),
            Telling("held_until", "No longer called {legal_name}"),
        ),
        after_change=_relabel_parties,
        sheet_rules=_overlaps_in(PartyDetails, "names"),
    )
)  # fmt: skip

party_categories = add_register(
    Register(
        name="party-categories",
        title="Party Categories",
        meaning="Which Party Category each Party is in, from when until when",
        model=CategorySpell,
        columns=(
            PARTY_COLUMN,
            Column("category", "The Party Category", Kind.CHOICE, required=True,
                   choices="party_categories", example="small-suppliers"),
            *HELD_COLUMNS,
        ),
        key=("party", "held_from"),
        order=("held_from", "party"),
        tells=(
            Telling("held_from", "In the Party Category {category}"),
            Telling("held_until", "No longer in the Party Category {category}"),
        ),
        filters=("category",),
        sheet_rules=_overlaps_in(CategorySpell, "Party Categories"),
    )
)  # fmt: skip

voting_groups = add_register(
    Register(
        name="voting-groups",
        title="Voting Groups",
        meaning="Which Voting Group each Party is in, from when until when",
        model=VotingGroupSpell,
        columns=(
            PARTY_COLUMN,
            Column("voting_group", "The Voting Group's name", Kind.IDENTIFIER, required=True,
                   longest=120, example="VG-SS-001"),
            *HELD_COLUMNS,
        ),
        key=("party", "held_from"),
        order=("voting_group", "party"),
        tells=(
            Telling("held_from", "In the Voting Group {voting_group}"),
            Telling("held_until", "No longer in the Voting Group {voting_group}"),
        ),
        sheet_rules=_overlaps_in(VotingGroupSpell, "Voting Groups"),
    )
)  # fmt: skip

party_events = add_register(
    Register(
        name="party-events",
        title="Party events",
        meaning="Accessions, withdrawals, expulsions and Events of Default, each with its day",
        model=PartyEvent,
        columns=(
            PARTY_COLUMN,
            Column("event", "What happened", Kind.CHOICE, required=True,
                   choices="party_event_kinds", example="acceded"),
            Column("happened_on", "The day", Kind.DAY, required=True, example="2021-09-17"),
            DAY_KNOWN_COLUMN,
            Column("ground", "Why, in a few words"),
            Column("clause", "The clause it rests on", Kind.IDENTIFIER, longest=60,
                   example="M8.1(c)"),
        ),
        key=("party", "event", "happened_on"),
        order=("happened_on", "party", "event"),
        day="happened_on",
        filters=("event",),
        tells=(Telling("happened_on", "{event}", ("{ground}", "{clause}")),),
    )
)  # fmt: skip

market_entry = add_register(
    Register(
        name="market-entry",
        title="Market entry",
        meaning="Which steps of market entry each Party has completed, for which User Role",
        model=MarketEntry,
        columns=(
            PARTY_COLUMN,
            Column("process", "The step", Kind.CHOICE, required=True,
                   choices="market_entry_processes", example="uep"),
            Column("user_role", "The User Role, where the step is for one", Kind.CHOICE,
                   choices="user_roles", example="import-supplier"),
            Column("completed_on", "The day it was completed", Kind.DAY, required=True,
                   example="2021-09-17"),
            DAY_KNOWN_COLUMN,
        ),
        key=("party", "process", "user_role"),
        order=("completed_on", "party", "process", "user_role"),
        day="completed_on",
        filters=("process", "user_role"),
        tells=(Telling("completed_on", "{process} completed", ("{user_role}",)),),
        marked_by=MarkedBy("process", "market_entry_processes", parties=("party",)),
    )
)  # fmt: skip
