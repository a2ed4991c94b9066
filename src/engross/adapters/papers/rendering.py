"""Drawing a paper in all its formats, with its charts drawn once, and writing them safely."""

import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from engross.adapters.papers.charts import PaperTheme, drawn_charts
from engross.adapters.papers.html import paper_html
from engross.adapters.papers.json_out import paper_json
from engross.adapters.papers.pdf import paper_pdf
from engross.adapters.papers.word import paper_word
from engross.core.codes.problems import nearest
from engross.core.reports.papers import Paper

FORMATS = ("html", "pdf", "docx", "json")


def render(
    paper: Paper,
    formats: Iterable[str] = FORMATS,
    *,
    theme: PaperTheme | None = None,
    word_template: Path | None = None,
) -> dict[str, bytes]:
    """Return a numbered paper as the bytes of each format.

    `word_template` is the organisation's Word file; without it the plain one is used.
    Raises LookupError for an unknown format.
    """
    theme = theme or PaperTheme()
    charts = drawn_charts(paper, theme)
    drawing: Mapping[str, Callable[[], bytes]] = {
        "html": lambda: paper_html(paper, charts, theme),
        "pdf": lambda: paper_pdf(paper, charts, theme),
        "docx": lambda: paper_word(paper, charts, word_template),
        "json": lambda: paper_json(paper),
    }
    wanted = tuple(formats)
    for each in wanted:
        if each not in drawing:
            raise LookupError(f"A paper has no format '{each}'. {nearest(each, drawing)}")
    return {each: drawing[each]() for each in wanted}


def write_files(files: Mapping[str, bytes], folder: Path, *, name: str = "report") -> list[Path]:
    """Write each format as `name.format` into a folder, and return the paths in order.

    Raises OSError if they cannot be written; see write_whole.
    """
    return write_whole({f"{name}.{ending}": each for ending, each in files.items()}, folder)


def write_whole(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write files by their names into a folder, all or none, and return the paths in order.

    All are written beside their places first and moved there last, so that a full disk or a
    killed program leaves what was there before. Raises OSError if they cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    waiting: list[tuple[Path, Path]] = []
    try:
        for name, content in files.items():
            waiting.append((_written_beside(folder, content), folder / name))
        for beside, place in waiting:
            beside.replace(place)
    finally:
        for beside, _ in waiting:
            with suppress(FileNotFoundError):
                beside.unlink()
    return [place for _, place in waiting]


def _written_beside(folder: Path, content: bytes) -> Path:
    number, name = tempfile.mkstemp(prefix=".unfinished-", dir=folder)
    path = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        path.chmod(0o644)
    except BaseException:
        path.unlink()
        raise
    return path
