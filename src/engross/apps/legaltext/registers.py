"""The registers of the code's versions, and of what people decided about whom it applies to."""

from collections.abc import Iterable, Mapping

from engross.apps.legaltext.models import (
    ApplicabilityDecision,
    CodeVersion,
    CodeVersionDetails,
    Provision,
)
from engross.apps.registers.registers import Register, add_register
from engross.core.refusals import Reason
from engross.core.registers.columns import Column, Kind, Value
from engross.core.registers.timelines import Telling

code_versions = add_register(
    Register(
        name="code-versions",
        title="Code versions",
        meaning="Each version of the code: when it took effect, and what made it",
        model=CodeVersionDetails,
        columns=(
            Column("version", "The version's number", Kind.IDENTIFIER, required=True,
                   identifies=True, longest=40, example="46.0"),
            Column("effective_on", "The day it took effect", Kind.DAY, required=True,
                   example="2021-09-22"),
            Column("published_on", "The day it was published, where known", Kind.DAY),
            Column("cause", "What made it", Kind.CHOICE, choices="version_reasons",
                   example="modification"),
            Column("key_changes", "What changed, in a sentence", longest=1000),
        ),
        key=("version",),
        order=("effective_on", "version"),
        day="effective_on",
        filters=("cause",),
        tells=(
            Telling("effective_on", "Took effect", ("{cause}", "{key_changes}")),
            Telling("published_on", "Published"),
        ),
        identity=CodeVersion,
    )
)  # fmt: skip


def _stands_in_the_text(values: Mapping[str, Value]) -> Iterable[Reason]:
    ident = str(values["provision"])
    known = Provision.objects.order_by("pk")
    # Before any text is taken in there is nothing to hold it to.
    if known.exists() and not known.filter(pk=ident).exists():
        what = f"No provision of the text has the id {ident[:60]!r}"
        yield Reason(what, "Begin on the clause's page: 'Say whom it applies to'")


applicability_decisions = add_register(
    Register(
        name="applicability-decisions",
        title="Decisions on whom a clause applies to",
        meaning="Where a person decided whom a clause applies to, against what its words say",
        model=ApplicabilityDecision,
        columns=(
            Column("provision", "The provision's permanent id; it holds for all under it, too",
                   Kind.IDENTIFIER, required=True, longest=40, example="p-63f155be25483c82"),
            Column("category", "The Party Category", Kind.CHOICE, required=True,
                   choices="party_categories", example="large-suppliers"),
            Column("sense", "How it applies to them", Kind.CHOICE, required=True,
                   choices="applicability_senses", example="mentions"),
            Column("decided_on", "The day it was decided", Kind.DAY, required=True,
                   example="2021-09-22"),
            Column("why", "Why, in a sentence that readers see", required=True, longest=500,
                   example="Only those who signed before 2016"),
        ),
        key=("provision", "category"),
        order=("decided_on", "provision", "category"),
        day="decided_on",
        filters=("category", "sense"),
        row_rules=_stands_in_the_text,
    )
)  # fmt: skip
