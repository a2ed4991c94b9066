"""How the API reads what a program sends it."""

import re
from typing import Any

import msgspec
from django.http import HttpRequest
from ninja.parser import Parser

# An escape counts unless its backslash is escaped itself.
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class Bodies(Parser):
    """Reads JSON to the letter of its standard.

    What no database can hold or no page can show is refused: a NUL, half of a surrogate pair,
    NaN, a number without end.
    """

    def parse_body(self, request: HttpRequest) -> Any:
        """Return what a body holds; raises ValueError if it is no such JSON."""
        if _NUL.search(request.body):
            raise ValueError("No text holds a NUL")
        return msgspec.json.decode(request.body)
