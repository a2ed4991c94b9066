"""Numbers of clauses as a code prints them: read, put in order, counted on, and addressed.

`grammar` reads one number, `order` sorts many, `steps` counts on from them, `lines` finds one at
the start of a line, and `addresses` names documents and says where in a code a number stands.
"""

from engross.core.legaltext.numbers.addresses import (
    Address,
    address_from_slug,
    document_key,
    document_slug,
    parse_address,
)
from engross.core.legaltext.numbers.grammar import (
    Kind,
    Level,
    is_roman,
    level_of,
    parent_of,
    parse,
    parts,
)
from engross.core.legaltext.numbers.lines import number_at_start
from engross.core.legaltext.numbers.order import roman_parents, sort_key
from engross.core.legaltext.numbers.steps import between, complete, expand_range, next_number

__all__ = [
    "Address",
    "Kind",
    "Level",
    "address_from_slug",
    "between",
    "complete",
    "document_key",
    "document_slug",
    "expand_range",
    "is_roman",
    "level_of",
    "next_number",
    "number_at_start",
    "parent_of",
    "parse",
    "parse_address",
    "parts",
    "roman_parents",
    "sort_key",
]
