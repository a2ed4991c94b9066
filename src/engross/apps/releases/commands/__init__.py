"""Everything that can be done to change sets and releases: save, compose, decide, publish."""

from engross.apps.releases.commands.change_sets import ChangedMeanwhile, save_change_set
from engross.apps.releases.commands.classifying import classify_change_set
from engross.apps.releases.commands.compositions import compose_release, resolve_conflict
from engross.apps.releases.commands.illustrative import Loaded, load_illustrative
from engross.apps.releases.commands.publishing import publish_composition
from engross.apps.releases.commands.rebasing import RebaseOutcome, rebase_open_sets

__all__ = [
    "ChangedMeanwhile",
    "Loaded",
    "RebaseOutcome",
    "classify_change_set",
    "compose_release",
    "load_illustrative",
    "publish_composition",
    "rebase_open_sets",
    "resolve_conflict",
    "save_change_set",
]
