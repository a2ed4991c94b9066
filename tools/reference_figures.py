"""Print the reference of figures: what can be asked, and how each is counted.

python -m tools.reference_figures
"""

from itertools import groupby

import django

from engross.core.reports.figures import FIGURES, FigureSpec
from tools.reference_parts import table

HEAD = """# Figures

<!-- Made by `python -m tools.reference_figures` from each app's figures. Change them there. -->

A figure is a named, dated answer, with the rows that it counted. These can be asked
of the {code};
another code has other names where a part of the name is a key of one of its lists, as `pa` is here.
A figure needs its registers to be kept *on the day*, *in the month* or *in the 12 months ending
with the month*; where one is not, it says 'no records', and never 0. Its class is White unless its
method ends with another.
"""


def sections(specs: list[FigureSpec]) -> list[str]:
    """Return the lines that tell every figure, by the first part of its name."""
    lines: list[str] = []
    for noun, group in groupby(specs, key=lambda spec: spec.name.partition(".")[0]):
        rows = [_row(spec) for spec in group]
        lines += ["", f"## {noun}", ""]
        lines += table(("Name", "Title", "Unit", "Method", "Needs"), rows)
    return lines


def _row(spec: FigureSpec) -> tuple[str, ...]:
    needs = ", ".join(f"`{name}`" for name in spec.needs)
    kept = f"{needs} {spec.span.value}" if needs else ""
    public = spec.paper_class == "white"
    method = spec.method if public else f"{spec.method} Class: {spec.paper_class}."
    return f"`{spec.name}`", spec.title, spec.unit, method, kept


def main() -> None:
    """Print the page."""
    django.setup()
    from engross.apps.registers.queries import active_code

    code = active_code()
    specs = list(FIGURES.specs(code).values())
    print(HEAD.format(code=code.name) + "\n".join(sections(specs)))


if __name__ == "__main__":
    main()
