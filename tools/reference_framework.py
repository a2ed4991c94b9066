"""The page that draws how a code is changed, from its data.

    python -m tools.reference_framework [CODE]

It prints the page of one code; without a name, of the Smart Energy Code.
"""

import sys
from collections.abc import Iterable, Sequence
from datetime import date

from engross.adapters.code_folder import load_code
from engross.core.codes import Code
from engross.core.proposals.framework.diagrams import moves_table, state_diagram
from engross.core.proposals.framework.rules import Frameworks

MADE = (
    "<!-- Made by `python -m tools.reference_framework {key}` from its data. Change the data. -->"
)
HEADINGS = ("Move", "From", "To", "Made by", "Needs", "Clocks", "Clause")


def page_of(code: Code) -> str:
    """Return the page: the usual way, every way, and each move, for each time that it held."""
    frameworks = Frameworks(code)
    proposals = code.words["proposals"]
    lines = [f"# {code.name}: how it is changed", "", MADE.format(key=code.key), ""]
    for since in (*reversed(frameworks.changes), date.min):
        framework = frameworks.on(since)
        when = f"Since {since}" if since != date.min else "At first"
        lines += [f"## {when}", "", f"The way that most {proposals} go:", ""]
        lines += ["```mermaid", state_diagram(framework, usual_only=True), "```", ""]
        lines += ["Every way:", "", "```mermaid", state_diagram(framework), "```", ""]
        lines += [_row(HEADINGS), _row("---" for _ in HEADINGS)]
        lines += [*map(_row, moves_table(framework)), ""]
    return "\n".join(lines).rstrip() + "\n"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def main(arguments: Sequence[str]) -> int:
    """Print the page of the code that is named."""
    sys.stdout.write(page_of(load_code(arguments[0] if arguments else "sec")))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
