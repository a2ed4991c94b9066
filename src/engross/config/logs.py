"""What is logged and how: lines for people, or one JSON object a line for machines."""

import re
from collections.abc import MutableMapping
from typing import Any

import structlog

# Whoever has such an address may do what it lets do: its secret is for nobody who reads the logs.
_SECRET = re.compile(r"(/(?:calendar|unsubscribe|confirm|confirm-email|key)/)[^/?\s]+")
_SIGNING_IN = re.compile(r"(/accounts/[^?\s]*)\?\S*")


def without_secrets(
    logger: Any, method: str, told: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Return what is logged with the secrets in addresses left out."""
    for name in ("event", "request"):
        if isinstance(text := told.get(name), str):
            told[name] = _SIGNING_IN.sub(r"\1?…", _SECRET.sub(r"\1…", text))
    return told


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.StackInfoRenderer(),
    without_secrets,
]


def logging_settings(form: str) -> dict[str, Any]:
    """Return Django's LOGGING for a form, 'line' or 'json'; all goes to standard error.

    Raises ValueError for another form.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "shown": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *_renderers(form),
                ],
                "foreign_pre_chain": SHARED,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "shown"}},
        "loggers": {
            "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            # A page that is not there is its reader's matter; a server that breaks is ours.
            "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
            "django_structlog": {
                "handlers": ["stderr"],
                "level": "INFO" if form == "json" else "CRITICAL",
                "propagate": False,
            },
            "engross": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        },
    }


def _renderers(form: str) -> list[Any]:
    if form == "json":
        return [structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer()]
    if form == "line":
        return [
            structlog.dev.ConsoleRenderer(
                colors=False, exception_formatter=structlog.dev.plain_traceback
            )
        ]
    raise ValueError(f"ENGROSS_LOG is {form!r}: write 'line' or 'json'")


def set_up_structlog() -> None:
    """Let what is logged with structlog go where everything else goes."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
