"""Events: chained as written, fixed by the database, emptied only by an event that says so."""

import json
import uuid
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from engross.apps.accounts.models import User
from engross.apps.audit.commands import erase_fields, record_event
from engross.apps.audit.models import Event
from engross.apps.audit.queries import events_found, faults_of_audit
from engross.apps.files.commands import keep_named
from engross.apps.files.models import NamedReader
from engross.cli import main
from engross.core.audit import ERASED, coming_from
from tests.support.people import person, staff_client
from tests.support.writes import written_after_an_event

AT = datetime(2021, 9, 30, 16, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def three_events(by=None):
    with coming_from("page from 192.0.2.7"):
        for number in (1, 2, 3):
            record_event(
                action="register.record", subject=f"papers/{number}", by=by, at=AT,
                reason="Jay Example asked", details={"file": "naïve.csv", "ratio": 0.1, "n": None},
                before={"state": "draft"}, after={"state": "open"},
            )  # fmt: skip


def faults():
    return [str(fault) for fault in faults_of_audit()]


def rewritten(sql, *values):
    """Rewrite a row as somebody with the database's own tools would."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_events_are_numbered_without_gaps_and_follow_each_other():
    three_events()
    events = list(Event.objects.order_by("pk"))

    assert [each.pk for each in events] == [1, 2, 3]
    assert [each.previous for each in events] == ["", events[0].hash, events[1].hash]
    assert {each.source for each in events} == {"page from 192.0.2.7"}
    assert faults() == []


def test_an_event_that_is_rolled_back_leaves_no_gap():
    three_events()
    with transaction.atomic():
        record_event(action="a", subject="b", by=None, at=AT)
        transaction.set_rollback(True)
    three_events()

    assert list(Event.objects.order_by("pk").values_list("pk", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert faults() == []


@pytest.mark.parametrize(
    ("column", "value", "named"),
    [
        ("reason", "Another asked", "Event 2: reason is not what was written"),
        ("subject", "papers/9", "Event 2: subject is not what was written"),
        ("source", "", "Event 2: source is not what was written"),
        ("details", json.dumps({"file": "x"}), "Event 2: details is not what was written"),
        ("after", json.dumps({"state": "closed"}), "Event 2: after is not what was written"),
    ],
)
def test_what_a_forger_writes_over_is_named(column, value, named):
    three_events()
    rewritten(f"UPDATE audit_event SET {column} = %s WHERE id = 2", value)

    assert faults() == [named]


@pytest.mark.parametrize("column", ["action", "rule", "hash", "previous"])
def test_the_database_refuses_to_change_what_the_hash_covers(column):
    three_events()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rewritten(f"UPDATE audit_event SET {column} = 'forged' WHERE id = 2")


def test_python_refuses_to_rewrite_events_too():
    three_events()
    with pytest.raises(TypeError):
        Event.objects.filter(pk=1).update(reason="")
    with pytest.raises(TypeError):
        Event.objects.all().delete()


def test_an_erasure_empties_the_fields_and_the_chain_stays_whole():
    three_events()
    said = erase_fields({2: ["reason", "details"]}, by=None, at=AT, reason="Asked by the person")
    event = Event.objects.get(pk=2)

    assert (event.reason, event.details) == (ERASED, {"erased": True})
    assert "reason" not in event.salts
    assert said.details == {"events": {"2": ["details", "reason"]}}
    assert faults() == []


def test_a_field_that_somebody_emptied_without_saying_so_is_named():
    three_events()
    event = Event.objects.get(pk=2)
    event.reason, event.erased = ERASED, ["reason"]
    event.salts.pop("reason")
    event.save(update_fields=["reason", "erased", "salts"])

    assert faults() == ["Event 2: reason was emptied, and no event says so"]


def test_events_are_found_by_words_person_action_and_day():
    user = User.objects.create_user("analyst@example.org", None, name="An Analyst", is_staff=True)
    three_events()
    record_event(action="release.compose", subject="releases/2021-11", by=user, at=AT)

    def found(**asked):
        return [each.pk for each in events_found(**asked)]

    assert found(words="papers/2 jay") == [2]
    assert found(action="release.") == [4]
    assert found(by="analyst@") == [4]
    assert found(first=AT.date(), last=AT.date()) == [4, 3, 2, 1]
    assert found(first=AT.date().replace(year=2022)) == []
    assert Event.objects.get(pk=4).rule == "staff"


def test_the_command_proves_the_chain_and_names_the_edit():
    three_events()
    noted = CliRunner().invoke(main, ["audit", "head"]).stdout.strip()
    proved = CliRunner().invoke(main, ["audit", "verify", "--expect", noted])
    assert (proved.exit_code, proved.stdout) == (0, "3 events, none edited\n")

    rewritten("UPDATE audit_event SET reason = 'x' WHERE id = 1")
    broken = CliRunner().invoke(main, ["audit", "verify"])
    assert broken.exit_code == 1
    assert "Event 1: reason is not what was written" in broken.stderr


def test_a_link_that_was_noted_and_is_gone_is_found():
    three_events()
    cut = CliRunner().invoke(main, ["audit", "verify", "--expect", "9:" + "a" * 64])
    assert cut.exit_code == 1
    assert "Event 9: is not the one that was noted" in cut.stderr


def test_strangers_do_not_see_the_audit():
    three_events()
    for address in ("/audit/", "/audit/1/"):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert b"Jay" not in answer.content


def test_staff_read_an_event_with_what_it_changed():
    three_events()
    client = staff_client()
    page = client.get("/audit/?words=papers/2&first=never").content.decode()
    assert "papers/2" in page
    assert "papers/3" not in page
    event = client.get("/audit/2/").content.decode()
    assert all(word in event for word in ("draft", "open", "192.0.2.7", "naïve.csv"))
    assert client.get("/audit/999999999999999999/").status_code == 404


@pytest.mark.once
def test_whoever_is_named_and_taken_off_is_written_before_any_event():
    first, second, third = (person(name, email=f"{name}@engross.example") for name in "abc")
    entry = uuid.uuid4()
    told = {"register": "papers", "entry": entry, "by": None, "at": AT}
    keep_named(persons=[first, second], **told)
    with CaptureQueriesContext(connection) as seen:
        keep_named(persons=[third], **told)

    assert written_after_an_event(seen) == []
    assert [each.person for each in NamedReader.objects.filter(entry=entry)] == [third]
    assert Event.objects.filter(action="reader.take-off").count() == 2
