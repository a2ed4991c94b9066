"""The registers of releases and of implementation tranches."""

from collections.abc import Iterable, Mapping

from engross.apps.proposals.registers import PROPOSAL_COLUMN
from engross.apps.registers.queries import active_code
from engross.apps.registers.registers import Register, add_register
from engross.apps.releases.models import Release, ReleaseDetails, ScopeEntry, Tranche
from engross.core.refusals import Reason
from engross.core.registers.columns import Column, Kind, Value
from engross.core.registers.timelines import Telling
from engross.core.releases.scope import ScopeDecision, reasons_against_scope


def _dated_when_sure(values: Mapping[str, Value]) -> Iterable[Reason]:
    state = active_code().option("tranche_states", str(values["state"]))
    if state.flag("needs_date") and values["implemented_on"] is None:
        yield Reason(f"the state {state.name} without a day", "a day in implemented_on")


# What a body decides when it decides on a release's scope: its bodies may do so.
SCOPE_AGREED = "scope-agreed"


def _decided_by_its_body(values: Mapping[str, Value]) -> Iterable[Reason]:
    outcomes = {each.key: each for each in active_code().options("decision_outcomes")}
    bodies = outcomes[SCOPE_AGREED].texts("bodies") if SCOPE_AGREED in outcomes else ()
    if bodies and values["body"] not in bodies:
        named = [active_code().option("bodies", each).name for each in bodies]
        what = "This body does not decide on the scope of a release"
        yield Reason(what, f"Name {' or '.join(named)}")


def _scope_changed_in_order(touched: set[int]) -> Iterable[Reason]:
    rows = ScopeEntry.objects.known_at(None).filter(release__in=touched)
    listed = rows.order_by("release__key", "pk").values_list(
        "release_id", "proposal__label", "is_in", "decided_on", "body"
    )
    by_release: dict[int, list[ScopeDecision]] = {}
    for release, proposal, is_in, decided_on, body in listed:
        said = ScopeDecision(proposal, is_in, decided_on, body)
        by_release.setdefault(release, []).append(said)
    for decisions in by_release.values():
        yield from reasons_against_scope(decisions)


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

release_scopes = add_register(
    Register(
        name="release-scopes",
        title="Scopes of releases",
        meaning="Which proposals a body decided to be in the scope of a release, and when",
        model=ScopeEntry,
        columns=(
            Column("release", "The release", Kind.REFERENCE, required=True, refers_to="releases",
                   longest=120, example="November 2021 SEC Release"),
            PROPOSAL_COLUMN,
            Column("is_in", "Whether it is in scope; no takes it out", Kind.FLAG, default=True),
            Column("decided_on", "The day it was decided", Kind.DAY, required=True,
                   example="2021-06-29"),
            Column("body", "The body that decided", Kind.CHOICE, required=True, choices="bodies",
                   example="csc"),
            Column("note", "What is worth knowing about it"),
        ),
        key=("release", "proposal", "decided_on"),
        order=("release", "decided_on", "proposal"),
        day="decided_on",
        filters=("body",),
        row_rules=_decided_by_its_body,
        sheet_rules=_scope_changed_in_order,
        tells=(Telling("decided_on", "Scope decided", ("{note}",)),),
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
