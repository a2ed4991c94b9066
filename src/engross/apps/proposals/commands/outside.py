"""Recording a change that is made outside the process: its paper, its release, its day."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from engross.apps.proposals.commands.raising import Raising, raise_proposal
from engross.apps.proposals.commands.recording import filled
from engross.apps.proposals.models import MoveMade, Proposal
from engross.apps.proposals.queries.courses import frameworks
from engross.apps.proposals.queries.registered import route_option
from engross.apps.proposals.registers import proposal_documents
from engross.apps.registers.commands import record_entry
from engross.apps.registers.queries import active_code
from engross.apps.registers.registers import Register, register_named
from engross.core.dates.wording import day_in_words
from engross.core.refusals import Reason, Refused
from engross.core.registers.columns import Value


@dataclass(frozen=True)
class Instrument:
    """The paper by which a change is made outside the process, and the day it takes effect."""

    title: str
    effective_on: date
    link: str = ""


@transaction.atomic
def record_outside(asked: Raising, instrument: Instrument) -> Proposal:
    """Record a change that somebody makes outside the process, and return its record.

    It has no vote. It goes live on its own day, in an ad hoc release that carries nothing else
    yet. Raises Refused if that day is before the one on which it was made, and as
    `raise_proposal` does; a form sent twice records one.
    """
    if made := MoveMade.objects.filter(token=asked.token).select_related("proposal").first():
        return made.proposal
    if instrument.effective_on < asked.on:
        raise Refused(Reason(
            f"It would take effect on {day_in_words(instrument.effective_on)}, before it is made",
            f"Give {day_in_words(asked.on)} or a later day",
        ))  # fmt: skip
    proposal = raise_proposal(asked)
    route = route_option(frameworks().on(asked.on).move(asked.move).to_route)
    _record(proposal_documents, asked, proposal=proposal.key, title=instrument.title,
            kind=route.text("made_by_paper") if route else None, written_on=asked.on,
            link=instrument.link or None)  # fmt: skip
    release = f"Release of {proposal.label}"
    _record(register_named("releases"), asked, release=release, kind=_ad_hoc(),
            released_on=instrument.effective_on, scope=asked.title)  # fmt: skip
    _record(register_named("proposal-tranches"), asked, proposal=proposal.key, sequence=1,
            state=_surest(), release=release, implemented_on=instrument.effective_on)  # fmt: skip
    return proposal


def _record(register: Register, asked: Raising, **values: Value) -> None:
    told = filled(register, {"basis": asked.basis, **values})
    record_entry(register, told, by=asked.by, at=asked.at)


def _ad_hoc() -> str:
    kinds = active_code().options("release_kinds")
    return next(each.key for each in kinds if not each.flag("is_scheduled"))


def _surest() -> str:
    """Return the surest state of a part that has not gone live."""
    states = [each for each in active_code().options("tranche_states") if not each.flag("is_done")]
    return max(states, key=lambda each: each.number("order")).key
