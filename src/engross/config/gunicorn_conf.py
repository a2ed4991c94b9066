"""How the web server runs: `gunicorn --config python:engross.config.gunicorn_conf`."""

import os
import tempfile
from typing import Any

bind = os.environ.get("ENGROSS_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("ENGROSS_WORKERS", "2"))
threads = int(os.environ.get("ENGROSS_THREADS", "4"))
worker_class = "gthread"
# Loaded once and then divided, so that the workers share what none of them changes.
preload_app = True
# A worker that grew is replaced before it hurts, and not all of them at once.
max_requests = 5000
max_requests_jitter = 500
graceful_timeout = 20
timeout = 60
loglevel = "warning"
proc_name = "engross"
# To open the database anew takes longer than most pages do; read by the settings.
os.environ.setdefault("ENGROSS_DATABASE_SECONDS", "60")
# Where the processes put what they count, so that any of them can tell it all.
os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="engross-metrics-"))


def child_exit(server: Any, worker: Any) -> None:
    """Forget the counts that a worker kept of the present moment, once it ended."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
