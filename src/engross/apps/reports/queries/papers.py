"""Papers and figures of a month: what is asked, and what stands in the registers for it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.models import Max

from engross.adapters.papers.charts import PaperTheme
from engross.adapters.papers.definition import (
    AttachmentDefinition,
    PaperDefinition,
    load_paper,
    paper_keys,
)
from engross.adapters.papers.template import Occasion, compose, compose_attachment
from engross.adapters.papers.vocabulary import Highlight as WrittenHighlight
from engross.apps.meetings.models import MeetingPaper
from engross.apps.registers.queries import active_code, is_within, kept_spans
from engross.apps.reports.models import Highlight, IssuedPaper, PublishedFigures
from engross.apps.reports.registers import bodies_of_papers, papers_folder
from engross.core.access import Marking, Reader, may_read, reach_of
from engross.core.codes import Code
from engross.core.dates.months import Month
from engross.core.refusals import Reason, Refused
from engross.core.registers.cells import EARLIEST
from engross.core.reports.figures import FIGURES, Asking, Figure, FigureSpec
from engross.core.reports.papers import Paper
from engross.core.reports.tables import Json


def asking_for(
    month: Month, *, on: date, as_at: date | None = None, known_at: datetime | None = None
) -> Asking:
    """Return a round of questions about a month, as at its last day or `on` if that is earlier.

    Raises Refused for a month that has not begun on `on`, or was over before the code began.
    """
    if month.first_day > on:
        what = f"{month.name} has not begun on {on:%d %B %Y}"
        raise Refused(Reason(what, "Ask for a month that has"))
    begun_on = _first_day_of(active_code())
    if month.last_day < begun_on:
        what = f"{month.name} was over before the code began on {begun_on:%d %B %Y}"
        raise Refused(Reason(what, "Ask for a later month"))
    spans = kept_spans(known_at)

    def kept(register: str, first: date, last: date) -> bool:
        return is_within(spans, register, first, last)

    return Asking(
        code=active_code(),
        month=month,
        as_at=as_at or min(month.last_day, on),
        kept=kept,
        known_at=known_at,
    )


def _first_day_of(code: Code) -> date:
    """Return the first day on which any parameter of a code has a value."""
    return min((each.values[0][0] for each in code.parameters.values()), default=EARLIEST)


def all_figures(asking: Asking) -> Mapping[str, Figure]:
    """Return every figure of the active code for what is asked, by name."""
    return {name: asking.figure(name) for name in FIGURES.specs(asking.code)}


def word_template() -> Path:
    """Return the organisation's Word template."""
    return papers_folder() / "word-template.docx"


def paper_definitions() -> tuple[PaperDefinition, ...]:
    """Return every paper that the active code describes."""
    folder = papers_folder()
    return tuple(paper_named(key) for key in paper_keys(folder))


def paper_named(key: str) -> PaperDefinition:
    """Return a paper of the active code; raises LookupError, naming the nearest."""
    return _loaded(papers_folder(), key)


@lru_cache(maxsize=16)
def _loaded(folder: Path, key: str) -> PaperDefinition:
    return load_paper(folder, key)


def occasion_for(
    paper: str,
    month: Month,
    *,
    version: int = 1,
    known_at: datetime | None = None,
    published: Mapping[str, Json] | None = None,
    classes: Sequence[str] | None = None,
) -> Occasion:
    """Return what the registers say about one month's paper beside its figures.

    `classes` are the classes whose highlights may be printed; None for those of class White.
    """
    rows = _papers_of(paper, known_at).filter(month=month.first_day)
    own = rows.order_by("reference").first()
    written = _highlights(paper, month, known_at, classes)
    return Occasion(
        reference=own.reference if own else "",
        author_on=own.written_on if own else None,
        version=version,
        highlights=lambda section: written.get(section, ()),
        published=published,
    )


def _papers_of(paper: str, known_at: datetime | None = None) -> Any:
    """Return the papers of meetings that are this one: of its own class, not its attachments."""
    own_class = paper_named(paper).class_key
    return MeetingPaper.objects.known_at(known_at).filter(report=paper, paper_class=own_class)


def _highlights(
    paper: str, month: Month, known_at: datetime | None, classes: Sequence[str] | None
) -> dict[str, tuple[WrittenHighlight, ...]]:
    code = active_code()
    public = [each.key for each in code.options("paper_classes") if each.flag("is_public")]
    known: Any = Highlight.objects.known_at(known_at)
    rows = known.filter(paper=paper, month=month.first_day, paper_class__in=classes or public)
    found: dict[str, tuple[WrittenHighlight, ...]] = {}
    for row in rows.order_by("section", "position"):
        label = code.option("highlight_sections", row.section).text("printed")
        written = WrittenHighlight(label, row.text, row.paper_class)
        found[row.section] = (*found.get(row.section, ()), written)
    return found


