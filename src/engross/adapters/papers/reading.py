"""Reading a paper's template: Jinja with a paper's vocabulary, then Markdown, then blocks."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2 import pass_context as with_context
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from engross.adapters.papers import fences, markdown
from engross.adapters.papers.markings import Markings, Written
from engross.adapters.papers.problems import PaperProblem, PaperRefused
from engross.adapters.papers.vocabulary import Vocabulary
from engross.core.dates.months import Month
from engross.core.reports.papers import Block, Glance
from engross.core.reports.wording import printed_cell

REMEDY = "Correct it, or take it out"


def blocks_of_file(folder: Path, file: str, vocabulary: Vocabulary) -> tuple[Block, ...]:
    """Return a template's blocks, with the figures that the vocabulary answers.

    Raises PaperRefused with every mistake that can be found in one reading.
    """
    markings, asking = vocabulary.markings, vocabulary.asking
    problems: list[PaperProblem] = []

    def place(info: str, content: str) -> Block:
        try:
            return fences.placed(markings.plain(info), markings.plain(content), asking)
        except (fences.FenceRefused, LookupError) as fault:
            problems.append(_fence_problem(folder, markings.plain(info), fault))
            return Glance(())

    text = _read(folder, file, vocabulary)
    try:
        blocks = markdown.blocks_of(text, markings, place)
    except markdown.MarkdownRefused as fault:
        problems.append(problem_in(folder, file, 0, str(fault), fault.remedy))
    if problems:
        raise PaperRefused(problems)
    return blocks


def _read(folder: Path, file: str, vocabulary: Vocabulary) -> str:
    environment = _environment(folder, vocabulary)
    try:
        return environment.get_template(file).render()
    except TemplateSyntaxError as fault:
        where = fault.name or file
        problem = problem_in(folder, where, fault.lineno, fault.message or "", REMEDY)
        raise PaperRefused([problem]) from fault
    except (TemplateError, LookupError, TypeError, ValueError, RecursionError) as fault:
        where, line = _place_of(fault, folder, file)
        problem = problem_in(folder, where, line, _words_of(fault), REMEDY)
        raise PaperRefused([problem]) from fault


def _environment(folder: Path, vocabulary: Vocabulary) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        # So that what a macro wrote comes back told apart from a value that it printed.
        autoescape=True,
        finalize=_marking(vocabulary.markings),
        comment_start_string="<!--",
        comment_end_string="-->",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(vocabulary.words())
    environment.filters.update(vocabulary.filters())
    return environment


def _marking(markings: Markings) -> Callable[[Context, object], object]:
    # With the context, so that Jinja does not call it once and for all while compiling.
    @with_context
    def mark(context: Context, value: object) -> object:
        if isinstance(value, StrictUndefined) or hasattr(value, "__html__"):
            return value
        if value is None or isinstance(value, str | int | Decimal | date | Month):
            return Written(markings.mark_text(printed_cell(value)))
        raise TypeError(f"A {type(value).__name__} cannot be printed; print one part of it")

    return mark


def _place_of(fault: BaseException, folder: Path, file: str) -> tuple[str, int]:
    place, step = (file, 0), fault.__traceback__
    while step is not None:
        path = Path(step.tb_frame.f_code.co_filename)
        if path.parent == folder:
            place = path.name, step.tb_lineno
        step = step.tb_next
    return place


def _fence_problem(folder: Path, info: str, fault: Exception) -> PaperProblem:
    remedy = fault.remedy if isinstance(fault, fences.FenceRefused) else REMEDY
    start = " ".join(info.split()[:2])
    for path in sorted(folder.glob("*.md")):
        for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if " ".join(text.replace("`", " ").split()).startswith(start):
                return problem_in(folder, path.name, line, _words_of(fault), remedy)
    return problem_in(folder, "", 0, f"{info}: {_words_of(fault)}", remedy)


def _words_of(fault: BaseException) -> str:
    return str(fault.args[0] if fault.args else fault).rstrip(".")


def problem_in(folder: Path, file: str, line: int, what: str, remedy: str) -> PaperProblem:
    return PaperProblem(f"papers/{folder.name}/{file}", line, what, remedy)
