"""The API keeps to its own OpenAPI document, whatever it is asked and whoever asks."""

import pytest
import schemathesis
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from engross.apps.accounts.commands import add_staff
from engross.apps.people.commands.tokens import make_token

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# The same every time, and few: what takes the time is making them.
SAME = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
FEW, SOME = settings(SAME, max_examples=4), settings(SAME, max_examples=6)
# All registers have the same two operations; to these is put whatever can be told beforehand to be
# right or wrong, which is what takes the time, and to the others what comes by chance.
REGISTERS = "^/api/v1/registers/(?!(market-entry|highlights|monthly-series)(/|$))"
application = get_wsgi_application()


@pytest.fixture(scope="module", autouse=True)
def records(demonstration):
    """Keep the demonstration's records and text for all operations."""
    # Django would close the connection, and the transaction with it, after each request.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def token(records):
    """Return a token that may do all that one may do here, of staff with a second factor."""
    user = add_staff(email="token@engross.example", name="Staff", password="correct horse 42 !")
    TOTP.activate(user, generate_totp_secret())
    scopes = {"read:own", "write:own", "write:registers", "write:text"}
    return make_token(user, name="Test", scopes=scopes, days=7, by=user, at=timezone.now())


# In process nobody unpacks an answer.
PLAIN = {"Accept-Encoding": "identity"}

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
by_chance = schemathesis.openapi.from_dict(schema.raw_schema)
by_chance.app = application
for each in (schema, by_chance):
    each.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
by_chance.config.phases.coverage.enabled = False


# On PostgreSQL the registers' operations are the smoke.
@pytest.mark.once
@schema.exclude(path_regex=REGISTERS).parametrize()
@SOME
def test_an_operation_answers_as_it_says(case, db):
    case.call_and_validate(checks=CHECKS, headers=PLAIN)


@by_chance.include(path_regex=REGISTERS).parametrize()
@FEW
def test_a_register_answers_as_it_says(case, db):
    case.call_and_validate(checks=CHECKS, headers=PLAIN)


@pytest.mark.once
@schema.exclude(method="GET").parametrize()
@SOME
def test_whoever_may_write_is_answered_as_it_says(case, db, token):
    headers = {**PLAIN, "Authorization": f"Bearer {token}"}
    with transaction.atomic():
        case.call_and_validate(checks=CHECKS, headers=headers)
        transaction.set_rollback(True)
