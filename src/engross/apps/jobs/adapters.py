"""How tasks are done where there is no worker: by the process that asked, after its commit."""

import logging
import threading
from collections import deque
from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task

_log = logging.getLogger("engross.jobs")
_here = threading.local()


class AfterCommit(ImmediateBackend):
    """Does a task once the transaction that asked for it has been committed.

    Rolled back, it is forgotten, as a row of the database would be. A fault of the task is
    logged and does not reach the person whose click asked for it.
    """

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Take a task; return what is known of it before it is done."""
        self.validate_task(task)
        result: TaskResult[Any] = TaskResult(
            task=task, id=get_random_string(32), status=TaskResultStatus.READY, enqueued_at=None,
            started_at=None, last_attempted_at=None, finished_at=None, args=args, kwargs=kwargs,
            backend=self.alias, errors=[], worker_ids=[],
        )  # fmt: skip
        transaction.on_commit(lambda: self._do(result))
        return result

    def _do(self, result: TaskResult[Any]) -> None:
        """Do a task, and what it asks for after it; not within it, for a chain may be long."""
        waiting: deque[TaskResult[Any]] | None = getattr(_here, "waiting", None)
        if waiting is not None:
            waiting.append(result)
            return
        _here.waiting = waiting = deque([result])
        try:
            while waiting:
                self._do_one(waiting.popleft())
        finally:
            _here.waiting = None

    def _do_one(self, result: TaskResult[Any]) -> None:
        self._execute_task(result)
        for error in result.errors:
            _log.error("The task %s failed: %s", result.task.name, error.traceback)
