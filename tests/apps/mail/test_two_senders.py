"""Two workers send at once and one is killed: nobody gets a mail twice, and none is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, connections, transaction

from engross.apps.mail.commands import WrittenLetter, queue_mails, send_again, send_due_mail
from engross.apps.mail.models import Mail, State

# SQLite has one writer at a time, so that its two senders take turns; `test_worker` kills one.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="needs a database server"),
]
AT = datetime(2021, 9, 22, 9, 0, tzinfo=UTC)
MAILS, BEFORE_THE_KILL = 60, 7


class Killed(BaseException):
    """What ends a worker in the middle of a line, as a signal does."""


@pytest.mark.parametrize("has_it", [True, False], ids=["server has it", "server has it not"])
def test_a_kill_leaves_one_mail_in_doubt_and_doubles_none(
    monkeypatch, settings, secretary, has_it
):  # fmt: skip
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    taken: list[str] = []
    both_began = threading.Barrier(2)

    def take(self, messages):
        name, number = threading.current_thread().name, len(taken)
        if not number:
            both_began.wait(timeout=20)
        is_killed = name.endswith("_1") and number >= BEFORE_THE_KILL
        if has_it or not is_killed:
            taken.extend(f"{each.to[0]} {each.extra_headers['Message-ID']}" for each in messages)
        if is_killed:
            raise Killed

    monkeypatch.setattr(EmailBackend, "send_messages", take)
    letters = [WrittenLetter("t", f"r{n}@example.org", "Hello", "Hello") for n in range(MAILS)]
    numbers = {each.to_address: each.message_id for each in queue_mails(letters, at=AT)}

    def work(_: int) -> bool:
        try:
            send_due_mail(clock=lambda: AT)
        except Killed:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(work, range(2))) == [False, True]

    assert len(taken) == len(set(taken)) == MAILS - (not has_it)
    in_doubt = Mail.objects.get(state=State.SENDING)
    assert Mail.objects.filter(state=State.SENT).count() == MAILS - 1
    later = AT + timedelta(minutes=11)
    assert send_due_mail(clock=lambda: later) == 0
    in_doubt.refresh_from_db()
    assert (in_doubt.state, "may have arrived" in in_doubt.error) == (State.FAILED, True)
    send_again(in_doubt.pk, by=secretary, at=later)
    send_due_mail(clock=lambda: later)
    # The same number goes with it, so that a mail program can tell that it has it already.
    assert set(taken) == {f"{to} {number}" for to, number in numbers.items()}


def test_two_who_tell_the_same_at_once_tell_each_person_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    both_began = threading.Barrier(2)

    def tell(_: int) -> int:
        letters = [
            WrittenLetter("t", f"r{n}@example.org", "Hello", "Hello", once="vote/9")
            for n in range(MAILS)
        ]
        try:
            with transaction.atomic():
                both_began.wait(timeout=20)
                return len(queue_mails(letters, at=AT))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(tell, range(2))) == [0, MAILS]
    assert Mail.objects.count() == MAILS
