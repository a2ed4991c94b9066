"""Writing down who was shown what reaches a circle or the persons named."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from engross.apps.registers.commands import log_rows_read
from engross.apps.registers.registers import register_named
from engross.apps.search.queries import ShownHit, public_class
from engross.core.access import Reader


def log_hits_read(hits: Iterable[ShownHit], *, reader: Reader, at: datetime) -> None:
    """Write down the hits of a page that only some may read; what anyone may read costs nothing."""
    public = public_class()
    entries: dict[str, list[str]] = {}
    for hit in hits:
        if hit.key and hit.paper_class != public:
            entries.setdefault(hit.source, []).append(hit.key)
    for source, keys in entries.items():
        try:
            register = register_named(source)
        except LookupError:
            continue  # what comes with the software is nobody's own
        rows: Any = register.model.objects.known_at(None).filter(entry__in=keys)
        related = [column.name for column in register.references]
        log_rows_read(register, rows.select_related(*related), reader=reader, at=at)
