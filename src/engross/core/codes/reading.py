"""Reading one table of a code's data: typed values out, every mistake noted on the way."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from unicodedata import category

from engross.core.codes.attributes import EMPTY_VALUES, Kind
from engross.core.codes.codes import ASSUMED, FOUND, AttributeValue
from engross.core.codes.problems import CodeProblem, nearest, shown

SURE = (ASSUMED, FOUND)
LONGEST_TEXT = 2_000
LONGEST_PATTERN = 200
LARGEST_NUMBER = 10**9
LARGEST_LIST = 1_000


def is_text(value: object) -> bool:
    """Return whether `value` is text that can be printed anywhere: something, no control codes."""
    return (
        isinstance(value, str)
        and bool(value.strip())
        and len(value) <= LONGEST_TEXT
        # A control character or a lone surrogate breaks XML, and with it DOCX and feeds.
        and not any(category(each) in {"Cc", "Cs"} for each in value if each != "\n")
    )


def is_number(value: object) -> bool:
    """Return whether `value` is a whole number of ordinary size, and not true or false."""
    return type(value) is int and abs(value) <= LARGEST_NUMBER


def is_list_of(value: object, is_right: Callable[[object], bool]) -> bool:
    """Return whether `value` is a list, not overlong, with only right elements."""
    return (
        isinstance(value, list) and len(value) <= LARGEST_LIST and all(is_right(v) for v in value)
    )


def is_pattern(value: object) -> bool:
    """Return whether `value` is a regular expression that compiles."""
    if not isinstance(value, str) or not is_text(value) or len(value) > LONGEST_PATTERN:
        return False
    try:
        re.compile(value)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def is_colour(value: object) -> bool:
    """Return whether `value` is a colour in six hexadecimal digits after a hash sign."""
    return isinstance(value, str) and re.fullmatch(r"#[0-9a-fA-F]{6}", value) is not None


# How far a class of paper can reach; `core.access` says what each means.
REACHES = ("anyone", "parties", "circle", "named")

# What a step of a timetable can be; `core.proposals.planning` says what each means.
STEPS = ("work", "consultation", "meeting", "release")

CHECKS: dict[Kind, Callable[[object], bool]] = {
    Kind.TEXT: is_text,
    Kind.INTEGER: is_number,
    Kind.FLAG: lambda value: isinstance(value, bool),
    Kind.TEXTS: lambda value: is_list_of(value, is_text),
    Kind.INTEGERS: lambda value: is_list_of(value, is_number),
    Kind.COLOUR: is_colour,
    Kind.STEP: lambda value: value in STEPS,
    Kind.REACH: lambda value: value in REACHES,
    Kind.PATTERN: is_pattern,
    Kind.OPTION: is_text,
    Kind.OPTIONS: lambda value: is_list_of(value, is_text),
    Kind.PARAMETER: is_text,
    Kind.LIST: is_text,
}


class TableReader:
    """One table of a file; it knows where it stands and what was asked of it."""

    def __init__(
        self, table: Mapping[str, object], *, file: str, place: str, problems: list[CodeProblem]
    ) -> None:
        self.file = file
        self.place = place
        self._table = table
        self._problems = problems
        self._asked: set[str] = set()

    def refuse(self, name: str, what: str, remedy: str) -> None:
        """Note a problem at `name` of this table (or at the table itself if it is empty)."""
        key = ", ".join(part for part in (self.place, name) if part)
        self._problems.append(CodeProblem(self.file, key, what, remedy))

    def raw(self, name: str) -> object:
        """Return the value as it stands, None if absent."""
        self._asked.add(name)
        return self._table.get(name)

    def names(self) -> tuple[str, ...]:
        """Return the keys of the table, in their order."""
        return tuple(self._table)

    def value(self, name: str, kind: Kind, *, required: bool = False) -> AttributeValue:
        """Return the value of `name`, or the kind's empty value if it is absent or wrong."""
        value = self.raw(name)
        empty: AttributeValue = EMPTY_VALUES[kind]
        if value is None:
            if required:
                self.refuse(name, f"'{name}' is missing", f"Add {name} with {kind.value}")
            return empty
        if not CHECKS[kind](value):
            self.refuse(
                name, f"'{name}' is {shown(value)}, not {kind.value}", f"Write {kind.value}"
            )
            return empty
        if isinstance(value, list):
            return tuple(value)
        return value if isinstance(value, str | int | date) else empty

    def text(self, name: str, *, required: bool = True) -> str:
        """Return a text, empty if absent or wrong."""
        return str(self.value(name, Kind.TEXT, required=required))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return several texts, none if absent or wrong."""
        value = self.value(name, Kind.TEXTS)
        return tuple(str(each) for each in value) if isinstance(value, tuple) else ()

    def day(self, name: str, *, required: bool = False) -> date | None:
        """Return a day, None if absent or wrong; a moment with a time is wrong."""
        value = self.raw(name)
        if type(value) is date:
            return value
        if value is not None:
            self.refuse(name, f"'{name}' is {shown(value)}, not a day", "Write a day as 2013-09-23")
        elif required:
            self.refuse(name, f"'{name}' is missing", "Add it as a day, such as 2013-09-23")
        return None

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """Return one of `choices`, the first of them if absent or wrong."""
        value = self.raw(name)
        if isinstance(value, str) and value in choices:
            return value
        options = " or ".join(f"'{each}'" for each in choices)
        what = f"'{name}' is missing" if value is None else f"'{name}' is {shown(value)}"
        self.refuse(name, what, f"Write {options}")
        return choices[0]

    def table(self, name: str, *, required: bool = True) -> "TableReader":
        """Return the table `name` inside this one, empty if absent or wrong."""
        value = self.raw(name)
        place = ", ".join(part for part in (self.place, name) if part)
        if isinstance(value, Mapping):
            return self._inside(value, place)
        if value is not None:
            self.refuse(name, f"'{name}' is {shown(value)}, not a table", f"Write it as [{name}]")
        elif required:
            self.refuse(name, f"[{name}] is missing", f"Add the table [{name}]")
        return self._inside({}, place, is_silent=True)

    def finish(self) -> None:
        """Note every key of the table that nothing asked for, with the nearest known name."""
        for name in self._table:
            if name not in self._asked:
                self.refuse(
                    str(name)[:60],
                    f"{shown(name)} is not a known key here",
                    nearest(str(name), self._asked),
                )

    def _inside(
        self, table: Mapping[str, object], place: str, *, is_silent: bool = False
    ) -> "TableReader":
        # A table that is missing was noted once; what is missing inside it would be noise.
        problems = [] if is_silent else self._problems
        return TableReader(table, file=self.file, place=place, problems=problems)
