"""What a person writes for a paper: it cannot run anything, and cannot break the paper."""

import pytest

from engross.adapters.papers.markdown import MarkdownRefused, blocks_of, narrative
from engross.adapters.papers.markings import Markings
from engross.core.reports.papers import Block, Link, Paragraph, Text


def nothing_placed(info: str, content: str) -> Block:
    """Refuse every fence: these texts have none."""
    raise AssertionError(info)


@pytest.mark.parametrize(
    "address",
    [
        "%6aavascript:alert(1)",
        "javascript%3Aalert(1)",
        "java%0ascript:alert(1)",
        "data%3Atext/html,x",
        "/relative",
        "#table:nowhere",
    ],
)
def test_a_link_leads_to_the_web_or_is_only_its_words(address: str) -> None:
    assert narrative(f"[read]({address})") == (Paragraph((Text("read"),)),)


def test_a_link_to_the_web_stays_a_link() -> None:
    found = narrative("[read](https://example.org/x) <https://example.org>")
    links = [each for each in found[0].inlines if isinstance(each, Link)]  # type: ignore[union-attr]
    assert [each.address for each in links] == ["https://example.org/x", "https://example.org"]


def test_a_picture_is_shown_as_its_words_and_does_not_cost_the_month_its_paper() -> None:
    assert narrative("![the plan](https://example.org/a.png)") == (Paragraph((Text("the plan"),)),)


def test_a_template_may_not_link_to_a_script_either() -> None:
    with pytest.raises(MarkdownRefused, match="javascript"):
        blocks_of("[read](%6aavascript:alert(1))", Markings(), nothing_placed)
