"""The examples in the OpenAPI document are what the demonstration answers."""

import json

import pytest
from django.db import transaction
from django.test import Client

from engross.apps.registers.commands import import_sheets
from engross.apps.site.api import openapi_document
from engross.apps.site.api.questions import _parameters
from engross.cli.demo import REPOSITORY, sheets_of, take_in_text
from tests.support.tokens import program, staff
from tools.api_examples import FILE, TAKEN_IN_AT, examples

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(scope="module")
def asked(django_db_setup, django_db_blocker):
    """Return what every operation answers to its example today."""
    with django_db_blocker.unblock(), transaction.atomic():
        import_sheets(sheets_of(REPOSITORY / "demo" / "sec"), by=None, at=TAKEN_IN_AT)
        take_in_text("sec")
        found = examples(Client(), program(staff()))
        transaction.set_rollback(True)
    return found


def test_every_operation_answers_its_example_as_it_is_shown(asked):
    shown = json.loads(FILE.read_text("utf-8"))
    assert shown.keys() == asked.keys(), "run python -m tools.api_examples"
    assert [name for name in shown if shown[name] != asked[name]] == []


def test_what_an_operation_may_be_asked_is_what_its_document_says():
    told = {
        (path, method.upper()): {each["name"] for each in operation["parameters"]
                                 if each["in"] == "query"}
        for path, methods in openapi_document()["paths"].items()
        for method, operation in methods.items()
    }  # fmt: skip
    assert _parameters() == told


def test_every_operation_has_an_example(asked):
    paths = openapi_document()["paths"].items()
    operations = {f"{method.upper()} {path}" for path, methods in paths for method in methods}
    assert operations == asked.keys()
