"""Writing down who was shown what reaches a circle or the persons named."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from engross.apps.files.commands import log_read
from engross.apps.registers.commands import log_rows_read
from engross.apps.registers.registers import register_named
from engross.apps.search.models import SearchEntry
from engross.apps.search.queries import ShownHit, marking_of, public_class
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
            _log_entries(source, keys, reader=reader, at=at)
            continue
        rows: Any = register.model.objects.known_at(None).filter(entry__in=keys)
        related = [column.name for column in register.references]
        log_rows_read(register, rows.select_related(*related), reader=reader, at=at)


def _log_entries(source: str, keys: Collection[str], *, reader: Reader, at: datetime) -> None:
    """Write down hits that no register tells; what comes with the software is nobody's own."""
    rows = SearchEntry.objects.filter(source=source, key__in=keys).prefetch_related("keys")
    listed = list(rows.order_by("key"))
    log_read(
        reader, kind="search", title=listed[0].title if len(listed) == 1 else "Search results",
        markings=[marking_of(each, each.keys.all()) for each in listed],
        entries=[f"{source}/{each.key}" for each in listed], at=at,
    )  # fmt: skip
