"""Pages and answers of an ordinary deployment: 500 proposals and 400 Parties."""

import atexit
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from typing import Any

from benchmarks import benchmark, cpu_milliseconds, temporary_database

PROPOSALS = 500
PARTIES = 400
STAGES = ("define", "refine", "opine", "release", "implemented")
CATEGORIES = ("large-suppliers", "small-suppliers", "gas-networks", "other-sec-parties")


@cache
def _site() -> Callable[..., Any]:
    """Return a site with an ordinary register as a server calls it, made once.

    Not Django's test client: it copies the context of every template that is rendered.
    """
    from django.core.wsgi import get_wsgi_application

    database = temporary_database()
    database.__enter__()
    atexit.register(database.__exit__, None, None, None)
    record_registers()
    return get_wsgi_application()


def record_registers() -> None:
    """Record what an ordinary deployment holds of Parties and proposals."""
    _record_parties()
    _record_proposals()


def _record(register: str, rows: Iterator[dict[str, Any]]) -> None:
    from tests.factories import record

    record(register, rows)


def _record_parties() -> None:
    held = [{"party": f"P{n:04}", "held_from": "2014-01-01"} for n in range(PARTIES)]
    _record("parties", ({**row, "legal_name": f"Example {row['party']} Limited"} for row in held))
    _record("party-categories", ({**row, "category": CATEGORIES[n % 4]}
                                 for n, row in enumerate(held)))  # fmt: skip
    _record("voting-groups", ({**row, "voting_group": f"G{n // 2}"} for n, row in enumerate(held)))
    _record("party-events", ({"party": row["party"], "event": "acceded",
                              "happened_on": "2014-01-01"} for row in held))  # fmt: skip
    _record("market-entry", ({"party": row["party"], "process": "uep", "user_role": role,
                              "completed_on": "2016-01-04"}
                             for row in held[::2]
                             for role in ("import-supplier", "gas-supplier")))  # fmt: skip


def _record_proposals() -> None:
    numbers = range(100, 100 + PROPOSALS)
    _record("proposals", ({"proposal": f"MP{n}", "title": f"A change to the code, number {n}",
                           "raised_on": f"20{14 + n % 8}-02-01", "route": "self-governance"}
                          for n in numbers))  # fmt: skip
    _record("proposal-stages", ({"proposal": f"MP{n}", "stage": stage,
                                 "moved_on": f"20{14 + n % 8}-{3 + place:02}-10"}
                                for n in numbers
                                for place, stage in enumerate(STAGES[: 1 + n % 5])))  # fmt: skip
    _record("decisions", ({"proposal": "MP101", "body": "csc", "outcome": "timetable-noted",
                           "decided_on": f"2021-{1 + n // 20:02}-{1 + n % 20:02}"}
                          for n in range(30)))  # fmt: skip
    _record("assessments", ({"proposal": "MP101", "kind": "pa", "sequence": n + 1,
                             "accepted_on": f"2021-03-{1 + n:02}", "target_working_days": 15,
                             "convention": "weekdays-inclusive"} for n in range(15)))  # fmt: skip
    _record("proposal-impacts", ({"proposal": "MP101", "kind": "document",
                                  "affected": f"Schedule {n}"} for n in range(15)))  # fmt: skip


def _cpu(address: str) -> float:
    site = _site()
    path, _, query = address.partition("?")
    told: list[str] = []

    def ask() -> bytes:
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.input": BytesIO(), "wsgi.url_scheme": "http",
        }  # fmt: skip
        return b"".join(site(environ, lambda status, headers: told.append(status)))

    took = cpu_milliseconds(ask)
    if wrong := set(told) - {"200 OK"}:
        raise RuntimeError(f"{address} was answered with {', '.join(wrong)}")
    return took


@benchmark("list of proposals, 60 rows", unit="ms", budget=12)
def proposals() -> float:
    """Return milliseconds of CPU for the first page of 500 proposals."""
    return _cpu("/proposals/")


@benchmark("list of proposals as at a day, 60 rows", unit="ms", budget=30)
def proposals_as_at() -> float:
    """Return milliseconds of CPU for the same, each stage told from its moves until a day."""
    return _cpu("/proposals/?as_at=2020-06-30")


@benchmark("a proposal with 60 facts", unit="ms", budget=25)
def proposal() -> float:
    """Return milliseconds of CPU for a page of 60 facts and its timeline."""
    return _cpu("/proposals/MP101/")


@benchmark("list of Parties, 60 rows", unit="ms", budget=12)
def parties() -> float:
    """Return milliseconds of CPU for the first page of 400 Parties."""
    return _cpu("/parties/")


@benchmark("a Party", unit="ms", budget=25)
def party() -> float:
    """Return milliseconds of CPU for a Party's page."""
    return _cpu("/parties/P0100/")


@benchmark("home", unit="ms", budget=25)
def home() -> float:
    """Return milliseconds of CPU for the home page."""
    return _cpu("/")


@benchmark("a register, 60 rows", unit="ms", budget=12)
def register() -> float:
    """Return milliseconds of CPU for the first page of a register."""
    return _cpu("/registers/proposal-stages/")


@benchmark("JSON of 100 proposals", unit="ms", budget=10)
def proposals_json() -> float:
    """Return milliseconds of CPU for 100 proposals by API."""
    return _cpu("/api/v1/proposals")


@benchmark("JSON of 100 Parties", unit="ms", budget=10)
def parties_json() -> float:
    """Return milliseconds of CPU for 100 Parties by API."""
    return _cpu("/api/v1/parties")
