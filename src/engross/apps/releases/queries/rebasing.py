"""What an open change set becomes on another text."""

from datetime import datetime

from engross.apps.releases.models import ChangeSetVersion
from engross.apps.releases.queries.bases import Base, base_for
from engross.apps.releases.queries.change_sets import base_of, change_set_of
from engross.core.legaltext.aligning import align_places
from engross.core.legaltext.places import Places
from engross.core.legaltext.rebasing import Rebased, rebase


def rebased(version: ChangeSetVersion, number: str, *, at: datetime) -> tuple[Base, Rebased]:
    """Return the text of a version of the code, and a change set as it would be drafted there.

    Raises Refused if the version has no text, or the set's own base cannot be had any more.
    """
    base = base_for(number, at=at)
    return base, rebased_onto(version, base, Places(base.code))


def rebased_onto(version: ChangeSetVersion, base: Base, new: Places) -> Rebased:
    """Return a version of a change set as it would be drafted on another text."""
    aligned = align_places(Places(base_of(version)), new)
    return rebase(change_set_of(version), aligned, base_version=base.version.key)
