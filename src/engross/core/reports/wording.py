"""How values read in a paper: numbers, days, months, and what stands where nothing is known."""

from datetime import date
from decimal import Decimal

from engross.core.dates.months import Month
from engross.core.reports.figures import Figure
from engross.core.reports.tables import NO_RECORDS, Cell, ColumnKind, ColumnSpec

NOT_APPLICABLE = "not applicable"
NOT_RECORDED = "not recorded"
BASIS_NOTES = {
    "fictional": "Fictional records, for demonstration.",
    "derived": "Some records are derived from others.",
    "imported": "Imported totals, without the records behind them.",
}
_SMALL = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
)


def printed_day(day: date) -> str:
    """Return a day as papers write it: '8 October 2021'."""
    return f"{day.day} {Month.of(day).name}"


def printed_cell(cell: Cell, column: ColumnSpec | None = None) -> str:
    """Return a cell for people; None is said in words, never shown as a number."""
    match cell:
        case None:
            is_count = column is None or column.kind.is_number
            return NO_RECORDS if is_count else NOT_RECORDED
        case bool():
            return "yes" if cell else "no"
        case int() | Decimal():
            sign = "%" if column is not None and column.kind is ColumnKind.PERCENT else ""
            return f"{cell:,}{sign}"
        case date():
            return printed_day(cell)
        case Month():
            return cell.short_name
    return cell


def printed_value(figure: Figure) -> str:
    """Return a figure's value for people: its number, or in words why there is none.

    A known figure without a value, such as an average of nothing, is 'not applicable'.
    """
    if not figure.is_known:
        return NO_RECORDS
    if figure.value is None:
        return NOT_APPLICABLE
    bound = "at least " if figure.is_at_least else ""
    return f"{bound}{printed_cell(figure.value)}"


def in_words(number: int | Decimal) -> str:
    """Return a whole number up to twenty in words ('no' for nought), a larger one in digits."""
    if number == int(number) and 0 <= number < len(_SMALL):
        return _SMALL[int(number)]
    return f"{number:,}"


def basis_notes(bases: frozenset[str]) -> tuple[str, ...]:
    """Return what a reader must be told about the records behind a table or a chart."""
    return tuple(note for basis, note in BASIS_NOTES.items() if basis in bases)
