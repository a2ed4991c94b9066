"""What every part of the API has in common, and the operations that every register has."""

from engross.apps.registers.api.asking import (
    MOST_ROWS,
    AsAt,
    Paged,
    Searched,
    Turned,
    aware,
    json_answer,
    plain_values,
)
from engross.apps.registers.api.importing import import_router
from engross.apps.registers.api.listing import router_for
from engross.apps.registers.api.paging import Page, PageOf, Turn, turn_to
from engross.apps.registers.api.problems import (
    KINDS,
    MEDIA_TYPE,
    ApiRefused,
    Problem,
    kind_of_status,
    problem,
)

PROBLEMS = {404: Problem, 422: Problem}

__all__ = [
    "KINDS",
    "MEDIA_TYPE",
    "MOST_ROWS",
    "PROBLEMS",
    "ApiRefused",
    "AsAt",
    "Page",
    "PageOf",
    "Paged",
    "Problem",
    "Searched",
    "Turn",
    "Turned",
    "aware",
    "import_router",
    "json_answer",
    "kind_of_status",
    "plain_values",
    "problem",
    "router_for",
    "turn_to",
]
