"""Published figures are found where they would be written instead of computed."""

import json

import pytest

from tests.tools.repositories import repository
from tools import check_no_published_numbers as tool


@pytest.mark.parametrize(
    "source",
    [
        "parties = 332\n",
        "print('332 Parties')\n",
        "visits = 24_000\n",
        "f'{name} of 801'\n",
        "x = 339.0\n",
    ],
)
def test_a_figure_in_code_is_found(source):
    assert list(tool.faults_in_python(source))


@pytest.mark.parametrize(
    "source",
    [
        '"""September 2021 printed 332 Parties."""\n',
        "# 332 was printed\nx = 1\n",
        "x = 3320\n",
        "when = '2021-332x'\n",
        "colour = '#332261'\n",
        "reference = 'MP104'\n",
    ],
)
def test_other_numbers_and_explanations_are_left_alone(source):
    assert list(tool.faults_in_python(source)) == []


def test_a_figure_in_a_template_is_found_with_its_line():
    assert list(tool.faults_in_template("<p>\n there are 24,000 visits</p>")) == [(2, 24000)]


@pytest.mark.parametrize("text", ["SECP_97_332", "1,332 rows", "&#123;", "1.339", "M332-261Z"])
def test_parts_of_other_words_are_not_figures(text):
    assert list(tool.faults_in_template(text)) == []


def test_code_templates_and_papers_are_searched_and_records_are_not(tmp_path, capsys):
    repository(
        tmp_path,
        {
            "src/engross/a.py": "x = 332\n",
            "src/engross/templates/a.html": "332",
            "codes/sec/papers/monthly/paper.toml": "n = 332",
            "codes/sec/parameters.toml": "n = 332",
            "demo/sec/parties.csv": "332",
            "src/engross/design/static/look.css": "width: 340px",
        },
    )
    assert tool.main(tmp_path) == 1
    told = capsys.readouterr().out
    assert told.count("published figure") == 3
    assert "codes/sec/papers/monthly/paper.toml:1: 332" in told


@pytest.mark.corpus
def test_every_longer_figure_of_the_published_paper_is_looked_for(corpus):
    published = json.loads((corpus / "sec/2021-09/published.json").read_text())["figures"]

    def numbers(value):
        if isinstance(value, dict | list):
            for inner in value.values() if isinstance(value, dict) else value:
                yield from numbers(inner)
        elif isinstance(value, int):
            yield value

    longer = {number for number in numbers(published) if number >= 100}
    assert longer
    assert longer <= tool.PUBLISHED
