"""Two who do the same to somebody at the same moment, on a server that lets them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.db import connection, connections

from engross.apps.accounts.models import User
from engross.apps.mail.models import Mail
from engross.apps.people.commands import approve_request, change_role
from engross.apps.people.models import PartyMembership, RegistrationRequest
from engross.core.people.roles import PartyRole
from engross.core.refusals import Refused
from tests import factories
from tests.support.people import member, person

# On SQLite the second waits for the first's whole transaction; see the texts' test of the same.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="needs a database server"),
]
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ON = date(2026, 3, 2)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do things at the same moment; return what each was told, '' where it was done."""
    start = Barrier(len(acts))

    def do(act: Callable[[], object]) -> str:
        try:
            start.wait(timeout=20)
            act()
        except Refused as refused:
            return str(refused)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(do, acts))


def test_of_two_staff_who_approve_one_request_the_second_is_told_who_was_first() -> None:
    staff = [person(name, is_staff=True) for name in ("Ada", "Grace")]
    asked = RegistrationRequest.objects.create(
        email="joan@supplier.example", name="Joan", asked_at=AT, verified_at=AT, state="waiting"
    )

    def approve(by: User) -> object:
        return approve_request(asked.pk, party=None, role=PartyRole.USER, by=by, at=AT, on=ON)

    told = at_once(lambda: approve(staff[0]), lambda: approve(staff[1]))

    assert told[0] == ""
    assert "approved already, by " in told[1]
    assert User.objects.filter(email="joan@supplier.example").count() == 1
    assert Mail.objects.count() == 1


def test_two_administrators_cannot_both_stop_being_one() -> None:
    factories.party("P1", category="large-suppliers")
    both = [person(name) for name in ("Ada", "Grace")]
    held = [member(each, "P1", role="administrator") for each in both]

    def stop(which: int) -> object:
        return change_role(held[which], PartyRole.USER, by=both[which], at=AT, on=ON)

    told = at_once(lambda: stop(0), lambda: stop(1))

    assert told[0] == ""
    assert "nobody who manages" in told[1]
    left = PartyMembership.objects.held_on(ON).filter(role="administrator")
    assert left.count() == 1
