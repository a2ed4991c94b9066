"""`engross people`: listing who has an account, and acting when somebody cannot wait."""

import json

import pytest
from click.testing import CliRunner

from engross.apps.audit.models import Event
from engross.cli import main
from tests.support.people import client_of, person

pytestmark = pytest.mark.django_db


def run(*arguments: str):
    return CliRunner().invoke(main, ["people", *arguments])


def test_people_are_listed_in_lines_and_as_json():
    person("Ada", is_staff=True)
    person("Grace")

    assert run("list", "--kind", "staff").output == "ada@engross.example  Ada  Staff\n"
    listed = json.loads(run("list", "--json").output)
    assert [each["email"] for each in listed] == ["ada@engross.example", "grace@engross.example"]


def test_sessions_end_and_accounts_close_with_a_reason():
    client = client_of(person())
    done = run("end-sessions", "--email", "ADA@engross.example", "--reason", "A lost laptop")

    assert done.exit_code == 0, done.output
    assert client.get("/my/tokens/").status_code == 302
    assert run("close", "--email", "ada@engross.example", "--reason", "Left").exit_code == 0
    assert Event.objects.filter(reason="Left", by=None).exists()


def test_an_unknown_address_and_a_closed_account_are_refused():
    person("Ada", is_active=False)
    refused = run("close", "--email", "ada@engross.example", "--reason", "x")
    unknown = run("close", "--email", "nobody@engross.example", "--reason", "x")

    assert (refused.exit_code, unknown.exit_code) == (1, 1)
    assert "closed already" in refused.output
    assert "There is no account with the address nobody@engross.example" in unknown.output
