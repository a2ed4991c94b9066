"""Write the fictional and derived records of the demonstration: python -m demo.generate.

Facts stay in files of their own, kept by hand; what is written here is the same every time.
"""

from pathlib import Path

from demo.fiction.boards import board_sheets
from demo.fiction.example import example_sheets
from demo.fiction.parties import party_sheets
from demo.fiction.proposals import derived_assessments, proposal_sheets
from demo.fiction.totals import total_sheets

FOLDER = Path(__file__).parent


def generated_files() -> dict[Path, str]:
    """Return every generated file with its text, by its path under the demonstration."""
    sec = FOLDER / "sec"
    parties = party_sheets(sec)
    sheets = {
        **parties, **board_sheets(parties), **proposal_sheets(sec), **total_sheets(sec)
    }  # fmt: skip
    files = {Path("sec") / f"{name}.fictional.csv": text for name, text in sheets.items()}
    files[Path("sec") / "assessments.derived.csv"] = derived_assessments(sec)
    example = example_sheets()
    return files | {Path("example") / f"{name}.csv": text for name, text in example.items()}


def main() -> None:
    """Write every generated file."""
    for path, text in generated_files().items():
        target = FOLDER / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
