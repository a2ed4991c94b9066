"""What is on file for a proposal, on which a move may depend."""

from datetime import date
from typing import NamedTuple


class Fact(NamedTuple):
    """Something on file: a requirement of the code's list `move_requirements`, since which day.

    `detail` tells a person more of it, such as the version of a report.
    """

    requirement: str
    since: date
    detail: str = ""
