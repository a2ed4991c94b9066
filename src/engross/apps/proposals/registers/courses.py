"""The registers of proposals: what they are, their stages, assessments and decisions."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from engross.apps.proposals.models import (
    Assessment,
    Decision,
    HoldSpell,
    Impact,
    Proposal,
    ProposalDetails,
    ProposalLink,
    StageMove,
)
from engross.apps.proposals.registers.moved import stays_as_moved
from engross.apps.registers.queries import active_code, in_batches, reasons_against_overlaps
from engross.apps.registers.registers import (
    HELD_COLUMNS,
    Register,
    add_register,
    days_in_order,
)
from engross.core.proposals.identifiers import (
    IdentifierForm,
    printed_identifier,
    read_identifier,
)
from engross.core.refusals import Reason
from engross.core.registers.columns import Column, Kind, Value
from engross.core.registers.timelines import Telling

PROPOSAL_COLUMN = Column(
    "proposal", "The proposal", Kind.REFERENCE, required=True, refers_to="proposals",
    longest=40, example="MP078",
)  # fmt: skip


def identifier_forms() -> tuple[IdentifierForm, ...]:
    """Return the forms that the active code gives to proposals' names."""
    return _forms_of(active_code().key)


@cache
def _forms_of(code_key: str) -> tuple[IdentifierForm, ...]:
    return tuple(
        IdentifierForm(
            key=option.key,
            prefix=option.text("prefix"),
            digits=option.number("digits"),
            pattern=option.text("pattern"),
            is_legacy=option.flag("is_legacy"),
        )
        for option in active_code().options("proposal_identifiers")
    )


def proposal_key(text: str) -> str | None:
    """Return the key of the proposal that `text` names, or None if it is no such name."""
    identifier = read_identifier(text, identifier_forms())
    return identifier.key if identifier else None


def printed_proposal(proposal: Proposal, stages: Iterable[str]) -> str:
    """Return a proposal's name as printed after it went through `stages`, in that order.

    The last stage with a prefix of its own decides; a legacy name is kept for good.
    """
    known = active_code().option
    prefixes = [known("proposal_stages", each).text("prefix") for each in stages]
    prefix = next((each for each in reversed(prefixes) if each), "")
    forms = identifier_forms()
    own = [form for form in forms if form.key == proposal.legacy_form]
    now = [form for form in forms if not form.is_legacy]
    fitting = own or [form for form in now if form.prefix == prefix] or now[-1:]
    return printed_identifier(
        number=proposal.number, suffix=proposal.suffix, key=proposal.key,
        form=fitting[0] if fitting else None,
    )  # fmt: skip


def _new_proposal(key: str, values: Mapping[str, Value]) -> dict[str, Any]:
    identifier = read_identifier(key, identifier_forms())
    if identifier and identifier.legacy_form:
        return {"label": key, "number": identifier.number, "suffix": identifier.suffix,
                "legacy_form": identifier.legacy_form}  # fmt: skip
    if key[:4].isdigit():
        return {"label": key, "number": int(key[:4]), "suffix": key[4:]}
    return {"label": key}


def _project(touched: set[int]) -> None:
    """Keep each proposal's name, stage and the day it entered it in step with its moves."""
    for batch in in_batches(touched):
        moves = _moves_of(batch)
        changed = []
        for proposal in Proposal.objects.filter(pk__in=batch).order_by("pk"):
            own = moves.get(proposal.pk, [])
            stage, since = own[-1] if own else ("", None)
            label = printed_proposal(proposal, [each for each, _ in own])
            if (proposal.stage, proposal.stage_since, proposal.label) != (stage, since, label):
                proposal.stage, proposal.stage_since, proposal.label = stage, since, label
                changed.append(proposal)
        Proposal.objects.bulk_update(changed, ["stage", "stage_since", "label"])


