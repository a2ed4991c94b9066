"""What a person answered in the votes of bodies; told, and their name taken out of it."""

import re
from datetime import datetime

from django.db.models import Q

from engross.apps.accounts.models import User
from engross.apps.operations.commands.personal.accounts import Rows, told
from engross.apps.operations.commands.personal.traces import names_of
from engross.apps.votes.models import Ballot
from engross.core.audit import ERASED


def ballots_told(user: User) -> Rows:
    """Return what the person answered in votes."""
    mine = Ballot.objects.filter(person=user)
    return told(mine, "vote__title", "seat", "place", "choice", "reason", "objectives", "cast_at")


def redact_ballots(user: User, at: datetime) -> int:
    """Take the person's name and address out of what was said in any vote; the ballots stay."""
    count = 0
    for name in names_of(user):
        found = re.compile(re.escape(name), re.IGNORECASE)
        # Views on objectives are JSON, in which a database may keep letters as it likes.
        said = Ballot.objects.filter(Q(reason__icontains=name) | ~Q(objectives={}))
        for ballot in said.order_by("pk"):
            if not found.search(" ".join([ballot.reason, *ballot.objectives.values()])):
                continue
            ballot.reason = found.sub(ERASED, ballot.reason)
            ballot.objectives = {
                key: found.sub(ERASED, words) for key, words in ballot.objectives.items()
            }
            ballot.save(update_fields=["reason", "objectives"])
            count += 1
    return count
