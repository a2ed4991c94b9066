"""The pages of work across codes."""

from engross.apps.crosscode.views.changes import change, changes, review
from engross.apps.crosscode.views.groups import group, groups, take_over
from engross.apps.crosscode.views.priorities import give, priorities
from engross.apps.crosscode.views.sheets import month, own_sheet, take_sheet

__all__ = [
    "change",
    "changes",
    "give",
    "group",
    "groups",
    "month",
    "own_sheet",
    "priorities",
    "review",
    "take_over",
    "take_sheet",
]
