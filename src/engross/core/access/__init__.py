"""Who may read what: one rule for page, API, feed, search, export, mail and file."""

from engross.core.access.reach import Reach, reach_of
from engross.core.access.readers import ANYONE, SYSTEM, Marking, Reader, may_read

__all__ = ["ANYONE", "SYSTEM", "Marking", "Reach", "Reader", "may_read", "reach_of"]
