"""The columns of a register: what each holds, and what a person may write there."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Value = str | int | bool | date | Decimal | None


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    IDENTIFIER = "identifier"
    DAY = "day"
    MONTH = "month"
    WHOLE = "whole"
    DECIMAL = "decimal"
    FLAG = "flag"
    CHOICE = "choice"
    REFERENCE = "reference"
    LINK = "link"


@dataclass(frozen=True)
class Column:
    """One column of a register, as its template, form, page and API show it.

    `choices` names a list of the code (for CHOICE); `refers_to` the register that a
    REFERENCE points to; `places` is the number of decimal places of a DECIMAL.
    A column that `identifies` brings its identity into being when it is first written.
    """

    name: str
    meaning: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: str = ""
    refers_to: str = ""
    identifies: bool = False
    example: str = ""
    longest: int = 300
    places: int = 2
    least: int | None = None
    default: Value = None

    @property
    def label(self) -> str:
        """The column's name as a person reads it: 'accepted_on' is 'Accepted on'."""
        return self.name.replace("_", " ").capitalize()

    @property
    def is_number(self) -> bool:
        """Say whether the column's values are set flush right."""
        return self.kind in {Kind.WHOLE, Kind.DECIMAL}
