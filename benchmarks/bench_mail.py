"""Telling 5,000 people of one event, and sending it, on the database of DATABASE_URL."""

import asyncio
import atexit
import time
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from benchmarks import benchmark, temporary_database

PARTIES, USERS_EACH = 200, 25
SENT = 1000
AT = datetime(2021, 9, 22, 9, 0, tzinfo=UTC)
OPENED = {"kind": "Refinement Consultation", "closes": AT}


@cache
def _built() -> bool:
    """Record the Parties and open an account for each of their users."""
    from django.conf import settings

    # The mails wait for a worker, as on a site of several processes.
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    database = temporary_database()
    database.__enter__()
    atexit.register(database.__exit__, None, None, None)
    from engross.apps.accounts.models import User
    from engross.apps.people.models import PartyMembership
    from tests import factories

    for number in range(PARTIES):
        factories.party(f"P{number:03}", category="other-sec-parties")
    users = User.objects.bulk_create(
        User(email=f"reader{number}@example.org", name=f"Reader {number}", kind="person")
        for number in range(PARTIES * USERS_EACH)
    )
    from engross.apps.parties.models import Party

    parties = list(Party.objects.order_by("key"))
    PartyMembership.objects.bulk_create(
        PartyMembership(user=user, party=parties[place // USERS_EACH], role="user",
                        held_from=date(2020, 1, 1), recorded_at=AT)
        for place, user in enumerate(users)
    )  # fmt: skip
    return True


def _tell() -> int:
    from engross.apps.notices.commands import send_notice

    sent = send_notice("consultation-opened", about="Consultation on MP999", link="/c/9/",
                       context=OPENED, at=AT)  # fmt: skip
    return sent.count


def _seconds(action: Any) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


@benchmark("queue a mail to 5,000 people, each found and written to", unit="s", budget=2)
def queue() -> float:
    """Return seconds of the whole command, committed: the least of three, once all is warm."""
    from engross.apps.mail.models import Mail

    _built()
    _tell()
    took = [_seconds(_tell) for _ in range(3)]
    if Mail.objects.count() != 4 * PARTIES * USERS_EACH:
        raise ValueError("Not everybody was told")
    return min(took)


@benchmark("say to whom 5,000 mails would go", unit="s", budget=0.5)
def preview() -> float:
    """Return seconds of the question that a page asks before it acts."""
    from engross.apps.notices.queries import who_would_get

    _built()
    return _seconds(lambda: who_would_get("consultation-opened", on=AT.date()))


@benchmark("hand 1,000 mails to a server on this machine, by one worker", unit="s", budget=20)
def send() -> float:
    """Return seconds for one sender; several share the work."""
    from aiosmtpd.controller import Controller
    from django.conf import settings

    from engross.apps.mail.commands import send_due_mail
    from tests.support.postgres import free_port

    _built()
    _tell()

    class Inbox:
        async def handle_DATA(self, *_: Any) -> str:  # noqa: N802
            await asyncio.sleep(0)
            return "250 taken"

    controller = Controller(Inbox(), hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    try:
        return _seconds(lambda: send_due_mail(clock=lambda: AT, most=SENT))
    finally:
        controller.stop()
