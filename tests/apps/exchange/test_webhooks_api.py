"""Webhooks by API: a program keeps its own, and nobody else's."""

import json

import pytest
from django.test import Client

from engross.apps.exchange.models import Delivery, Webhook
from tests.support.people import person
from tests.support.tokens import program

pytestmark = pytest.mark.django_db
HOME = "/api/v1/webhooks"
GIVEN = {"url": "https://example.org/changes", "kinds": ["row.added"], "registers": ["proposals"]}


def add(asking: Client, **given: object):
    return asking.post(HOME, json.dumps({**GIVEN, **given}), content_type="application/json")


def test_a_program_adds_tries_and_removes_its_own():
    asking = program(person("Ada"), "write:own")

    made = add(asking)
    assert made.status_code == 201
    assert made.json()["secret"].startswith("whsec_")
    assert made["Cache-Control"] == "no-store"
    one = f"{HOME}/{made.json()['id']}"
    assert asking.get(HOME).json()["rows"] == [asking.get(one).json()]
    assert "secret" not in asking.get(one).json()
    assert asking.post(f"{one}/trial").status_code == 202
    assert Delivery.objects.get().kind == "trial"
    assert asking.delete(one).status_code == 204
    assert not Webhook.objects.exists()


@pytest.mark.once
def test_nobody_elses_webhook_is_told_tried_or_removed():
    one = f"{HOME}/{add(program(person('Ada'), 'write:own')).json()['id']}"
    other = program(person("Eve"), "write:own")

    assert other.get(HOME).json() == {"rows": []}
    assert {other.get(one).status_code, other.post(f"{one}/trial").status_code,
            other.delete(one).status_code} == {404}  # fmt: skip
    assert Webhook.objects.exists()


@pytest.mark.once
def test_it_takes_a_token_with_the_scope():
    without = program(person("Ada"), "read:own")

    assert [each.status_code for each in (without.get(HOME), add(without))] == [403, 403]
    assert [each.status_code for each in (Client().get(HOME), add(Client()))] == [401, 401]


@pytest.mark.once
@pytest.mark.parametrize("given", [
    {"url": "http://127.0.0.1/"}, {"url": "file:///etc/passwd"},
    {"kinds": ["row.eaten"]}, {"registers": ["no-such-register"]}, {"url": "x" * 501},
])  # fmt: skip
def test_what_cannot_be_told_is_refused_with_why(given: dict[str, object]):
    answer = add(program(person("Ada"), "write:own"), **given)

    assert answer.status_code == 422
    assert answer.json()["reasons"]
    assert not Webhook.objects.exists()


def test_a_stopped_one_says_so_and_is_not_tried():
    asking = program(person("Ada"), "write:own")
    number = add(asking).json()["id"]
    Webhook.objects.update(stopped_at="2021-12-01T09:30:00Z", stopped_why="It answered 410")

    told = asking.get(f"{HOME}/{number}").json()
    assert (told["is_stopped"], told["stopped_why"]) == (True, "It answered 410")
    assert asking.post(f"{HOME}/{number}/trial").status_code == 409
