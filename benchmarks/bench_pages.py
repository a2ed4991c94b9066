"""Pages and answers of an ordinary deployment: 500 proposals and 400 Parties."""

import atexit
import json
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
def _recorded() -> bool:
    """Make a database with an ordinary register, once."""
    database = temporary_database()
    database.__enter__()
    atexit.register(database.__exit__, None, None, None)
    record_registers()
    return True


@cache
def _site() -> Callable[..., Any]:
    """Return the site as a server calls it.

    Not Django's test client: it copies the context of every template that is rendered.
    """
    from django.core.wsgi import get_wsgi_application
    from django.db import connection

    connection.settings_dict["CONN_MAX_AGE"] = 60  # as `engross serve` does
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


def _environ(address: str) -> dict[str, Any]:
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.input": BytesIO(), "wsgi.url_scheme": "http",
    }  # fmt: skip


def _told(address: str) -> Any:
    """Return what the API answers at an address."""
    return json.loads(b"".join(_site()(_environ(address), lambda status, headers: None)))


def asking(address: str, *, is_known: bool = False) -> Callable[[], bytes]:
    """Return a call that asks the site for a page; `is_known` asks for it with its own mark.

    The call raises RuntimeError if the answer is not 200, or 304 for a page that is known.
    """
    site = _site()
    marks: dict[str, str] = {}
    expected = "304 Not Modified" if is_known else "200 OK"

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        if status != expected and not (is_known and not marks):
            raise RuntimeError(f"{address} was answered with {status}")
        if is_known:
            marks["HTTP_IF_NONE_MATCH"] = dict(headers)["ETag"]

    def ask() -> bytes:
        return b"".join(site({**_environ(address), **marks}, start))

    return ask


def _cpu(address: str, *, is_known: bool = False) -> float:
    """Return milliseconds of CPU for an answer of an ordinary deployment."""
    _recorded()
    return cpu_milliseconds(asking(address, is_known=is_known))


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


@benchmark("JSON of 100 rows of a register", unit="ms", budget=10)
def register_json() -> float:
    """Return milliseconds of CPU for 100 rows of a register by API."""
    return _cpu("/api/v1/registers/proposal-stages")


@benchmark("the last page of a register by API", unit="ms", budget=10)
def last_page_json() -> float:
    """Return milliseconds of CPU for the last 100 of 1,500 rows, where cursors lead to."""
    address = "/api/v1/registers/proposal-stages?page_size=100"
    while following := _told(address)["next"]:
        address = following
    return _cpu(address)


@benchmark("an answer of the API that still holds", unit="ms", budget=3)
def not_modified() -> float:
    """Return milliseconds of CPU for 'not modified', by the mark of 100 proposals."""
    return _cpu("/api/v1/proposals", is_known=True)
