"""The examples in the OpenAPI document are what the demonstration answers."""

import json

import pytest
from django.test import Client

from engross.apps.site.api import openapi_document
from engross.apps.site.api.questions import _parameters
from tests.support.tokens import program, staff
from tools.api_examples import FILE, examples

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(scope="module")
def asked(demonstration):
    """Return what every operation answers to its example today."""
    return examples(Client(), program(staff()))


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