def _moves_of(batch: list[int]) -> dict[int, list[tuple[str, date | None]]]:
    """Return each proposal's moves in order: those without a day first."""
    stages = active_code().options("proposal_stages")
    place = {option.key: option.number("order") for option in stages}
    rows = StageMove.objects.known_at(None).filter(proposal_id__in=batch).order_by("pk")
    found: dict[int, list[tuple[str, date | None]]] = {}
    for pk, stage, moved_on in rows.values_list("proposal_id", "stage", "moved_on"):
        found.setdefault(pk, []).append((stage, moved_on))
    for own in found.values():
        own.sort(key=lambda move: (move[1] or date.min, place[move[0]]))
    return found


def _holds_apart(touched: set[int]) -> Iterable[Reason]:
    yield from reasons_against_overlaps(HoldSpell, "proposal", touched, "holds")
    yield from stays_as_moved("proposal-holds")(touched)


def _assessed_in_order(values: Mapping[str, Value]) -> Iterable[Reason]:
    return days_in_order(values, "accepted_on", "returned_on")


proposals = add_register(
    Register(
        name="proposals",
        title="Proposals",
        meaning="Each proposal: its title, who raised it and when, the route it takes",
        model=ProposalDetails,
        columns=(
            Column("proposal", "Its identifier, in any form it has had", Kind.IDENTIFIER,
                   required=True, identifies=True, longest=40, example="MP078"),
            Column("title", "Its title", required=True),
            Column("raised_on", "The day it was raised; empty when not known", Kind.DAY,
                   example="2021-10-12"),
            Column("proposer", "The organisation that raised it", longest=200),
            Column("proposer_category", "The proposer's Party Category", Kind.CHOICE,
                   choices="party_categories"),
            Column("route", "The route it takes", Kind.CHOICE, choices="proposal_routes"),
            Column("is_urgent", "Whether it is urgent", Kind.FLAG, default=False),
            Column("parent", "The proposal it was split from", Kind.REFERENCE,
                   refers_to="proposals", longest=40),
            Column("summary", "What it is about, in a few sentences", longest=2000),
            Column("link", "Where more about it is published", Kind.LINK),
        ),
        key=("proposal",),
        order=("proposal",),
        filters=("route", "proposer_category"),
        identity=Proposal,
        parse_identity=proposal_key,
        new_identity=_new_proposal,
        tells=(Telling("raised_on", "Raised", ("By {proposer}",), without_day=True),),
        after_change=_project,
    )
)  # fmt: skip

proposal_stages = add_register(
    Register(
        name="proposal-stages",
        title="Proposal stages",
        meaning="Each stage that a proposal entered, and on which day",
        model=StageMove,
        columns=(
            PROPOSAL_COLUMN,
            Column("stage", "The stage", Kind.CHOICE, required=True, choices="proposal_stages",
                   example="refine"),
            Column("moved_on", "The day; empty when not known", Kind.DAY, example="2021-09-28"),
            Column("body", "The body that moved it", Kind.CHOICE, choices="bodies",
                   example="csc"),
            Column("note", "What is worth knowing about it"),
        ),
        key=("proposal", "stage", "moved_on"),
        order=("moved_on", "proposal", "stage"),
        day="moved_on",
        filters=("stage", "body"),
        sheet_rules=stays_as_moved("proposal-stages"),
        tells=(Telling("moved_on", "{stage}", ("{body}", "{note}"), without_day=True),),
        after_change=_project,
    )
)  # fmt: skip

proposal_holds = add_register(
    Register(
        name="proposal-holds",
        title="Proposals on hold",
        meaning="The times in which a proposal was on hold",
        model=HoldSpell,
        columns=(PROPOSAL_COLUMN, *HELD_COLUMNS, Column("ground", "Why it was on hold")),
        key=("proposal", "held_from"),
        order=("held_from", "proposal"),
        tells=(
            Telling("held_from", "Put on hold", ("{ground}",)),
            Telling("held_until", "No longer on hold"),
        ),
        sheet_rules=_holds_apart,
    )
)

