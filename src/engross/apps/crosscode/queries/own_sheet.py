"""This code's own open proposals as rows of the sheet that all codes share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engross.apps.crosscode.queries.groups import all_groups
from engross.apps.crosscode.registers import codes_known, own_code
from engross.apps.proposals.queries import (
    ListedProposal,
    ProposalList,
    ProposalsAsked,
    ToldAbroad,
    told_abroad,
)
from engross.apps.registers.queries import active_code, option_name
from engross.core.crosscode.identifiers import codes_named
from engross.core.crosscode.sheets import headings_of
from engross.core.dates.months import Month
from engross.core.registers.columns import Column, Kind, Value

_DAYS = {"raised_on", "implementation_on", "last_updated"}


def sheet_columns() -> tuple[Column, ...]:
    """Return the columns of the sheet under the headings that are printed."""
    return tuple(
        Column(each.printed, "", Kind.DAY if each.column in _DAYS else Kind.TEXT)
        for each in headings_of(active_code())
    )


@dataclass(frozen=True)
class _Together:
    """With what of other codes a proposal goes, and the code that leads."""

    others: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    lead_code: str = ""


def own_rows(month: Month, *, on: date) -> list[dict[str, Value]]:
    """Return the proposals that were open at a month's end as rows of the sheet, by heading.

    They are told from the record as at that day; of a month that has not ended, as at `on`.
    """
    day = min(month.last_day, on)
    asked = ProposalsAsked(on=on, as_at=day, open_only=True, sort="identifier")
    listed: Sequence[ListedProposal] = ProposalList(asked)[:]
    told = told_abroad([each.key for each in listed])
    together = _together()
    printed = {each.column: each.printed for each in headings_of(active_code())}
    rows = []
    for each in listed:
        more = told[each.key]
        row = _row(each, more, together.get(more.pk, _Together()))
        rows.append({printed[name]: value for name, value in row.items() if name in printed})
    return rows


def _together() -> dict[int, _Together]:
    """Return for each proposal of a group what goes with it, by the proposal's row."""
    names = {each.key: each.abbreviation for each in codes_known()}
    found: dict[int, _Together] = {}
    for group in all_groups():
        others = [each for each in group.members if each.proposal is None]
        for proposal in group.proposals:
            found[proposal.pk] = _Together(
                others=tuple(each.name for each in others),
                codes=tuple(names[each.row.code] for each in others),
                lead_code=names[group.details.lead_code],
            )
    return found


def _row(each: ListedProposal, more: ToldAbroad, with_it: _Together) -> dict[str, Value]:
    code, own = active_code(), own_code()
    linked = [f"{name} {reference}" for name, reference in more.linked]
    named = ", ".join([*(name for name, _ in more.linked), *with_it.codes])
    stage = code.option("proposal_stages", each.stage).text("printed") if each.stage else ""
    return {
        "code": own.abbreviation if own else code.short_name,
        "reference": each.identifier,
        "title": each.title,
        "proposer": each.proposer,
        "raised_on": each.raised_on,
        "summary": more.summary,
        "stage": stage,
        "route": option_name("proposal_routes", each.route),
        "impacted_parties": ", ".join(dict.fromkeys(more.affected)),
        "cross_code_impact": ", ".join(dict.fromkeys([*with_it.others, *linked])),
        "affected_codes": ", ".join(
            each.abbreviation for each in codes_named(named, codes_known()) if not each.is_own
        ),
        "implementation_state": option_name("tranche_states", more.state),
        "implementation": more.release,
        "implementation_on": more.goes_live_on,
        "link": more.link,
        "last_updated": each.since,
        "priority": option_name("priority_categories", each.priority),
        "lead_code": with_it.lead_code,
    }
