"""The register of what teams write for papers."""

from engross.apps.registers.registers import Register, add_register
from engross.apps.reports.models import Highlight
from engross.core.registers.columns import Column, Kind

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
        public_choice=("paper_class", "paper_classes"),
    )
)  # fmt: skip
