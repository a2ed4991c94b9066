"""Places on one person's machine, and registries' hosts, do not get into the repository."""

import pytest

from tests.tools.repositories import repository
from tools import check_machine_paths as tool


@pytest.mark.parametrize(
    "words",
    [
        "see /ro" + "ot/notes",
        "in /wo" + "rk/main",
        "/ho" + "me/ann/x",
        "../sha" + "red/data",
        "from pypi.o" + "rg",
    ],
)
def test_a_place_elsewhere_is_found(words):
    assert list(tool.faults_in(words))


@pytest.mark.parametrize(
    "words", ["docs/work/plan.md", "the /work/ shift", "/proposals/", "network/root/a"]
)
def test_addresses_of_the_site_and_of_the_repository_are_left_alone(words):
    assert list(tool.faults_in(words)) == []


def test_the_file_and_line_are_told(tmp_path, capsys):
    repository(tmp_path, {"docs/a.md": "fine\nnot /ro" + "ot/fine\n"})
    assert tool.main(tmp_path) == 1
    assert capsys.readouterr().out.startswith("docs/a.md:2: ")
