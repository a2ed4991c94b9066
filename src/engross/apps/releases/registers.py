"""The registers of releases and of implementation tranches."""

from collections.abc import Iterable, Mapping

from engross.apps.proposals.registers import PROPOSAL_COLUMN
from engross.apps.registers.queries import active_code
from engross.apps.registers.registers import Register, add_register
from engross.apps.releases.models import Release, ReleaseDetails, Tranche
from engross.core.refusals import Reason
from engross.core.registers.columns import Column, Kind, Value
from engross.core.registers.timelines import Telling


def _dated_when_sure(values: Mapping[str, Value]) -> Iterable[Reason]:
    state = active_code().option("tranche_states", str(values["state"]))
    if state.flag("needs_date") and values["implemented_on"] is None:
        yield Reason(f"the state {state.name} without a day", "a day in implemented_on")


releases = add_register(
    Register(
        name="releases",
        title="Releases",
        meaning="Each release: its day, and whether it is scheduled or ad hoc",
        model=ReleaseDetails,
        columns=(
            Column("release", "Its name", Kind.IDENTIFIER, required=True, identifies=True,
                   longest=120, example="November 2021 SEC Release"),
            Column("kind", "Its kind", Kind.CHOICE, required=True, choices="release_kinds",
                   example="scheduled"),
            Column("released_on", "The day it goes live", Kind.DAY, required=True,
                   example="2021-11-04"),
            Column("scope", "What it may carry"),
        ),
        key=("release",),
        order=("released_on", "release"),
        day="released_on",
        filters=("kind",),
        tells=(Telling("released_on", "Release", ("{scope}",)),),
        identity=Release,
    )
)  # fmt: skip

proposal_tranches = add_register(
    Register(
        name="proposal-tranches",
        title="Implementation tranches",
        meaning="The parts in which proposals go live, and how sure each is",
        model=Tranche,
        columns=(
            PROPOSAL_COLUMN,
            Column("sequence", "1 for the first part, 2 for the next", Kind.WHOLE, least=1,
                   default=1, example="1"),
            Column("state", "How sure it is", Kind.CHOICE, required=True,
                   choices="tranche_states", example="approved"),
            Column("release", "The release it goes with", Kind.REFERENCE, refers_to="releases",
                   longest=120, example="November 2021 SEC Release"),
            Column("version", "The version of the code it made", Kind.REFERENCE,
                   refers_to="code-versions", longest=40, example="46.0"),
            Column("implemented_on", "The day it goes or went live", Kind.DAY),
            Column("note", "What is worth knowing about it"),
        ),
        key=("proposal", "sequence"),
        order=("proposal", "sequence"),
        tells=(
            Telling("implemented_on", "Implementation, part {sequence}: {state}",
                    ("{release}", "Version {version}", "{note}"), without_day=True),
        ),
        filters=("state",),
        row_rules=_dated_when_sure,
    )
)  # fmt: skip
