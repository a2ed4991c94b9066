"""Every question about changes, webhooks and bulk files: one function for each."""

from engross.apps.exchange.queries.bulk import (
    BULK_FORMS,
    Dataset,
    bulk_files,
    datasets,
    may_hold_too_much,
)
from engross.apps.exchange.queries.changes import (
    Wanted,
    change_at,
    changes_after,
    changes_at,
    changes_of,
    rows_changed,
)
from engross.apps.exchange.queries.told import Change
from engross.apps.exchange.queries.webhooks import (
    abandoned_deliveries,
    deliveries_of,
    due_deliveries,
    key_of,
    keys_of,
    owners_for,
    wanted_by,
    webhooks_for,
    webhooks_of,
)

__all__ = [
    "BULK_FORMS",
    "Change",
    "Dataset",
    "Wanted",
    "abandoned_deliveries",
    "bulk_files",
    "change_at",
    "changes_after",
    "changes_at",
    "changes_of",
    "datasets",
    "deliveries_of",
    "due_deliveries",
    "key_of",
    "keys_of",
    "may_hold_too_much",
    "owners_for",
    "rows_changed",
    "wanted_by",
    "webhooks_for",
    "webhooks_of",
]
