"""What the documents show of the API and of the Working Day commands is what one gets."""

import json
import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from django.test import Client

from engross.cli import main
from tools.repository import ROOT

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SITE = "http://127.0.0.1:8000"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """A command that a document shows, and the answer shown next after it."""

    document: Path
    command: str
    answer: str


def examples(language: str, answers: str) -> Iterator[Example]:
    """Yield each fenced block of a language with the answer that stands before the next one."""
    for document in DOCUMENTS:
        blocks = FENCE.findall(document.read_text(encoding="utf-8"))
        for (kind, text), (following, answer) in pairwise([*blocks, ("", "")]):
            if kind == language:
                yield Example(document, text, answer if following == answers else "")


CURLS = [each for each in examples("sh", "json") if each.command.startswith("curl ")]
CONSOLE = [
    (document, command, answer)
    for document, text, _ in examples("console", "")
    for command, answer in re.findall(r"^\$ (.*)\n((?:[^$].*\n)*)", text, re.MULTILINE)
]
WORKDAYS = [each for each in CONSOLE if each[1].startswith("engross workdays ")]


def named(example: tuple[Path, str, str]) -> str:
    return f"{example[0].name}: {example[1].strip()[:80]}"


def is_part_of(shown: object, given: object) -> bool:
    """Say whether all that is shown stands in what is given; lists from their beginning."""
    if isinstance(shown, dict) and isinstance(given, dict):
        return all(key in given and is_part_of(shown[key], given[key]) for key in shown)
    if isinstance(shown, list) and isinstance(given, list):
        begins = zip(shown, given, strict=False)
        return len(shown) <= len(given) and all(is_part_of(one, other) for one, other in begins)
    return shown == given


def test_the_documents_show_requests_and_commands():
    assert len(CURLS) >= 10
    assert len(WORKDAYS) >= 1


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("example", CURLS, ids=named)
def test_a_request_that_is_shown_gets_the_answer_that_is_shown(example):
    address = next(word for word in shlex.split(example.command) if word.startswith("http"))
    assert address.startswith(SITE), "the demonstration is served there"

    response = Client(SERVER_NAME="127.0.0.1").get(address.removeprefix(SITE))

    assert response.status_code == 200
    assert response.content if not response.streaming else any(response.streaming_content)
    if example.answer:
        assert is_part_of(json.loads(example.answer), response.json())


@pytest.mark.django_db
@pytest.mark.parametrize("example", WORKDAYS, ids=named)
def test_a_command_that_is_shown_prints_what_is_shown(example):
    _, command, answer = example
    done = CliRunner().invoke(main, shlex.split(command)[1:])

    assert done.exit_code == 0
    assert done.output == answer


@pytest.mark.parametrize(
    ("shown", "given", "expected"),
    [
        ({"a": 1}, {"a": 1, "b": 2}, True),
        ({"a": 1}, {"a": 2}, False),
        ({"rows": [{"a": 1}]}, {"rows": [{"a": 1, "b": 2}, {"a": 3}]}, True),
        ({"rows": [{"a": 1}, {"a": 3}]}, {"rows": [{"a": 1}]}, False),
        ({"c": None}, {"a": 1}, False),
    ],
)
def test_an_answer_may_be_shortened_but_not_changed(shown, given, expected):
    assert is_part_of(shown, given) is expected
