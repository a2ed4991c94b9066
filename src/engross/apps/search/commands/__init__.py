"""Keeping what can be found in step with the registers."""

from engross.apps.search.commands.catching_up import catch_up, rebuild, refresh

__all__ = ["catch_up", "rebuild", "refresh"]