assessments = add_register(
    Register(
        name="assessments",
        title="Assessments",
        meaning="Assessments of proposals: when accepted and returned, against their target",
        model=Assessment,
        columns=(
            PROPOSAL_COLUMN,
            Column("kind", "The kind", Kind.CHOICE, required=True, choices="assessment_kinds",
                   example="pa"),
            Column("sequence", "1 for the first of its kind, 2 for the next", Kind.WHOLE,
                   least=1, default=1, example="1"),
            Column("accepted_on", "The day it was accepted; empty when not known", Kind.DAY,
                   example="2021-08-18"),
            Column("returned_on", "The day it was returned; empty while underway", Kind.DAY),
            Column("target_working_days", "The target in Working Days", Kind.WHOLE,
                   required=True, least=1, example="15"),
            Column("convention", "How its days are counted when printed", Kind.CHOICE,
                   required=True, choices="counting_conventions",
                   example="weekdays-inclusive"),
        ),
        key=("proposal", "kind", "sequence"),
        order=("accepted_on", "proposal", "kind"),
        day="accepted_on",
        filters=("kind",),
        row_rules=_assessed_in_order,
        sheet_rules=stays_as_moved("assessments"),
        tells=(
            Telling("accepted_on", "{kind} accepted", without_day=True),
            Telling("returned_on", "{kind} returned"),
        ),
    )
)  # fmt: skip

decisions = add_register(
    Register(
        name="decisions",
        title="Decisions",
        meaning="What bodies decided about proposals",
        model=Decision,
        columns=(
            PROPOSAL_COLUMN,
            Column("body", "The body that decided", Kind.CHOICE, required=True, choices="bodies",
                   example="cb"),
            Column("decided_on", "The day", Kind.DAY, required=True, example="2021-09-29"),
            Column("outcome", "What it decided", Kind.CHOICE, required=True,
                   choices="decision_outcomes", example="approved"),
            Column("meeting", "The meeting, where there was one", Kind.REFERENCE,
                   refers_to="meetings", longest=120, example="CB_58"),
            Column("note", "What is worth knowing about it"),
        ),
        key=("proposal", "body", "decided_on", "outcome"),
        order=("decided_on", "proposal", "outcome"),
        day="decided_on",
        filters=("body", "outcome"),
        sheet_rules=stays_as_moved("decisions"),
        tells=(Telling("decided_on", "{body}: {outcome}", ("{meeting}", "{note}")),),
    )
)  # fmt: skip

proposal_impacts = add_register(
    Register(
        name="proposal-impacts",
        title="Proposal impacts",
        meaning="What each proposal would affect: Party Categories, documents, User Roles",
        model=Impact,
        columns=(
            PROPOSAL_COLUMN,
            Column("kind", "What kind of thing is affected", Kind.CHOICE, required=True,
                   choices="impact_kinds", example="document"),
            Column("affected", "What is affected", Kind.IDENTIFIER, required=True, longest=120,
                   example="Appendix AK"),
        ),
        key=("proposal", "kind", "affected"),
        order=("proposal", "kind", "affected"),
        filters=("kind",),
    )
)  # fmt: skip

proposal_links = add_register(
    Register(
        name="proposal-links",
        title="Proposal links",
        meaning="How proposals stand to one another, across codes too",
        model=ProposalLink,
        columns=(
            PROPOSAL_COLUMN,
            Column("relation", "How it stands to the other", Kind.CHOICE, required=True,
                   choices="link_relations", example="related"),
            Column("other_code", "The other's code; empty for this one", Kind.IDENTIFIER,
                   longest=40, example="REC"),
            Column("other", "The other's identifier", Kind.IDENTIFIER, required=True,
                   longest=120, example="R0216"),
        ),
        key=("proposal", "relation", "other_code", "other"),
        order=("proposal", "relation", "other_code", "other"),
        filters=("relation",),
    )
)  # fmt: skip
