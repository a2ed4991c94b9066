"""The registers of what proposals would do, cost and serve, and of the papers about them."""

from collections.abc import Callable, Collection, Iterable, Mapping

from engross.apps.proposals.models import (
    Alternative,
    Cost,
    ObjectiveView,
    ProposalDocument,
    Solution,
)
from engross.apps.proposals.registers.courses import PROPOSAL_COLUMN
from engross.apps.registers.queries import active_code, in_batches
from engross.apps.registers.registers import MarkedBy, Register, add_register
from engross.core.refusals import Reason
from engross.core.registers.columns import Column, Kind, Value
from engross.core.registers.timelines import Telling

# What an impact assessment takes in a few pages; longer reasons belong in a document.
LONG = 8000

_ALTERNATIVE = Column(
    "alternative", "The name of the alternative that it is about; empty for the proposal itself",
    longest=40, example="A",
)  # fmt: skip
_CLASS = Column(
    "paper_class", "Its class", Kind.CHOICE, choices="paper_classes", default="white",
    example="white",
)  # fmt: skip
_CHANGE_SET = Column(
    "change_set", "The change set that holds its legal text", Kind.IDENTIFIER, longest=120
)


def _cost_adds_up(values: Mapping[str, Value]) -> Iterable[Reason]:
    low, high = values["low_pounds"], values["high_pounds"]
    if isinstance(low, int) and isinstance(high, int) and high < low:
        yield Reason(f"high_pounds {high} is less than low_pounds {low}", "the least cost first")
    kind = active_code().option("cost_kinds", str(values["kind"]))
    if kind.flag("is_by_category") != bool(values["category"]):
        what, do = ("has no category", "the Party Category that bears it")
        if values["category"]:
            what, do = "has a category", "an empty cell: it falls on no single category"
        yield Reason(f"a cost of the kind '{kind.name}' {what}", do)


# Given names, tells which of them are change sets on record: an app further up keeps those.
_tells_change_sets: list[Callable[[Collection[str]], Collection[str]]] = []


def add_change_sets(known: Callable[[Collection[str]], Collection[str]]) -> None:
    """Make it known who tells which change sets there are."""
    _tells_change_sets[:] = [known]


def _text_is_on_record(values: Mapping[str, Value]) -> Iterable[Reason]:
    name = str(values["change_set"] or "")
    if name and _tells_change_sets and not _tells_change_sets[0]([name]):
        yield Reason(f"there is no change set {name}", "one that is saved, or an empty cell")


def _text_version_has_its_set(values: Mapping[str, Value]) -> Iterable[Reason]:
    yield from _text_is_on_record(values)
    if values["change_set_version"] and not values["change_set"]:
        yield Reason("a version without its change set", "the change set too, or neither")


def _one_is_preferred(touched: set[int]) -> Iterable[Reason]:
    for batch in in_batches(touched):
        rows = Alternative.objects.known_at(None).filter(proposal__in=batch, is_preferred=True)
        seen: dict[int, str] = {}
        for pk, label, name in rows.order_by("proposal", "name").values_list(
            "proposal_id", "proposal__label", "name"
        ):
            if pk in seen:
                what = f"{label} has two preferred alternatives, {seen[pk]} and {name}"
                yield Reason(what, "one at most")
            seen[pk] = name


proposal_solutions = add_register(
    Register(
        name="proposal-solutions",
        title="Solutions of proposals",
        meaning="What each proposal would do, its business case, and how it would be put in place",
        model=Solution,
        columns=(
            PROPOSAL_COLUMN,
            _ALTERNATIVE,
            Column("described_on", "The day as of which it is described", Kind.DAY, required=True,
                   example="2021-09-01"),
            Column("solution", "What would be done", required=True, longest=LONG,
                   example="Devices would report their state each night"),
            Column("business_case", "Why it is worth doing", longest=LONG),
            Column("approach", "How it would be put in place", longest=LONG),
            Column("implement_on", "The day proposed for it to take effect", Kind.DAY),
            _CLASS,
        ),
        key=("proposal", "alternative", "described_on"),
        order=("described_on", "proposal", "alternative"),
        day="described_on",
        filters=("paper_class",),
        marked_by=MarkedBy("paper_class"),
        hidden_from_lists=("business_case", "approach"),
        tells=(Telling("described_on", "Solution described", ("Alternative {alternative}",)),),
    )
)  # fmt: skip

