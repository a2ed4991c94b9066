"""Jobs that come again are handed out once, and what a dead worker had in hand comes back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from engross.apps.jobs import commands
from engross.apps.jobs.models import LiveWorker, TimedJob
from engross.apps.jobs.queries import backlog

pytestmark = pytest.mark.django_db
AT = datetime(2021, 9, 22, 6, 30, tzinfo=UTC)
DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
done: list[str] = []


@task
def note(word: str) -> None:
    """Note a word."""
    done.append(word)


@task
def stumble() -> None:
    """Fail."""
    raise OSError("no room")


@pytest.fixture
def job(settings, monkeypatch):
    """Declare one job alone, for 07:00 in London, and keep its tasks in the database."""
    settings.TASKS = DATABASE
    monkeypatch.setattr(commands, "_declared", {})
    monkeypatch.setattr(commands, "autodiscover_modules", lambda name: None)
    declared = type("Noting", (), {"enqueue": staticmethod(lambda: note.enqueue("seven"))})
    commands.declare_timed_job("test.seven", declared, cron="0 7 * * *", meaning="For a test")
    commands.keep_timetable(at=AT)
    return TimedJob.objects.get()


def test_a_job_is_handed_out_when_due_and_not_before(job):
    assert job.due_at == datetime(2021, 9, 23, 6, 0, tzinfo=UTC)
    assert commands.give_out_due_jobs(at=AT) == []
    assert commands.give_out_due_jobs(at=job.due_at) == ["test.seven"]
    assert commands.give_out_due_jobs(at=job.due_at) == []
    assert DBTaskResult.objects.count() == 1


def test_a_job_that_was_missed_for_a_week_comes_once(job):
    late = job.due_at + timedelta(days=7)
    assert commands.give_out_due_jobs(at=late) == ["test.seven"]
    job.refresh_from_db()
    assert job.due_at > late
    assert DBTaskResult.objects.count() == 1


def test_two_schedulers_hand_a_job_out_once(job):
    declared = commands.declared_jobs()["test.seven"]
    other = TimedJob.objects.get()  # read by both before either has written
    assert commands._give_out(declared, job, at=job.due_at)
    assert not commands._give_out(declared, other, at=job.due_at)
    assert DBTaskResult.objects.count() == 1


def test_the_table_follows_what_the_apps_declare(job, monkeypatch):
    commands.keep_timetable(at=AT + timedelta(days=30))
    assert TimedJob.objects.get().due_at == job.due_at
    monkeypatch.setattr(commands, "_declared", {})
    commands.declare_timed_job("test.eight", note, cron="0 8 * * *", meaning="For a test")
    commands.keep_timetable(at=AT)
    assert [row.name for row in TimedJob.objects.order_by("name")] == ["test.eight"]


def running(*workers: str) -> DBTaskResult:
    """Return a task in the hand of the last of these workers."""
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING, started_at=AT, worker_ids=list(workers), run_after=AT,
        args_kwargs={"args": ["anew"], "kwargs": {}}, task_path=f"{__name__}.note",
        backend_name="default", exception_class_path="", traceback="",
    )  # fmt: skip


def test_a_task_whose_worker_died_is_given_out_anew(settings):
    settings.TASKS = DATABASE
    commands.note_worker("alive", at=AT)
    commands.note_worker("silent", at=AT - timedelta(minutes=5))
    mine, orphan, lost = running("alive"), running("silent"), running("never-seen")
    assert commands.give_out_orphans(at=AT) == 2
    statuses = {row.pk: row.status for row in DBTaskResult.objects.all()}
    assert statuses == {mine.pk: "RUNNING", orphan.pk: "READY", lost.pk: "READY"}
    assert [row.name for row in LiveWorker.objects.all()] == ["alive"]


def test_a_task_that_kills_its_workers_fails_in_the_end(settings):
    settings.TASKS = DATABASE
    orphan = running("one", "two", "three")
    commands.give_out_orphans(at=AT)
    orphan.refresh_from_db()
    assert orphan.status == TaskResultStatus.FAILED
    assert "3 workers died" in orphan.traceback


def test_without_a_worker_a_task_is_done_after_the_commit(django_capture_on_commit_callbacks):
    done.clear()
    with django_capture_on_commit_callbacks(execute=True):
        note.enqueue("after")
        assert done == []
    assert done == ["after"]
    assert not backlog().needs_worker


def test_without_a_worker_a_task_is_forgotten_with_its_transaction(
    django_capture_on_commit_callbacks,
):
    done.clear()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        note.enqueue("never")
        transaction.set_rollback(True)
    assert done == []


def test_a_task_that_fails_is_logged_and_does_not_reach_who_asked(
    django_capture_on_commit_callbacks, caplog
):
    with django_capture_on_commit_callbacks(execute=True):
        stumble.enqueue()
    assert "no room" in caplog.text


def test_old_tasks_that_succeeded_are_forgotten_and_failures_stay(settings):
    settings.TASKS = DATABASE
    for status in (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED):
        row = running("one")
        DBTaskResult.objects.filter(pk=row.pk).update(status=status, finished_at=AT)
    assert commands.forget_done_tasks(before=AT + timedelta(days=1)) == 1
    assert [row.status for row in DBTaskResult.objects.all()] == ["FAILED"]
