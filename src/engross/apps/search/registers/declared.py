"""The registers that can be searched: a new one becomes so by a declaration here."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django.urls import reverse

from engross.apps.proposals.queries import category_meant
from engross.apps.registers.queries import active_code, option_name
from engross.apps.registers.registers import register_named
from engross.apps.reports.queries import paper_definitions
from engross.apps.search.registers.sources import (
    More,
    RegisterSource,
    Row,
    add_source,
)
from engross.core.dates.months import Month
from engross.core.registers.addresses import address_of


def _page(route: str, key: str) -> str:
    return reverse(route, args=[address_of(key)])


def _entry_page(register: str, row: Row) -> str:
    return reverse("registers:entry", args=[register, row.entry])


def _known(register: str) -> Any:
    """Return the rows of a register as known now."""
    return register_named(register).model.objects.known_at(None)


def _joined(*words: str) -> str:
    return ", ".join(filter(None, words))


# Proposals


def _affected(rows: Sequence[Row]) -> Mapping[int, More]:
    """Return what each proposal would affect and where it stands; its proposer's category too."""
    impacts: dict[int, list[tuple[str, str]]] = {}
    told = _known("proposal-impacts").filter(proposal__in={row.proposal_id for row in rows})
    for pk, kind, affected in told.order_by("pk").values_list("proposal_id", "kind", "affected"):
        impacts.setdefault(pk, []).append((kind, affected))
    found = {}
    for row in rows:
        own = impacts.get(row.proposal_id, [])
        options = (category_meant(kind, name) for kind, name in own)
        keys = {option.key for option in options if option} | {row.proposer_category} - {""}
        stage = option_name("proposal_stages", row.proposal.stage)
        body = _joined(stage, *(name for _, name in own))
        found[row.pk] = More(body=body, categories=tuple(sorted(keys - {""})))
    return found


add_source(
    RegisterSource(
        register="proposals",
        kind="proposal",
        title=lambda row: f"{row.proposal.label} {row.title}",
        href=lambda row: reverse("proposals:proposal", args=[row.proposal.label]),
        body=("summary", "proposer", "route", "proposer_category"),
        names=lambda row: (row.proposal.label, row.proposal.key, row.title),
        day="raised_on",
        also=(("proposal-stages", "proposal"), ("proposal-impacts", "proposal")),
        more=_affected,
        weight=1.6,
    )
)

# Parties


def _in_categories(rows: Sequence[Row]) -> Mapping[int, More]:
    """Return the Party Categories that each Party was in while it bore the name."""
    spells: dict[int, list[Row]] = {}
    told = _known("party-categories").filter(party__in={row.party_id for row in rows})
    for spell in told.order_by("held_from", "pk"):
        spells.setdefault(spell.party_id, []).append(spell)
    found = {}
    for row in rows:
        keys = dict.fromkeys(
            each.category for each in spells.get(row.party_id, ()) if _meet(each, row)
        )
        names = [option_name("party_categories", key) for key in keys]
        found[row.pk] = More(body=_joined(*names), categories=tuple(keys))
    return found


def _meet(one: Row, other: Row) -> bool:
    """Say whether two rows hold on a common day."""
    return (one.held_until is None or one.held_until > other.held_from) and (
        other.held_until is None or other.held_until > one.held_from
    )


add_source(
    RegisterSource(
        register="parties",
        kind="party",
        title=lambda row: row.legal_name,
        href=lambda row: _page("parties:party", row.party.key),
        body=("trading_name", "signifier", "company_number"),
        names=lambda row: (row.party.key, row.legal_name, row.trading_name, row.signifier,
                           row.company_number),
        also=(("party-categories", "party"),),
        more=_in_categories,
        weight=1.3,
    )
)  # fmt: skip

# Meetings and papers

add_source(
    RegisterSource(
        register="meetings",
        kind="meeting",
        title=lambda row: row.title,
        href=lambda row: _page("meetings:meeting", row.meeting.key),
        body=("body", "summary", "hosted_by"),
        names=lambda row: (row.meeting.key, row.title),
        day="held_on",
    )
)


def _paper_page(row: Row) -> str:
    """Return where a paper is read: the report that it is, else its meeting."""
    if row.report and row.month:
        month = f"{row.month:%Y-%m}"
        return reverse("reports:paper", kwargs={"paper": row.report, "month": month})
    return _page("meetings:meeting", row.meeting.key)


def _meeting_days(rows: Sequence[Row]) -> Mapping[int, More]:
    """Return the day of each paper's meeting, for a paper without a day of its own."""
    held = _known("meetings").filter(meeting__in={row.meeting_id for row in rows})
    days = dict(held.order_by().values_list("meeting_id", "held_on"))
    return {
        row.pk: More(body=row.meeting.label, day=row.written_on or days.get(row.meeting_id))
        for row in rows
    }


add_source(
    RegisterSource(
        register="papers",
        kind="paper",
        title=lambda row: f"{row.reference} {row.title}",
        href=_paper_page,
        body=("action",),
        names=lambda row: (row.reference,),
        also=(("meetings", "meeting"),),
        more=_meeting_days,
        weight=1.2,
    )
)

# Versions and releases

add_source(
    RegisterSource(
        register="code-versions",
        kind="version",
        title=lambda row: f"Version {row.version.key}",
        href=lambda row: _page("releases:version", row.version.key),
        body=("cause", "key_changes"),
        names=lambda row: (row.version.key, f"version {row.version.key}"),
        day="effective_on",
        weight=1.2,
    )
)
add_source(
    RegisterSource(
        register="releases",
        kind="release",
        title=lambda row: row.release.label,
        href=lambda row: _page("releases:release", row.release.key),
        body=("kind", "scope"),
        names=lambda row: (row.release.key, row.release.label),
        day="released_on",
        weight=1.1,
    )
)

# Product lists and devices


def _list_names(row: Row) -> Iterable[str]:
    option = active_code().option("product_lists", row.product_list)
    yield from (f"{word} {row.version}" for word in (option.key, option.name, *option.aliases))


add_source(
    RegisterSource(
        register="product-lists",
        kind="list",
        title=lambda row: (
            f"{option_name('product_lists', row.product_list)}, version {row.version}"
        ),
        href=lambda row: reverse("products:list", args=[row.product_list]),
        body=("note",),
        names=_list_names,
        day="published_on",
        weight=0.8,
    )
)
add_source(
    RegisterSource(
        register="device-assurance",
        kind="device",
        title=lambda row: _joined(
            f"{row.reference} {option_name('device_types', row.device_type)}",
            option_name("assurance_modes", row.mode),
            option_name("assurance_regions", row.region),
        ),
        href=partial(_entry_page, "device-assurance"),
        names=lambda row: (row.reference,),
        day="assured_on",
        weight=0.6,
    )
)

# Reports and newsletters


def _paper_title(key: str) -> str:
    return next((each.title for each in paper_definitions() if each.key == key), key)


add_source(
    RegisterSource(
        register="highlights",
        kind="report",
        title=lambda row: (
            f"{_paper_title(row.paper)}, {Month.of(row.month).name}: "
            f"{option_name('highlight_sections', row.section)}"
        ),
        href=lambda row: reverse(
            "reports:paper", kwargs={"paper": row.paper, "month": f"{row.month:%Y-%m}"}
        ),
        body=("text",),
        day="month",
        weight=0.9,
    )
)
add_source(
    RegisterSource(
        register="newsletter-issues",
        kind="news",
        title=lambda row: row.title,
        href=partial(_entry_page, "newsletter-issues"),
        names=lambda row: (row.title,),
        day="issued_on",
    )
)