proposal_costs = add_register(
    Register(
        name="proposal-costs",
        title="Costs of proposals",
        meaning="What each proposal would cost, whom, between how much and how much, and who says",
        model=Cost,
        columns=(
            PROPOSAL_COLUMN,
            _ALTERNATIVE,
            Column("kind", "Who bears it", Kind.CHOICE, required=True, choices="cost_kinds",
                   example="central"),
            Column("category", "The Party Category, where it falls on one", Kind.CHOICE,
                   choices="party_categories"),
            Column("what", "What it is for", required=True, longest=200,
                   example="Design, build and test"),
            Column("low_pounds", "The least, in whole pounds", Kind.WHOLE, required=True, least=0,
                   example="120000"),
            Column("high_pounds", "The most, in whole pounds; empty if it is one sum", Kind.WHOLE,
                   least=0, example="150000"),
            Column("stated_on", "The day it was stated", Kind.DAY, required=True,
                   example="2021-09-01"),
            Column("source", "Who says so, and where", required=True,
                   example="Preliminary Assessment"),
            _CLASS,
        ),
        key=("proposal", "alternative", "kind", "category", "what"),
        order=("proposal", "alternative", "kind", "category", "what"),
        day="stated_on",
        filters=("kind", "category"),
        row_rules=_cost_adds_up,
        marked_by=MarkedBy("paper_class"),
        tells=(Telling("stated_on", "Cost stated: {kind}", ("{what}", "{source}")),),
        on_timeline=False,
    )
)  # fmt: skip

proposal_objectives = add_register(
    Register(
        name="proposal-objectives",
        title="Proposals against the objectives",
        meaning="How each proposal serves each objective of the code, as somebody sees it",
        model=ObjectiveView,
        columns=(
            PROPOSAL_COLUMN,
            _ALTERNATIVE,
            Column("view", "Whose view it is", Kind.CHOICE, required=True,
                   choices="objective_views", example="proposer"),
            Column("objective", "The objective", Kind.CHOICE, required=True,
                   choices="code_objectives", example="objective-a"),
            Column("effect", "Whether it serves it better", Kind.CHOICE, required=True,
                   choices="objective_effects", example="better"),
            Column("reasons", "Why", longest=LONG),
            Column("stated_on", "The day it was stated", Kind.DAY, required=True,
                   example="2021-09-01"),
            _CLASS,
        ),
        key=("proposal", "alternative", "view", "objective"),
        order=("proposal", "alternative", "objective", "view"),
        day="stated_on",
        filters=("view", "objective", "effect"),
        marked_by=MarkedBy("paper_class"),
        tells=(Telling("stated_on", "{view} on {objective}: {effect}"),),
        on_timeline=False,
    )
)  # fmt: skip

alternative_proposals = add_register(
    Register(
        name="alternative-proposals",
        title="Alternative Proposals",
        meaning="Other versions of a proposal, each with legal text and a vote of its own",
        model=Alternative,
        columns=(
            PROPOSAL_COLUMN,
            Column("name", "Its name", Kind.IDENTIFIER, required=True, longest=40, example="A"),
            Column("title", "Its title", required=True, example="Report each week instead"),
            Column("summary", "How it differs, in a few sentences", longest=LONG),
            Column("raised_by", "Whose it is", required=True, longest=200,
                   example="Working Group"),
            Column("raised_on", "The day it was raised", Kind.DAY, required=True,
                   example="2021-09-01"),
            _CHANGE_SET,
            Column("is_preferred", "Whether the Working Group prefers it", Kind.FLAG,
                   default=False),
        ),
        key=("proposal", "name"),
        order=("proposal", "name"),
        day="raised_on",
        row_rules=_text_is_on_record,
        sheet_rules=_one_is_preferred,
        tells=(Telling("raised_on", "Alternative {name} raised", ("{title}", "By {raised_by}")),),
    )
)  # fmt: skip

proposal_documents = add_register(
    Register(
        name="proposal-documents",
        title="Documents of proposals",
        meaning="Every paper about a proposal: its kind, day and version, and its legal text",
        model=ProposalDocument,
        columns=(
            PROPOSAL_COLUMN,
            Column("kind", "The kind", Kind.CHOICE, required=True, choices="document_kinds",
                   example="business-requirements"),
            Column("title", "Its title", required=True, example="Business requirements"),
            Column("written_on", "Its day", Kind.DAY, required=True, example="2021-09-01"),
            Column("version", "Its version", Kind.IDENTIFIER, longest=40, example="1.0"),
            _CHANGE_SET,
            Column("change_set_version", "Which version of that change set", Kind.WHOLE, least=1),
            Column("link", "Where it is published", Kind.LINK),
            _CLASS,
        ),
        key=("proposal", "kind", "title", "version"),
        order=("written_on", "proposal", "title", "version"),
        day="written_on",
        filters=("kind", "paper_class"),
        row_rules=_text_version_has_its_set,
        marked_by=MarkedBy("paper_class"),
        tells=(Telling("written_on", "{kind}: {title}", ("Version {version}",)),),
    )
)  # fmt: skip
