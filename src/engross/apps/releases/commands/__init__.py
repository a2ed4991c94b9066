"""Everything that can be done to change sets and releases: save, compose, decide, publish."""

from engross.apps.releases.commands.change_sets import ChangedMeanwhile, save_change_set
from engross.apps.releases.commands.classifying import classify_change_set
from engross.apps.releases.commands.compositions import compose_release, resolve_conflict
from engross.apps.releases.commands.findings import accept_finding
from engross.apps.releases.commands.illustrative import Loaded, load_illustrative
from engross.apps.releases.commands.implementing import Implemented, implement_due
from engross.apps.releases.commands.publishing import publish_composition
from engross.apps.releases.commands.rebasing import (
    RebaseOutcome,
    rebase_change_set,
    rebase_open_sets,
)
from engross.apps.releases.commands.tranches import part_change_set
from engross.apps.releases.commands.withdrawing import withdraw_composition

__all__ = [
    "ChangedMeanwhile",
    "Implemented",
    "Loaded",
    "RebaseOutcome",
    "accept_finding",
    "classify_change_set",
    "compose_release",
    "implement_due",
    "load_illustrative",
    "part_change_set",
    "publish_composition",
    "rebase_change_set",
    "rebase_open_sets",
    "resolve_conflict",
    "save_change_set",
    "withdraw_composition",
]
