"""Telling a person what is kept about them."""

from typing import Any

from engross.apps.accounts.models import User
from engross.apps.operations.commands.personal.kinds import KINDS


def data_about(user: User) -> dict[str, Any]:
    """Return what is kept about a person, kind by kind, with why and for how long."""
    return {
        kind.name: {
            "what": kind.meaning,
            "why": kind.why,
            "kept": kind.kept,
            "rows": kind.tell(user),
        }
        for kind in KINDS
    }
