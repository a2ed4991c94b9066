"""Personal data: every kind is declared, told on request, erased everywhere, forgotten in time."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from click.testing import CliRunner
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from engross.apps.accounts.commands import add_person
from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.audit.models import Event
from engross.apps.audit.queries import faults_of_audit
from engross.apps.files.models import ReadLog
from engross.apps.mail.models import Mail
from engross.apps.operations.commands.personal import (
    KINDS,
    data_about,
    erase_person,
    erased_people,
    forget_overdue,
    repeat_erasures,
)
from engross.apps.people.models import BodyMembership
from engross.apps.registers.models import RecordedRow
from engross.apps.registers.registers import register_named
from engross.cli import main
from engross.core.audit import coming_from
from engross.core.refusals import Refused
from tests import factories
from tests.support.writes import written_after_an_event

AT = datetime(2021, 9, 30, 16, 0, tzinfo=UTC)
NAME, EMAIL = "Jay Example-Person", "jay.example@example.org"
# What points to a person and is no personal data of its own.
NOT_PERSONAL = {"accounts.User_groups", "accounts.User_user_permissions"}

pytestmark = pytest.mark.django_db


def test_every_model_that_points_to_a_person_stands_in_a_kind():
    declared = {label for kind in KINDS for label in kind.models} | NOT_PERSONAL
    found = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if not issubclass(model, RecordedRow)
        for field in model._meta.concrete_fields
        if isinstance(field, models.EmailField)
        or (field.related_model and field.related_model._meta.label == settings.AUTH_USER_MODEL)
    }
    assert found - declared == set()
    assert declared - NOT_PERSONAL <= {model._meta.label for model in apps.get_models()}


def test_every_retention_is_a_parameter_of_each_code():
    from engross.adapters.code_folder import load_code

    for code in (load_code("sec"), load_code("example")):
        for kind in KINDS:
            if kind.retention:
                assert code.parameter(kind.retention, on=date(2026, 1, 1)) > 0


@pytest.fixture
def jay():
    """Return a person who left traces in every place there is for them."""
    user = add_person(email=EMAIL, name=NAME, password="quite-long-words-4")
    BodyMembership.objects.create(
        user=user, body="panel", role="member", held_from=date(2021, 1, 1), recorded_at=AT
    )
    with coming_from("page from 192.0.2.7"):
        factories.record("kept-registers", [{"register": "papers", "held_from": "2021-01-01"}],
                         at=AT)  # fmt: skip
        record_event(action="x.y", subject="papers/1", by=user, at=AT, reason=f"{NAME} asked",
                     details={"told": [EMAIL.upper()]})  # fmt: skip
        record_event(action="x.z", subject="papers/1", by=None, at=AT, reason="Nobody asked")
    row = register_named("kept-registers").model.objects
    row.update(note=f"Kept since {NAME.upper()} began", recorded_by=user, reason=f"Says {EMAIL}")
    Mail.objects.create(
        template="t", to_person=user, to_address=EMAIL, subject=f"Dear {NAME}", text=f"Dear {NAME}",
        message_id="m1", queued_at=AT, due_at=AT, sent_at=AT, state="sent",
    )  # fmt: skip
    ReadLog.objects.create(read_at=AT, person=user, kind="file", title="A paper",
                           source="page from 192.0.2.7")  # fmt: skip
    return user


def everything():
    """Return every word of every table, as one text."""
    rows = []
    for model in apps.get_models():
        rows += [json.dumps(row, default=str, ensure_ascii=False) for row in model.objects.values()]
    return "\n".join(rows).casefold()


def test_a_person_is_told_what_is_kept(jay):
    told = json.dumps(data_about(jay), default=str)
    for word in (NAME, EMAIL, "panel", "x.y", "A paper", f"Dear {NAME}", "192.0.2.7"):
        assert word in told, word
    assert "password" not in told
    client = Client()
    client.force_login(jay)
    assert EMAIL in client.get("/my/data.json").content.decode()
    assert "For how long" in client.get("/my/data/").content.decode()
    assert Client().get("/my/data.json").status_code == 302


def test_an_erasure_leaves_no_word_of_the_person_anywhere(jay):
    assert NAME.casefold() in everything()
    done = erase_person(jay, by=None, at=AT, reason="Asked")

    left = everything()
    assert NAME.casefold() not in left
    assert EMAIL not in left
    assert list(faults_of_audit()) == []
    assert done.rows["records"] == 1
    assert Event.objects.get(reason="Nobody asked").source == "page from 192.0.2.7"
    jay.refresh_from_db()
    assert (str(jay), jay.is_active) == (f"Erased person {jay.pk}", False)
    assert BodyMembership.objects.get().held_until == AT.date()
    assert ReadLog.objects.get().person_id == jay.pk
    assert not EmailAddress.objects.exists()


@pytest.mark.once
def test_an_erasure_holds_up_nobody_before_its_rows_are_written(jay):
    with CaptureQueriesContext(connection) as seen:
        erase_person(jay, by=None, at=AT, reason="Asked")

    assert written_after_an_event(seen) == []


def test_an_erasure_is_not_repeated_and_not_of_oneself(jay):
    with pytest.raises(Refused, match="your own"):
        erase_person(jay, by=jay, at=AT, reason="")
    erase_person(jay, by=None, at=AT, reason="")
    with pytest.raises(Refused, match="names nobody"):
        erase_person(jay, by=None, at=AT, reason="")


def test_whom_a_backup_brings_back_is_erased_again(jay):
    erase_person(jay, by=None, at=AT, reason="")
    listed = [each["person"] for each in erased_people()]
    User.objects.filter(pk=jay.pk).update(email=EMAIL, name=NAME, is_active=True)

    assert [done.person for done in repeat_erasures(listed, at=AT)] == [jay.pk]
    assert EMAIL not in everything()
    assert repeat_erasures([*listed, 10**9], at=AT) == []


def test_what_is_overdue_is_forgotten_and_the_rest_stays(jay):
    on = AT.date() + timedelta(days=366)
    done = forget_overdue(on=on, at=AT + timedelta(days=366))

    assert done == {"mail": 1, "events": 3}
    # What was emptied then is said to have been emptied then, and once.
    assert {each.happened_at for each in Event.objects.filter(action="audit.erase")} == {
        AT + timedelta(days=366)
    }
    assert forget_overdue(on=on, at=AT + timedelta(days=367)) == {}
    assert Mail.objects.get().text == ""
    assert set(Event.objects.exclude(action__in=("audit.erase", "person.forget"))
               .values_list("source", flat=True)) == {"[erased]"}  # fmt: skip
    assert list(faults_of_audit()) == []
    assert ReadLog.objects.exists()
    jay.refresh_from_db()
    assert jay.name == NAME


def test_a_closed_account_is_forgotten_in_time(jay):
    from engross.apps.people.commands import close_account

    close_account(jay, by=None, at=AT, reason="Left")
    assert "account" not in forget_overdue(on=AT.date(), at=AT + timedelta(days=729))
    assert forget_overdue(on=AT.date(), at=AT + timedelta(days=731))["account"] == 1
    jay.refresh_from_db()
    assert jay.name == f"Erased person {jay.pk}"


def test_the_commands_tell_erase_and_list(jay, tmp_path):
    def run(*words, **more):
        return CliRunner().invoke(main, ["personal", *words], **more)

    assert EMAIL in json.loads(run("tell", EMAIL).stdout)["account"]["rows"][0]["email"]
    assert run("tell", "nobody@example.org").exit_code == 1
    assert run("erase", EMAIL, "--reason", "Asked", input="n\n").exit_code == 1
    assert run("erase", EMAIL, "--reason", "Asked", "--yes").exit_code == 0
    listed = run("erased").stdout
    assert json.loads(listed)["person"] == jay.pk
    (tmp_path / "erased.jsonl").write_text(listed)
    assert "0 of 1 erased again" in run("repeat", str(tmp_path / "erased.jsonl")).stdout
    (tmp_path / "odd.jsonl").write_text("[1]")
    assert run("repeat", str(tmp_path / "odd.jsonl")).exit_code == 1
    assert run("forget").exit_code == 0
