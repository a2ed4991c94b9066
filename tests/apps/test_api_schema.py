"""The API keeps to its own OpenAPI document, whatever it is asked."""

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from engross.apps.registers.commands import import_sheets
from engross.cli.demo import REPOSITORY, sheets_of
from tests.factories import AT

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 8
application = get_wsgi_application()


@pytest.fixture(scope="module", autouse=True)
def records(django_db_setup, django_db_blocker):
    """Keep the fictional code's records for all operations."""
    # Django would close the connection, and the transaction with it, after each request.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with django_db_blocker.unblock(), transaction.atomic():
        folder = REPOSITORY / "demo" / django_settings.ENGROSS_CODE
        import_sheets(sheets_of(folder), by=None, at=AT)
        yield
        transaction.set_rollback(True)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_an_operation_answers_as_it_says(case, db):
    case.call_and_validate(checks=CHECKS)
