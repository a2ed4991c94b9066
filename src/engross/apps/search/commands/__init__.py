"""Keeping what can be found in step with the registers, and who was shown what."""

from engross.apps.search.commands.catching_up import catch_up, rebuild, refresh
from engross.apps.search.commands.reads import log_hits_read

__all__ = ["catch_up", "log_hits_read", "rebuild", "refresh"]
