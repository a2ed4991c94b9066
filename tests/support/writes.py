"""What a command wrote, in which order."""

import re
from collections.abc import Iterable, Mapping

_WRITE = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


def written_after_an_event(queries: Iterable[Mapping[str, str]]) -> list[str]:
    """Return the tables that were written after the first event was: there should be none.

    Events themselves do not count, nor what is emptied of them.
    """
    found = [match[1] for each in queries if (match := _WRITE.match(each["sql"]))]
    assert "audit_event" in found
    first = found.index("audit_event")
    return [table for table in found[first:] if table != "audit_event"]
