"""Every question about work across codes: one function for each."""

from engross.apps.crosscode.queries.changes import (
    GONE,
    ON_SHEET,
    TO_REVIEW,
    ChangesAsked,
    ChangeSeen,
    address_of,
    asked_changes,
    change_called,
    change_seen,
    changes_to_review,
)
from engross.apps.crosscode.queries.groups import (
    GroupSeen,
    MemberSeen,
    all_groups,
    group_called,
    groups_of,
)
from engross.apps.crosscode.queries.own_sheet import own_rows, sheet_columns
from engross.apps.crosscode.queries.priorities import (
    ToPrioritise,
    open_by_priority,
    priorities_of,
    to_prioritise,
    to_take_over,
)
from engross.apps.crosscode.queries.reading import ReadSheet, read_month
from engross.apps.crosscode.queries.sheets import MonthDiff, diff_of, months_taken, newest_keys

__all__ = [
    "GONE",
    "ON_SHEET",
    "TO_REVIEW",
    "ChangeSeen",
    "ChangesAsked",
    "GroupSeen",
    "MemberSeen",
    "MonthDiff",
    "ReadSheet",
    "ToPrioritise",
    "address_of",
    "all_groups",
    "asked_changes",
    "change_called",
    "change_seen",
    "changes_to_review",
    "diff_of",
    "group_called",
    "groups_of",
    "months_taken",
    "newest_keys",
    "open_by_priority",
    "own_rows",
    "priorities_of",
    "read_month",
    "sheet_columns",
    "to_prioritise",
    "to_take_over",
]
