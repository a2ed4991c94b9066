"""The documents are searched for links, anchors, pictures and commands that do not exist."""

from pathlib import Path

import click
import pytest

from tests.tools.repositories import repository
from tools import check_docs

MAKEFILE = "demo: ## serve\n\techo\ntest-sqlite: ## test\n\techo\n"


@click.group()
def some_program() -> None:
    """Stand in for the console command."""


@some_program.group()
def workdays() -> None:
    """Count."""


@workdays.command()
def count() -> None:
    """Count days."""


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Return a function that gives what is said about a README of this text."""
    monkeypatch.setattr("engross.cli.main", some_program, raising=False)

    def tell(readme: str, **others: str) -> list[str]:
        files = {"README.md": readme, "Makefile": MAKEFILE, "docs/a.md": "# Where It Is\n"}
        repository(tmp_path, files | others)
        status = check_docs.main(tmp_path)
        lines = capsys.readouterr().out.split("\n")
        lines = [line for line in lines if line]
        assert status == (1 if lines else 0)
        return lines

    return tell


def test_links_that_lead_somewhere_are_left_alone(told):
    assert told("[a](docs/a.md) [b](docs/a.md#where-it-is) [c](https://example.org/no)") == []


def test_a_link_to_a_missing_file_is_told(told):
    assert told("[a](docs/b.md)") == ["README.md: leads to docs/b.md, which is not there"]


def test_a_picture_that_is_missing_is_told(told):
    assert "no.png" in told("![a list](docs/no.png)")[0]


def test_an_anchor_without_its_heading_is_told(told):
    assert "no such heading" in told("[a](docs/a.md#where-it-was)")[0]
    assert "no such heading" in told("# Here\n[a](#there)")[0]


def test_a_second_heading_of_one_name_has_an_anchor_of_its_own(told):
    assert told("# Rules\n# Rules\n[a](#rules-1)") == []
    assert told("# Rules\n[a](#rules-1)") != []


def test_a_link_in_a_code_block_is_an_example(told):
    assert told("```\n[a](docs/b.md)\n```\n") == []


@pytest.mark.parametrize(
    "shown", ["`make demo`", "```sh\n$ PORT=9000 make demo\n```", "`make test-sqlite`"]
)
def test_a_make_target_that_exists_may_be_shown(told, shown):
    assert told(shown) == []


def test_a_make_target_that_does_not_exist_is_told(told):
    assert told("`make coffee`") == ["README.md: shows `make coffee`, which is not there"]


@pytest.mark.parametrize(
    "shown", ["engross workdays count 2021-05-10", "engross --help", "engross workdays GROUP"]
)
def test_a_console_command_that_exists_may_be_shown(told, shown):
    assert told(f"```\n{shown}\n```") == []


def test_a_console_command_that_does_not_exist_is_told(told):
    expected = ["README.md: shows `engross workdays brew`, which is not a command"]
    assert told("`engross workdays brew --now`") == expected


def test_words_that_say_unfinished_are_told(told):
    assert told("All is done, but " + "TO" + "DO") == ["README.md: line 1 says TO" + "DO"]
