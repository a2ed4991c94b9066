"""What other codes are told of proposals, beside what a list shows."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engross.apps.proposals.models import ProposalDetails, ProposalLink
from engross.apps.proposals.queries.impacts import category_impacts, category_meant
from engross.apps.proposals.queries.registered import tranches_of
from engross.apps.registers.queries import active_code, in_batches
from engross.apps.registers.registers import register_named


@dataclass
class ToldAbroad:
    """Whom a proposal affects, which other codes it is linked to, and when it goes live."""

    pk: int
    summary: str = ""
    link: str = ""
    affected: list[str] = field(default_factory=list)
    linked: list[tuple[str, str]] = field(default_factory=list)
    state: str = ""
    release: str = ""
    goes_live_on: date | None = None


def told_abroad(keys: Collection[str]) -> dict[str, ToldAbroad]:
    """Return by the proposals' keys what other codes are told of them; queries do not grow."""
    rows = ProposalDetails.objects.known_at(None).filter(proposal__key__in=list(keys))
    named = rows.order_by().values_list("proposal__key", "proposal_id", "summary", "link")
    told = {key: ToldAbroad(pk, summary, link) for key, pk, summary, link in named}
    by_pk = {each.pk: each for each in told.values()}
    for batch in in_batches(by_pk):
        _add_impacts(by_pk, batch)
        _add_links(by_pk, batch)
        _add_parts(by_pk, batch)
    return told


def _add_impacts(told: dict[int, ToldAbroad], batch: list[int]) -> None:
    rows = category_impacts().filter(proposal__in=batch).order_by("affected")
    for pk, kind, affected in rows.values_list("proposal_id", "kind", "affected"):
        option = category_meant(kind, affected)
        told[pk].affected.append(option.plural or option.name if option else affected)


def _add_links(told: dict[int, ToldAbroad], batch: list[int]) -> None:
    rows = ProposalLink.objects.known_at(None).filter(proposal__in=batch).exclude(other_code="")
    fields = ("proposal_id", "other_code", "other")
    for pk, other_code, other in rows.order_by("other_code", "other").values_list(*fields):
        told[pk].linked.append((other_code, other))


def _add_parts(told: dict[int, ToldAbroad], batch: list[int]) -> None:
    """Add the first part that is not live yet, else the last one that is."""
    releases: Any = register_named("releases").model
    days = dict(releases.objects.known_at(None).order_by()
                .values_list("release_id", "released_on"))  # fmt: skip
    done = {each.key for each in active_code().options("tranche_states") if each.flag("is_done")}
    parts = tranches_of(None).filter(proposal__in=batch).select_related("release")
    for part in parts.order_by("proposal_id", "-sequence"):
        own = told[part.proposal_id]
        if own.state and part.state in done:
            continue
        own.state = part.state
        own.release = part.release.label if part.release else ""
        own.goes_live_on = part.implemented_on or days.get(part.release_id)
