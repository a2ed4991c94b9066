"""The register of what teams write for papers."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from engross.adapters.code_folder import folder_with
from engross.adapters.papers.definition import load_paper, paper_keys
from engross.apps.registers.registers import MarkedBy, Register, add_register
from engross.apps.reports.models import Highlight
from engross.core.registers.columns import Column, Kind


def papers_folder() -> Path:
    """Return the folder of the active code's paper templates."""
    return _papers_of(settings.ENGROSS_CODE)


# To find it is to read the code's head: too much for each figure of a list.
@lru_cache(maxsize=4)
def _papers_of(key: str) -> Path:
    return folder_with(key, "papers") / "papers"


def bodies_of_papers() -> dict[str, str]:
    """Return for each paper of the code the body that it is written for."""
    return _bodies_in(papers_folder())


@lru_cache(maxsize=4)
def _bodies_in(folder: Path) -> dict[str, str]:
    return {key: load_paper(folder, key).body for key in paper_keys(folder)}


highlights = add_register(
    Register(
        name="highlights",
        title="Highlights",
        meaning="What teams write for the sections of a paper, month by month",
        model=Highlight,
        columns=(
            Column("paper", "The paper", Kind.IDENTIFIER, required=True, longest=60,
                   example="operations-report"),
            Column("month", "The month", Kind.MONTH, required=True, example="2021-09"),
            Column("section", "The section, or the team", Kind.CHOICE, required=True,
                   choices="highlight_sections", example="party-engagement"),
            Column("position", "1 for the first in its section, 2 for the next", Kind.WHOLE,
                   least=1, default=1, example="1"),
            Column("text", "What to say", required=True, longest=2000),
            Column("paper_class", "Its class", Kind.CHOICE, choices="paper_classes",
                   default="white", example="white"),
        ),
        key=("paper", "month", "section", "position"),
        order=("month", "paper", "section", "position"),
        day="month",
        filters=("section", "paper_class"),
        marked_by=MarkedBy("paper_class", body="paper", bodies=bodies_of_papers),
    )
)  # fmt: skip
