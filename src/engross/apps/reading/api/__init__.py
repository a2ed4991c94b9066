"""The code by API: its text on any day, what is derived from it, and what is proposed for it."""

from engross.apps.reading.api import (  # noqa: F401 they add their operations to the routers
    change_sets,
    comparing,
    documents,
    duties,
    provisions,
    references,
    saving,
    terms,
)
from engross.apps.reading.api.texts import change_set_router, code_router

__all__ = ["change_set_router", "code_router"]
