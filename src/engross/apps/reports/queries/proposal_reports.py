"""A proposal's report, assembled from the record: what is on file for it, and what is missing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from engross.adapters.papers.definition import load_paper
from engross.adapters.papers.template import Occasion, compose
from engross.apps.proposals.models import ProposalDetails
from engross.apps.registers.queries import active_code, option_name
from engross.apps.reports.models import IssuedReport
from engross.apps.reports.queries.proposal_record import Recorded, Rows
from engross.apps.reports.queries.proposal_results import Results
from engross.apps.reports.registers import papers_folder
from engross.core.dates.months import Month
from engross.core.reports.figures import Answer, Asking, FigureRegistry, FigureSpec
from engross.core.reports.papers import Paper
from engross.core.reports.tables import columns, table

MODIFICATION_REPORT, CONCLUSIONS_REPORT = "modification-report", "conclusions-report"
KINDS = (MODIFICATION_REPORT, CONCLUSIONS_REPORT)
# What comes of issuing it, such as its own move: no reason to issue it again.
UNSTEADY = frozenset({"proposal.timeline", "proposal.documents"})
_DAYS = {"on", "since", "until", "made_on"}
_SOURCED = " source link"


@dataclass(frozen=True)
class ReportAsked:
    """Which report of which proposal, on which day; `site` begins the addresses of sources."""

    details: ProposalDetails
    kind: str
    on: date
    site: str = ""
    version: int = 1


class ReportPart(NamedTuple):
    """A part of a report as its list of parts has it: whether it is on file, and is needed."""

    name: str
    is_on_file: bool
    is_needed: bool

    @property
    def standing(self) -> str:
        """Say in words how it stands."""
        if self.is_on_file:
            return "On file"
        return "Missing" if self.is_needed else "None recorded"


class _Told(NamedTuple):
    title: str
    columns: str
    rows: Callable[[], Rows]


def _tables(asked: ReportAsked) -> Mapping[str, _Told]:
    record = Recorded(asked.details, asked.on, asked.site, left_out=KINDS)
    results = Results(record)
    return {
        "facts": _Told("At a glance", "what says" + _SOURCED, record.facts),
        "issue": _Told("Issue", "says" + _SOURCED, record.issue),
        "solution": _Told("Solution", "what says" + _SOURCED, record.solution),
        "business_case": _Told("Business case", "what says" + _SOURCED, record.business_case),
        "approach": _Told("Approach", "what says" + _SOURCED, record.approach),
        "implementation": _Told("Implementation", "what on" + _SOURCED, record.implementation),
        "impacts": _Told("Impacts", "what affected" + _SOURCED, record.impacts),
        "costs": _Told("Costs", "kind category what low_pounds high_pounds says" + _SOURCED,
                       record.costs),
        "objectives": _Told("Objectives", "objective view effect reasons" + _SOURCED,
                            record.objectives),
        "alternatives": _Told("Alternatives", "name title summary by preferred" + _SOURCED,
                              record.alternatives),
        "assessments": _Told("Assessments", "what accepted returned" + _SOURCED,
                             record.assessments),
        "legal_texts": _Told("Legal text", "name title version base made_on link",
                             results.legal_texts),
        "changes": _Told("Changes", "name what place words link", results.changes),
        "consultations": _Told("Consultations", "name kind title since until answers link",
                               results.consultations),
        "counts": _Told("Answers counted", "name asks category words", results.counts),
        "answers": _Told("Answers", "name asks respondent category words", results.answers),
        "you_said": _Told("What was said and done", "name asks said did", results.you_said),
        "votes": _Told("Votes", "body what on says link", results.votes),
        "decisions": _Told("Decisions", "body outcome on note" + _SOURCED, results.decisions),
        "across": _Told("Other codes", "relation other" + _SOURCED, results.across),
        "documents": _Told("Documents", "kind title version on text" + _SOURCED,
                           record.documents),
        "timeline": _Told("Timeline", "when what says register link", record.timeline),
    }  # fmt: skip


def proposal_report(asked: ReportAsked) -> Paper:
    """Return a proposal's report, numbered and with the hash of its tables.

    It holds what everybody may read and nothing else, whoever asks.
    """
    rows = {name: (told, told.rows()) for name, told in _tables(asked).items()}
    registry = FigureRegistry()
    for name, (told, found) in rows.items():
        _register(registry, name, told, found)
    parts = parts_of_report({name: found for name, (_, found) in rows.items()})
    checked = _Told("Completeness", "part standing", list)
    _register(registry, "parts", checked, [(each.name, each.standing) for each in parts])
    missing = FigureSpec("proposal.missing", "Missing parts", "parts", "Needed and not on file")
    count = sum(each.is_needed and not each.is_on_file for each in parts)
    registry.register(missing, lambda asking: Answer(count))
    is_over = FigureSpec("proposal.concluded", "Whether it concludes", "", "By the report's kind")
    concluded = int(asked.kind == CONCLUSIONS_REPORT)
    registry.register(is_over, lambda asking: Answer(concluded))
    asking = Asking(
        code=active_code(), month=Month.of(asked.on), as_at=asked.on,
        kept=lambda register, first, last: True, known_at=None, registry=registry,
    )  # fmt: skip
    definition = load_paper(papers_folder() / "proposals", MODIFICATION_REPORT)
    kind = option_name("document_kinds", asked.kind)
    titled = replace(definition, title=f"{kind}: {asked.details.proposal.label}")
    return compose(titled, asking, Occasion(author_on=asked.on, version=asked.version))


def _register(registry: FigureRegistry, name: str, told: _Told, rows: Rows) -> None:
    spec = FigureSpec(f"proposal.{name}", told.title, "rows", "As recorded of the proposal")
    kinds = columns(*((each, "", _kind(each)) for each in told.columns.split()))
    made = table(kinds, rows)
    registry.register(spec, lambda asking: Answer(rows=made))


def _kind(column: str) -> str:
    return "whole" if column.endswith("_pounds") else "day" if column in _DAYS else "text"


def parts_of_report(rows: Mapping[str, Rows]) -> list[ReportPart]:
    """Return each part that the code wants in a report, and whether anything of it is there."""
    return [
        ReportPart(each.name, any(rows[table] for table in each.texts("tables")),
                   each.flag("is_needed"))
        for each in active_code().options("report_parts")
    ]  # fmt: skip


def issued_reports(proposal: int) -> list[IssuedReport]:
    """Return the reports of a proposal that were issued, newest first."""
    rows = IssuedReport.objects.filter(proposal=proposal).select_related("issued_by", "proposal")
    return list(rows.order_by("-issued_at", "-pk"))
