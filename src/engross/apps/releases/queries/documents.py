"""A release's implementation document: every table of it, as the record has it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

import msgspec

from engross.adapters.code_folder import code_folder
from engross.adapters.legaltext.redlines import table_of_changes
from engross.adapters.papers.definition import load_paper
from engross.adapters.papers.template import Occasion, compose
from engross.apps.legaltext.queries import documents_on
from engross.apps.proposals.models import ProposalDetails
from engross.apps.registers.queries import active_code, option_name
from engross.apps.releases.models import Composition, CompositionConflict, ReleaseDetails
from engross.apps.releases.queries.compositions import (
    Composed,
    chosen_in,
    composed,
    compositions_of,
    decisions_of,
    documents_changed,
)
from engross.apps.releases.queries.releases import Part, parts_of_release
from engross.apps.releases.queries.scopes import Scoped, scope_of
from engross.core.dates.months import Month
from engross.core.legaltext.aligning import align
from engross.core.legaltext.comparison import compared
from engross.core.legaltext.merging import Conflict
from engross.core.refusals import Refused
from engross.core.reports.figures import Answer, Asking, FigureRegistry, FigureSpec
from engross.core.reports.papers import Paper
from engross.core.reports.tables import Cell, columns, table

PAPER = "release-implementation"
_conflict = msgspec.json.Decoder(Conflict)
Rows = Sequence[tuple[Cell, ...]]


@dataclass(frozen=True)
class Shown:
    """What the document is made of, and for whom: names of persons are for staff alone."""

    release: ReleaseDetails
    made: Composition | None
    result: Composed | None
    names_persons: bool
    on: date

    @property
    def is_published(self) -> bool:
        """Whether the text that it tells of is published."""
        return bool(self.made and self.made.published_version and not self.made.withdrawn_at)


def composition_told(release: str, *, only_published: bool) -> Composition | None:
    """Return the composition that a release's document tells of: the one that stands published,
    else the last one that is not withdrawn."""
    rows = compositions_of(release).filter(withdrawn_at__isnull=True)
    published = rows.filter(published_version__isnull=False).first()
    return published if published or only_published else rows.first()


def release_document(
    row: ReleaseDetails, *, on: date, names_persons: bool, known_at: datetime | None = None
) -> Paper:
    """Return the implementation document of a release, numbered and with the hash of its tables.

    Without `names_persons` it tells of what is published alone, and names nobody.
    """
    made = composition_told(row.release.key, only_published=not names_persons)
    shown = Shown(row, made, _composed(made), names_persons, on)
    registry = FigureRegistry()
    for name, told in _tables().items():
        _register(registry, name, told, shown)
    total = FigureSpec("release.changes.total", "Changes", "changes", "The rows of release.changes")
    registry.register(total, lambda asking: Answer(len(asking.rows("release.changes").rows)))
    asking = Asking(
        code=active_code(), month=Month.of(row.released_on), as_at=on,
        kept=lambda register, first, last: True, known_at=known_at, registry=registry,
    )  # fmt: skip
    definition = load_paper(code_folder(active_code().key) / "papers" / "releases", PAPER)
    titled = replace(definition, title=f"{definition.title}: {row.release.label}")
    return compose(titled, asking, Occasion(author_on=on))


def _composed(made: Composition | None) -> Composed | None:
    try:
        return composed(made) if made else None
    except Refused:
        return None


def _register(registry: FigureRegistry, name: str, told: "Told", shown: Shown) -> None:
    spec = FigureSpec(f"release.{name}", told.title, "rows", "As recorded of the release")
    kinds = columns(*((each, "", _KINDS.get(each, "text")) for each in told.columns.split()))
    registry.register(spec, lambda asking: Answer(rows=table(kinds, told.rows(shown))))


class Told(NamedTuple):
    """A table of the document: its title, its columns, and what gives its rows."""

    title: str
    columns: str
    rows: Callable[[Shown], Rows]


_KINDS = {"on": "day", "decided_on": "day", "part": "whole", "number": "whole"}


def _tables() -> Mapping[str, Told]:
    return {
        "facts": Told("The release", "what says", _facts),
        "scope": Told("Scope", "proposal title decided decided_on body", _scope),
        "tranches": Told("Proposals", "proposal title part state version on", _tranches),
        "documents": Told("Documents", "document before after", _documents),
        "changes": Told("Changes", "what was now", _changes),
        "conflicts": Told("Conflicts", "address sides decided by on reason", _conflicts),
        "findings": Told("Findings", "address what answer", _findings),
        "change_sets": Told("Change sets", "name proposal version base", _change_sets),
    }


def _facts(shown: Shown) -> Rows:
    row, made = shown.release, shown.made
    facts: list[tuple[str, str]] = [
        ("Release", row.release.label),
        ("Kind", option_name("release_kinds", row.kind)),
        ("Day it goes live", f"{row.released_on:%-d %B %Y}"),
        ("What it may carry", row.scope or "Not recorded"),
    ]
    if made is None:
        return [*facts, ("Text", "Not published")]
    facts.append(("Composed from", f"composition {made.number}, on version {made.base_version}"))
    version = made.published_version
    if version is None:
        return [*facts, ("Text", "Not published: a draft")]
    details = version.details.filter(superseded_at__isnull=True).first()
    facts.append(("Version", str(version)))
    if details is not None:
        facts.append(("It takes effect on", f"{details.effective_on:%-d %B %Y}"))
        if details.published_on:
            facts.append(("Published on", f"{details.published_on:%-d %B %Y}"))
    return [*facts, ("Name of its text (SHA-256)", made.result_hash)]


def _scope(shown: Shown) -> Rows:
    decided: list[Scoped] = scope_of(shown.release.release_id)
    titles = _titles(each.key for each in decided)
    return [
        (each.decision.proposal, titles.get(each.key, ""),
         "In scope" if each.decision.is_in else "Out of scope", each.decision.decided_on,
         option_name("bodies", each.decision.body))
        for each in decided
    ]  # fmt: skip


def _titles(keys: Iterable[str]) -> dict[str, str]:
    rows = ProposalDetails.objects.known_at(None).filter(proposal__key__in=list(keys))
    return dict(rows.order_by("pk").values_list("proposal__key", "title"))


def _tranches(shown: Shown) -> Rows:
    parts: list[Part] = parts_of_release(shown.release.release_id)
    return [
        (each.proposal, each.title, each.sequence, option_name("tranche_states", each.state),
         each.version or "", each.implemented_on)
        for each in parts
    ]  # fmt: skip


def _documents(shown: Shown) -> Rows:
    if shown.result is None:
        return []
    after: dict[str, str] = {}
    if shown.made and shown.is_published:
        version = shown.made.published_version
        details = version.details.filter(superseded_at__isnull=True).first() if version else None
        on = details.effective_on if details else shown.release.released_on
        after = {each.name: each.number for each in documents_on(on)}
    return [
        (each.name, each.before or "New",
         "Ends" if each.is_gone else after.get(each.name, "To be numbered"))
        for each in documents_changed(shown.result)
    ]  # fmt: skip


def _changes(shown: Shown) -> Rows:
    if shown.result is None:
        return []
    aligned = align(shown.result.base, shown.result.merged.code)
    lines = table_of_changes(aligned, compared(aligned))
    return [(each.what, each.was or "", each.now or "") for each in lines]


def _conflicts(shown: Shown) -> Rows:
    if shown.made is None:
        return []
    decided = decisions_of(shown.made)
    rows = shown.made.conflicts.order_by("pk")
    return [_conflict_told(row, decided.get(row.pk), shown) for row in rows if row.pk in decided]


def _conflict_told(row: CompositionConflict, answer: Any, shown: Shown) -> tuple[Cell, ...]:
    sides = _conflict.decode(row.payload).sides
    named = " against ".join(" and ".join(side.change_sets) for side in sides)
    by = answer.by if shown.names_persons else active_code().administrator
    return row.address, named, answer.says, by, answer.at.date(), answer.reason


def _findings(shown: Shown) -> Rows:
    if shown.made is None:
        return []
    rows = shown.made.findings.filter(gone_at__isnull=True).select_related("accepted")
    return [
        (each.address, each.what,
         each.accepted.reason if hasattr(each, "accepted") else "Not answered yet")
        for each in rows.order_by("address", "pk")
    ]  # fmt: skip


def _change_sets(shown: Shown) -> Rows:
    if shown.made is None:
        return []
    return [
        (each.change_set.name, str(each.change_set.proposal or ""), str(each.number),
         each.base_version.key)
        for each in chosen_in(shown.made)
    ]  # fmt: skip
