"""Composing a paper: its template read with the figures of a month, checked and numbered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from engross.adapters.papers.definition import (
    AttachmentDefinition,
    Form,
    PaperDefinition,
    paper_class,
)
from engross.adapters.papers.markings import Markings
from engross.adapters.papers.problems import PaperProblem, PaperRefused
from engross.adapters.papers.reading import REMEDY, blocks_of_file, problem_in
from engross.adapters.papers.vocabulary import Highlights, Vocabulary, no_highlights
from engross.core.codes.codes import Code
from engross.core.reports.checks import CHECKS, CheckRegistry, run_checks
from engross.core.reports.figures import Asking, Figure
from engross.core.reports.freezing import freeze, hash_of
from engross.core.reports.numbering import UnknownTarget, numbered
from engross.core.reports.papers import (
    Attachment,
    Block,
    ChartBlock,
    Glance,
    Paper,
    PaperHead,
    TableBlock,
    walk,
)
from engross.core.reports.publication import Reconciliation, reconcile
from engross.core.reports.tables import Json


@dataclass(frozen=True)
class Occasion:
    """What a paper is told about one month that no register counts.

    `published` holds the published figures to compare with, without the head of their paper.
    """

    reference: str = ""
    author_on: date | None = None
    version: int = 1
    highlights: Highlights = no_highlights
    published: Mapping[str, Json] | None = None
    checks: CheckRegistry = field(default=CHECKS, repr=False)


def compose(definition: PaperDefinition, asking: Asking, occasion: Occasion | None = None) -> Paper:
    """Return the paper about a month, numbered, checked and with the hash of its figures.

    Raises Refused if no form of the paper holds in the month, and PaperRefused with every
    mistake in the template.
    """
    occasion = occasion or Occasion()
    form = definition.form_for(asking.month)
    head = _head(definition, form, asking, occasion)
    blocks, names = _blocks(definition, form.file, head, asking, occasion)
    checks = run_checks(
        asking,
        definition.checks if form.checks is None else form.checks,
        slips=definition.known_slips,
        registry=occasion.checks,
    )
    names |= {key.figure for key in definition.published}
    names |= {name for each in checks for name in each.figures}
    figures = _with_asked(names, asking, head.paper_class.key)
    paper = Paper(
        head=head,
        blocks=blocks,
        figures=figures,
        checks=checks,
        reconciliation=_reconciliation(definition, figures, asking, occasion),
        frozen_hash=hash_of(freeze(figures.values())),
    )
    return _numbered(definition, form.file, paper)


def compose_attachment(
    definition: PaperDefinition,
    key: str,
    asking: Asking,
    occasion: Occasion | None = None,
) -> Paper:
    """Return an attachment of a paper, as a file of its own class.

    Raises LookupError if the month's form has no such attachment, and PaperRefused with every
    mistake in its template.
    """
    occasion = occasion or Occasion()
    form = definition.form_for(asking.month)
    found = next((each for each in definition.attachments_of(form) if each.key == key), None)
    if found is None:
        raise LookupError(f"The {definition.key} of {asking.month.name} has no attachment '{key}'")
    head = _attachment_head(definition, form, found, asking, occasion)
    blocks, names = _blocks(definition, found.file, head, asking, occasion)
    figures = _with_asked(names, asking, head.paper_class.key)
    paper = Paper(head, blocks, figures, frozen_hash=hash_of(freeze(figures.values())))
    return _numbered(definition, found.file, paper)


def _blocks(
    definition: PaperDefinition,
    file: str,
    head: PaperHead,
    asking: Asking,
    occasion: Occasion,
) -> tuple[tuple[Block, ...], set[str]]:
    vocabulary = Vocabulary(asking, head, Markings(), occasion.highlights)
    blocks = blocks_of_file(definition.folder, file, vocabulary)
    return blocks, {*vocabulary.asked, *_placed_figures(blocks)}


def _numbered(definition: PaperDefinition, file: str, paper: Paper) -> Paper:
    try:
        return numbered(paper)
    except (UnknownTarget, ValueError) as fault:
        problem = problem_in(definition.folder, file, 0, str(fault).rstrip("."), REMEDY)
        raise PaperRefused([problem]) from fault


def _reconciliation(
    definition: PaperDefinition,
    figures: Mapping[str, Figure],
    asking: Asking,
    occasion: Occasion,
) -> Reconciliation | None:
    if occasion.published is None:
        return None
    return reconcile(
        occasion.published,
        definition.published,
        figures,
        month=str(asking.month),
        slips=definition.known_slips,
    )


def _with_asked(names: Iterable[str], asking: Asking, class_key: str) -> dict[str, Figure]:
    """Return the figures and those that they asked for, as far as the paper's class may show.

    Raises PaperRefused if the paper itself prints a figure of a higher class than its own.
    """
    rank = {each.key: each.number("rank") for each in asking.code.options("paper_classes")}
    found: dict[str, Figure] = {}
    printed = set(names)
    waiting = sorted(printed)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        figure = asking.figure(name)
        if rank[figure.spec.paper_class] <= rank[class_key]:
            found[name] = figure
            waiting.extend(figure.asked)
        elif name in printed:
            own = asking.code.option("paper_classes", figure.spec.paper_class).name
            what = f"'{name}' is {own} and may not stand in a paper of a lower class"
            raise PaperRefused([PaperProblem("papers", 0, what, "Move it to an attachment")])
    return dict(sorted(found.items()))


def _placed_figures(blocks: tuple[Block, ...]) -> set[str]:
    found: set[str] = set()
    for block in walk(blocks):
        match block:
            case TableBlock() | ChartBlock():
                found.add(block.figure)
            case Glance():
                found.update(value.figure for value, _ in block.items)
    return found


def _head(definition: PaperDefinition, form: Form, asking: Asking, occasion: Occasion) -> PaperHead:
    code = asking.code
    return PaperHead(
        paper=definition.key,
        form=form.key,
        title=definition.title,
        month=asking.month,
        paper_class=paper_class(code, definition.class_key),
        organisation=code.administrator,
        reference=occasion.reference,
        action=code.option("paper_actions", definition.action).text("printed"),
        body=code.option("bodies", definition.body).name,
        purpose=definition.purpose,
        recommendation=definition.recommendation,
        author_role=definition.author_role,
        author_on=occasion.author_on,
        version=occasion.version,
        attachments=tuple(_attachment(each, code) for each in definition.attachments_of(form)),
    )


def _attachment(each: AttachmentDefinition, code: Code) -> Attachment:
    return Attachment(each.key, each.title, paper_class(code, each.class_key))


def _attachment_head(
    definition: PaperDefinition,
    form: Form,
    attachment: AttachmentDefinition,
    asking: Asking,
    occasion: Occasion,
) -> PaperHead:
    return PaperHead(
        paper=f"{definition.key}-{attachment.key}",
        form=form.key,
        title=attachment.title,
        month=asking.month,
        paper_class=paper_class(asking.code, attachment.class_key),
        organisation=asking.code.administrator,
        reference=f"{occasion.reference}_{attachment.key}" if occasion.reference else "",
        body=asking.code.option("bodies", definition.body).name,
        author_role=definition.author_role,
        author_on=occasion.author_on,
        version=occasion.version,
    )
