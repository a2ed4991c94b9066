"""What watches over a deployment: alive, ready, figures, logs, and where files are kept."""

import json
import logging
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError

from engross.apps.operations import queries
from engross.config.logs import logging_settings, without_secrets
from engross.config.storage import storage_of

TOKEN = "a-token-of-the-tests"


@pytest.mark.django_db
def test_the_site_says_that_it_lives_and_is_ready(client):
    assert client.get("/health/live").json() == {"status": "live"}
    answer = client.get("/health/ready")
    assert answer.status_code == 200, answer.content
    assert answer.json() == {"status": "ready", "hinders": [], "warns": []}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_what_hinders_is_told_without_a_secret(client, monkeypatch):
    def broken():
        raise DatabaseError("password authentication failed for user engross")

    monkeypatch.setattr(queries, "backlog", broken)
    monkeypatch.setattr(queries.default_storage, "exists", lambda name: 1 / 0)
    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json()["hinders"] == [
        "The database does not answer", "The file store does not answer",
    ]  # fmt: skip
    assert b"password" not in answer.content


@pytest.mark.django_db
def test_tables_that_are_behind_hinder(client, monkeypatch):
    monkeypatch.setattr(queries, "_steps_missing", lambda: True)
    assert client.get("/health/ready").status_code == 503


@pytest.mark.django_db
def test_a_worker_that_is_missing_or_a_task_that_failed_is_warned_of(client, settings):
    settings.ENGROSS_TASKS = "database"
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json()["warns"] == ["No worker was seen for a minute: run 'engross worker'"]


@pytest.mark.django_db
def test_figures_are_for_whoever_has_the_token(client, settings):
    assert client.get("/metrics").status_code == 404
    settings.ENGROSS_METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404

    client.get("/health/live?secret=words")
    client.get("/nothing/of/this/name")
    told = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()

    assert 'engross_requests_total{method="GET",route="operations:live",status="200"}' in told
    assert 'route="none",status="404"' in told
    assert "words" not in told
    assert "of/this" not in told
    assert 'engross_tasks{state="failed"} 0.0' in told


@pytest.mark.parametrize("form", ["json", "line"])
def test_a_line_of_the_log_holds_what_happened(form, capsys):
    made = logging_settings(form)["formatters"]["shown"]
    formatter = made.pop("()")(**made)
    record = logging.LogRecord("engross.jobs", logging.WARNING, "", 1, "task %s", ("7",), None)
    line = formatter.format(record)

    assert "task 7" in line
    assert "\n" not in line
    if form == "json":
        told = json.loads(line)
        assert (told["event"], told["level"], told["logger"]) == (
            "task 7",
            "warning",
            "engross.jobs",
        )


def test_another_form_of_log_is_refused():
    with pytest.raises(ValueError, match="'line' or 'json'"):
        logging_settings("xml")


def test_files_are_in_a_folder_unless_a_bucket_is_named():
    folder = Path("kept")
    assert storage_of("", folder=folder)["OPTIONS"]["location"] == folder
    made = storage_of("s3://KEY:a%2Fb@store.example/papers?region=eu-west-2", folder=folder)
    assert made["BACKEND"] == "storages.backends.s3.S3Storage"
    told = made["OPTIONS"]
    assert (told["endpoint_url"], told["bucket_name"], told["secret_key"], told["region_name"]) == (
        "https://store.example", "papers", "a/b", "eu-west-2",
    )  # fmt: skip
    with pytest.raises(ValueError, match="STORAGE_URL is written"):
        storage_of("ftp://example.org/x", folder=folder)


def test_stored_files_have_no_address_of_their_own():
    assert settings.STORAGES["default"]["OPTIONS"].get("base_url") is None


@pytest.mark.parametrize(
    "address",
    [
        "/my/calendar/SECRET.ics", "/my/unsubscribe/7:daily:SECRET/", "/register/confirm/SECRET/",
        "/accounts/password/reset/key/1-SECRET/", "/accounts/confirm-email/SECRET/",
        "/accounts/oidc/acme/login/callback/?code=SECRET&state=x",
    ],
)  # fmt: skip
def test_no_secret_of_an_address_is_logged(address):
    told = without_secrets(
        None, "info", {"event": f"Broken: {address}", "request": f"GET {address}"}
    )
    assert "SECRET" not in str(told)
    assert told["request"].startswith(f"GET {address[:8]}")