def issued_versions(paper: str, month: Month) -> list[IssuedPaper]:
    """Return the versions of a month's paper that were issued, newest first."""
    rows = IssuedPaper.objects.filter(paper=paper, month=month.first_day)
    return list(rows.select_related("issued_by").order_by("-version"))


def reported_months(paper: str) -> list[Month]:
    """Return the months with a paper in the registers, highlights or an issue, newest first.

    What is of another class than the paper's own is not told, nor that it is there.
    """
    highlights: Any = Highlight.objects.known_at(None)
    own_class = paper_named(paper).class_key
    days = set(_papers_of(paper).order_by().values_list("month", flat=True))
    days |= set(highlights.filter(paper=paper, paper_class=own_class).order_by()
                .values_list("month", flat=True))  # fmt: skip
    days |= set(IssuedPaper.objects.filter(paper=paper).order_by().values_list("month", flat=True))
    return sorted((Month.of(day) for day in days if day), reverse=True)


def latest_version(paper: str, month: Month) -> int:
    """Return the number of the latest version issued; 0 if none was."""
    rows = IssuedPaper.objects.filter(paper=paper, month=month.first_day)
    return int(rows.aggregate(latest=Max("version"))["latest"] or 0)


def published_figures(paper: str, month: Month) -> Mapping[str, Json] | None:
    """Return the figures of a month's paper as published elsewhere, as kept last; or None."""
    rows = PublishedFigures.objects.filter(paper=paper, month=month.first_day)
    latest = rows.order_by("-recorded_at", "-pk").first()
    return latest.figures if latest else None


def composed(
    paper: str,
    month: Month,
    *,
    on: date,
    known_at: datetime | None = None,
    published: Mapping[str, Json] | None = None,
) -> Paper:
    """Return a month's paper, composed from the registers.

    Without `published`, the published figures that were kept last stand beside ours.
    Raises LookupError for an unknown paper, Refused for a month that has not begun or that no
    form of the paper holds for, and PaperRefused with every mistake in a template.
    """
    definition = paper_named(paper)
    version = max(latest_version(paper, month), 1)
    if published is None:
        published = published_figures(paper, month)
    occasion = occasion_for(paper, month, version=version, known_at=known_at, published=published)
    return compose(definition, asking_for(month, on=on, known_at=known_at), occasion)


def composed_attachments(
    paper: str, month: Month, *, on: date, known_at: datetime | None = None
) -> dict[str, Paper]:
    """Return the attachments of a month's paper, each of its own class, by key."""
    definition = paper_named(paper)
    asking = asking_for(month, on=on, known_at=known_at)
    found: dict[str, Paper] = {}
    for each in definition.attachments_of(definition.form_for(month)):
        classes = [each.class_key]
        occasion = occasion_for(paper, month, known_at=known_at, classes=classes)
        found[each.key] = compose_attachment(definition, each.key, asking, occasion)
    return found


def paper_theme() -> PaperTheme:
    """Return the colours that the active code's papers are drawn in."""
    return PaperTheme.of_code(active_code().theme)


def marking_of_class(key: str, body: str) -> Marking:
    """Return how something of a class is marked that is written for a body."""
    return Marking(reach_of(active_code(), key), body=body)


def marking_of_figure(spec: FigureSpec) -> Marking:
    """Return how a figure is marked: it is for the bodies whose papers can print it.

    Where papers are written for several bodies it is none of theirs alone, so none may read it
    whom only a body lets in.
    """
    bodies = set(bodies_of_papers().values())
    return marking_of_class(spec.paper_class, bodies.pop() if len(bodies) == 1 else "")


def marking_of_paper(key: str) -> Marking:
    """Return how a paper is marked; raises LookupError if there is none of that key."""
    definition = paper_named(key)
    return marking_of_class(definition.class_key, definition.body)


def readable_papers(reader: Reader) -> tuple[PaperDefinition, ...]:
    """Return the papers of the active code that a reader may read."""
    return tuple(
        each for each in paper_definitions() if may_read(reader, marking_of_paper(each.key))
    )


def readable_figures(reader: Reader) -> Mapping[str, FigureSpec]:
    """Return the figures of the active code that a reader may read, by name."""
    specs = FIGURES.specs(active_code())
    return {name: spec for name, spec in specs.items() if may_read(reader, marking_of_figure(spec))}


def readable_attachments(
    definition: PaperDefinition, month: Month, reader: Reader
) -> tuple[AttachmentDefinition, ...]:
    """Return the attachments of a month's paper that a reader may read, each of its own class."""
    return tuple(
        each
        for each in definition.attachments_of(definition.form_for(month))
        if may_read(reader, marking_of_class(each.class_key, definition.body))
    )


def latest_reported_month(on: date) -> Month:
    """Return the latest month that any paper is recorded for; the one before `on` if none."""
    months = [month for each in paper_definitions() for month in reported_months(each.key)
              if month.first_day <= on]  # fmt: skip
    return max(months, default=Month.of(on).previous)
