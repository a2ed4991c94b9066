"""The priorities that proposals were given, here or by a Lead Code."""

from collections.abc import Iterable, Mapping
from datetime import date

from engross.apps.crosscode.models import PriorityDetermination
from engross.apps.crosscode.registers.groups import leads_of
from engross.apps.proposals.registers import PROPOSAL_COLUMN
from engross.apps.registers.queries import active_code, in_batches
from engross.apps.registers.registers import Register, add_register
from engross.core.crosscode.priorities import (
    Determination,
    reasons_against_determination,
    reasons_against_latest,
)
from engross.core.refusals import Reason
from engross.core.registers.columns import Column, Kind, Value
from engross.core.registers.timelines import Telling


def determination_of(values: Mapping[str, Value]) -> Determination:
    """Return what a row of the register says, for the rules to judge."""
    determined_on, review_by = values["determined_on"], values["review_by"]
    return Determination(
        determined_on=determined_on if isinstance(determined_on, date) else date.min,
        category=str(values["category"]),
        answers=str(values["answers"] or ""),
        grounds=str(values["grounds"] or ""),
        review_by=review_by if isinstance(review_by, date) else None,
        lead=str(values["lead"] or ""),
    )


def _sound_by_itself(values: Mapping[str, Value]) -> Iterable[Reason]:
    return reasons_against_determination(determination_of(values), active_code())


def _led_priorities_stand(touched: set[int]) -> Iterable[Reason]:
    """Return why priorities differ from what a Lead Code gave: those are locked here."""
    code = active_code()
    for batch in in_batches(touched):
        leads = leads_of(set(batch))
        rows = PriorityDetermination.objects.known_at(None).filter(proposal__in=leads)
        given: dict[tuple[int, str], list[Determination]] = {}
        fields = ("proposal_id", "proposal__label", "determined_on", "category", "lead")
        for pk, label, on, category, lead in rows.order_by("pk").values_list(*fields):
            given.setdefault((pk, label), []).append(Determination(on, category, lead=lead))
        for (pk, label), own in given.items():
            yield from reasons_against_latest(label, own, leads[pk], code)


priority_determinations = add_register(
    Register(
        name="priority-determinations",
        title="Priorities of proposals",
        meaning="The priority of each proposal from a day on: by which answers and for which "
        "reasons, or taken over from the Lead Code",
        model=PriorityDetermination,
        columns=(
            PROPOSAL_COLUMN,
            Column("category", "The priority", Kind.CHOICE, required=True,
                   choices="priority_categories", example="standard"),
            Column("determined_on", "The first day on which it holds", Kind.DAY, required=True,
                   example="2026-05-29"),
            Column("body", "Who determined it", Kind.CHOICE, choices="bodies"),
            Column("answers", "What was answered to each criterion", longest=500,
                   example="complexity: low; importance: high; time-sensitivity: medium"),
            Column("grounds", "Why it has this priority", longest=2000,
                   example="It makes switching safer, and waits for no system change"),
            Column("direction_link", "Where the strategic direction that it serves is published",
                   Kind.LINK),
            Column("review_by", "The day by which it is looked at again", Kind.DAY),
            Column("lead", "The change of the Lead Code that it was taken over from; empty if "
                   "it was determined here", Kind.IDENTIFIER, longest=120, example="REC R0304"),
        ),
        key=("proposal", "determined_on"),
        order=("determined_on", "proposal"),
        day="determined_on",
        filters=("category", "body"),
        row_rules=_sound_by_itself,
        sheet_rules=_led_priorities_stand,
        tells=(
            Telling("determined_on", "Priority: {category}",
                    ("{body}", "Taken over from {lead}", "{grounds}")),
        ),
    )
)  # fmt: skip
