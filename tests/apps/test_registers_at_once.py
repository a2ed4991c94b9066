"""Two people who correct one entry of a register at the same moment."""

from datetime import date, timedelta

import pytest
from django.db import connection

from engross.apps.proposals.models import StageMove
from engross.apps.registers.commands import correct_entry
from engross.apps.registers.registers import register_named
from tests.apps.people.test_at_once import at_once
from tests.factories import AT, proposal
from tests.support.people import person

# On SQLite the second waits for the first's whole transaction.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="needs a database server"),
]


def test_both_corrections_are_kept_whichever_was_asked_for_first() -> None:
    both = [person(name, is_staff=True) for name in ("Ada", "Ben")]
    proposal("MP001", moves=[("refine", "2021-02-01")])
    first = StageMove.objects.get()
    register = register_named("proposal-stages")

    def correct(which: int) -> object:
        values = {"proposal": first.proposal.key, "stage": "refine", "body": None, "note": None,
                  "basis": "record",
                  "moved_on": date(2021, 2, 3 + which)}  # fmt: skip
        at = AT + timedelta(days=1, seconds=which)
        return correct_entry(
            register, first.entry, values, by=both[which], at=at, reason="As minuted"
        )

    assert at_once(lambda: correct(1), lambda: correct(0)) == ["", ""]
    assert StageMove.objects.count() == 3
    assert StageMove.objects.known_at(None).count() == 1
