"""Reading registers: rows, who may read them, cells, timelines, and what is kept from when."""

from engross.apps.registers.queries.about import RowsAbout
from engross.apps.registers.queries.cells import readers_for
from engross.apps.registers.queries.classes import (
    circle_of,
    markings_of,
    may_read_rows,
    readable_rows,
    strictest_class,
)
from engross.apps.registers.queries.codes import active_code, option_name
from engross.apps.registers.queries.kept import (
    Spans,
    is_kept,
    is_within,
    kept_spans,
    last_kept_day,
)
from engross.apps.registers.queries.rows import (
    BATCH_IDS,
    Asked,
    holding,
    in_batches,
    latest_rows,
    plain_rows,
    readable_versions,
    reasons_against_overlaps,
    rows_of,
    rows_to_export,
    values_of,
    versions_of,
)
from engross.apps.registers.queries.timelines import (
    add_teller,
    timeline_of,
    told_of,
)

__all__ = [
    "BATCH_IDS",
    "Asked",
    "RowsAbout",
    "Spans",
    "active_code",
    "add_teller",
    "circle_of",
    "holding",
    "in_batches",
    "is_kept",
    "is_within",
    "kept_spans",
    "last_kept_day",
    "latest_rows",
    "markings_of",
    "may_read_rows",
    "option_name",
    "plain_rows",
    "readable_rows",
    "readable_versions",
    "readers_for",
    "reasons_against_overlaps",
    "rows_of",
    "rows_to_export",
    "strictest_class",
    "timeline_of",
    "told_of",
    "values_of",
    "versions_of",
]
