"""What an attribute of an entry may hold, and what a list of a code is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    """What an attribute holds; the value is how a message asks for it."""

    TEXT = "text in quotes"
    INTEGER = "a whole number"
    FLAG = "true or false"
    TEXTS = "a list of texts"
    INTEGERS = "a list of whole numbers"
    COLOUR = "a colour such as '#1d70b8'"
    STEP = "one of work, consultation, meeting and release"
    REACH = "one of anyone, parties, circle and named"
    PATTERN = "a regular expression"
    OPTION = "the key of an option"
    OPTIONS = "a list of keys of options"
    PARAMETER = "the name of a parameter"
    LIST = "the name of a list"


@dataclass(frozen=True)
class Attribute:
    """One attribute of a list's entries; `refers_to` names the list that its keys come from."""

    kind: Kind
    required: bool = False
    refers_to: str = ""


@dataclass(frozen=True)
class ListSchema:
    """What a list is for and what its entries carry.

    `required` says that every code must have it; `needs_one` names flags that at least one
    entry must set; `in_framework` that it stands in `framework.toml` with the rest of the way
    in which the code is changed, and not in a file of its own.
    """

    meaning: str
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    required: bool = False
    needs_one: tuple[str, ...] = ()
    in_framework: bool = False


MUST_TEXT = Attribute(Kind.TEXT, required=True)
MUST_FLAG = Attribute(Kind.FLAG, required=True)
MUST_INTEGER = Attribute(Kind.INTEGER, required=True)
MUST_PATTERN = Attribute(Kind.PATTERN, required=True)
TEXT = Attribute(Kind.TEXT)
FLAG = Attribute(Kind.FLAG)
INTEGER = Attribute(Kind.INTEGER)
INTEGERS = Attribute(Kind.INTEGERS)
TEXTS = Attribute(Kind.TEXTS)
COLOUR = Attribute(Kind.COLOUR)
MUST_REACH = Attribute(Kind.REACH, required=True)
LIST = Attribute(Kind.LIST)


def one_of(refers_to: str, *, required: bool = False) -> Attribute:
    """Return an attribute that holds the key of one option of another list."""
    return Attribute(Kind.OPTION, required=required, refers_to=refers_to)


def some_of(refers_to: str, *, required: bool = False) -> Attribute:
    """Return an attribute that holds keys of options of another list."""
    return Attribute(Kind.OPTIONS, required=required, refers_to=refers_to)


EMPTY_VALUES: dict[Kind, str | bool | tuple[()] | None] = {
    Kind.TEXT: "",
    Kind.FLAG: False,
    Kind.TEXTS: (),
    Kind.INTEGERS: (),
    Kind.OPTION: "",
    Kind.OPTIONS: (),
    Kind.LIST: "",
    Kind.PATTERN: "",
    Kind.PARAMETER: "",
    Kind.COLOUR: "",
    Kind.REACH: "",
    Kind.STEP: "",
    Kind.INTEGER: None,
}
