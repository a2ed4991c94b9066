"""Templates of papers: what they print, and how every mistake in them is named."""

import re

import pytest

from engross.adapters.papers.definition import load_paper
from engross.adapters.papers.problems import PaperRefused
from engross.adapters.papers.template import compose, compose_attachment
from engross.core.dates.months import Month
from engross.core.refusals import Refused
from engross.core.reports.checks import Verdict
from engross.core.reports.papers import (
    Bullets,
    ChartBlock,
    FigureValue,
    Glance,
    Heading,
    Note,
    Paragraph,
    Strong,
    TableBlock,
    plain,
    walk,
)
from tests.adapters.papers_sample import (
    ODD,
    TOML,
    a_folder,
    a_paper,
    an_asking,
    an_occasion,
)


def of_kind(paper, kind):
    return [block for block in walk(paper.blocks) if isinstance(block, kind)]


def words(paper):
    return "\n".join(
        plain(block.inlines)
        for block in walk(paper.blocks)
        if isinstance(block, Heading | Paragraph | Note)
    )


def test_figures_words_and_references_stand_in_the_text(tmp_path):
    said = words(a_paper(tmp_path))

    assert "To show <everything>. See Table 1, Figure 1 and section 2." in said
    assert "There was one in September 2021, and 3 Parties; visits: no records." in said
    assert "Three of them. Of these 1 are networks." in said


def test_a_printed_figure_keeps_its_name(tmp_path):
    paragraph = of_kind(a_paper(tmp_path), Paragraph)[1]

    assert FigureValue("parties.total", "3") in paragraph.inlines
    assert FigureValue("site.visits", "no records") in paragraph.inlines
    assert Strong((FigureValue("parties.defaults", "one"),)) in paragraph.inlines


def test_values_are_never_read_as_markdown(tmp_path):
    items = [
        plain(block.inlines)
        for each in of_kind(a_paper(tmp_path), Bullets)[2:]
        for item in each.items
        for block in item
    ]

    assert items[0] == ODD


def test_narrative_keeps_its_lists_and_strong_words_and_places_nothing(tmp_path):
    (team, *_) = of_kind(a_paper(tmp_path), Bullets)
    said = [type(block) for block in team.items[0]]

    assert said == [Paragraph, Paragraph, Bullets, Paragraph]
    assert plain(team.items[0][1].inlines) == "We answered <all>."
    assert plain(team.items[0][3].inlines) == "table x.y"


def test_narrative_of_another_class_stays_out(tmp_path):
    assert "Amber words" not in words(a_paper(tmp_path))


def test_sections_tables_and_figures_are_numbered(tmp_path):
    paper = a_paper(tmp_path)

    assert [(each.number, plain(each.inlines)) for each in of_kind(paper, Heading)] == [
        ("1", "Purpose"),
        ("2", "Parties"),
        ("", "Odd"),
        ("2.1", "Counts"),
    ]
    assert [each.number for each in of_kind(paper, TableBlock)] == [
        "1",
        "2",
        "3",
        "4a",
        "4b",
    ]
    assert [each.number for each in of_kind(paper, ChartBlock)] == ["1", "2"]
    assert of_kind(paper, Glance)[0].number == "3"


def test_tables_know_what_is_empty_and_what_was_never_kept(tmp_path):
    odd, none, visits, *_ = of_kind(a_paper(tmp_path), TableBlock)

    assert odd.caption == "Odd & <names> in September 2021"
    assert odd.links == ("https://example.org/?a=1&b=2", "")
    assert (none.is_known, none.rows, none.empty) == (True, (), "No new Parties.")
    assert not visits.is_known


def test_a_chart_of_fictional_records_says_so(tmp_path):
    assert of_kind(a_paper(tmp_path), ChartBlock)[0].notes == (
        "Fictional records, for demonstration.",
    )


def test_the_paper_carries_checks_reconciliation_and_every_figure(tmp_path):
    paper = a_paper(tmp_path)

    assert [each.verdict for each in paper.checks] == [
        Verdict.KNOWN_SLIP,
        Verdict.AGREES,
    ]
    assert [row.difference for row in paper.reconciliation.disagreeing] == ["-1"]
    assert paper.reconciliation.unmapped == ("swans",)
    assert {"parties.total", "parties.by_category", "site.visits"} <= set(paper.figures)


def test_the_hash_moves_with_a_figure_only(tmp_path):
    assert a_paper(tmp_path).frozen_hash == a_paper(tmp_path).frozen_hash
    assert a_paper(tmp_path).frozen_hash != a_paper(tmp_path, total=4).frozen_hash


def test_a_month_takes_the_form_in_force(tmp_path):
    definition = a_folder(tmp_path)
    old = compose(definition, an_asking(month=Month(2020, 12)), an_occasion())

    assert old.head.form == "old"
    assert definition.form_for(Month(2021, 1)).key == "new"
    with pytest.raises(Refused, match="no form for December 2017"):
        compose(definition, an_asking(month=Month(2017, 12)), an_occasion())


def test_an_attachment_is_a_paper_of_its_own_class(tmp_path):
    definition = a_folder(tmp_path)
    paper = a_paper(tmp_path)
    attachment = compose_attachment(definition, "appendix-a", an_asking(), an_occasion())

    assert [each.paper_class.name for each in paper.head.attachments] == ["Amber"]
    assert attachment.head.paper_class.key == "amber"
    assert "Secret." in words(attachment)
    assert "Secret." not in words(paper)
    with pytest.raises(LookupError):
        compose_attachment(definition, "appendix-a", an_asking(month=Month(2020, 1)), an_occasion())


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        (
            "# A\n\n{{ value('parties.totl') }}\n",
            3,
            r"No figure is called 'parties\.totl'.*'parties\.total'",
        ),
        ("# A\n\n{{ colour }}\n", 3, "'colour' is undefined"),
        ("# A\n{% if %}\n", 2, "Expected an expression"),
        ("{{ rows('parties.odd') }}\n", 1, "A list cannot be printed"),
        ("{{ ''.__class__.__mro__ }}\n", 1, "unsafe"),
        ("# A\n\n```table parties.odd\n```\n", 3, "has no caption"),
        (
            '```table parties.odd caption="A" columns="nme"\n```\n',
            1,
            "no column 'nme'.*'name'",
        ),
        (
            'x\n\n```chart helpdesk.by_month kind=lines caption="A"\n```\n',
            3,
            "no alt text",
        ),
        (
            '```chart helpdesk.by_month kind=pie caption="A" alt="B"\n```\n',
            1,
            "kind 'pie'",
        ),
        ('```tabel parties.odd caption="A"\n```\n', 1, "cannot place 'tabel'.*'table'"),
        ('```table parties.none caption="A" wide=1\n```\n', 1, "no 'wide'"),
        ("```glance\nparties.total\n```\n", 1, "has no words"),
        ("See [](#table:x).\n", 0, "labelled 'table:x'"),
        ("# A {#x}\n\n# B {#x}\n", 0, "Two things"),
        ("![a](b.png)\n", 0, "cannot print a image"),
        ("{{ cell('parties.by_category', 'Netwerks', 'parties') }}\n", 1, "'Networks'"),
    ],
)
def test_a_mistake_in_a_template_is_named_with_file_and_line(tmp_path, body, line, what):
    definition = a_folder(tmp_path, body=body)

    with pytest.raises(PaperRefused) as refused:
        compose(definition, an_asking(), an_occasion())

    (problem,) = refused.value.problems
    assert problem.file == "papers/sample-report/new.md"
    assert problem.line == line
    assert re.search(what, f"{problem.what} {problem.remedy}")
    assert problem.remedy


def test_every_mistaken_fence_is_named_at_once(tmp_path):
    body = "```table a.b\n```\n\n```table parties.odd\n```\n"

    with pytest.raises(PaperRefused) as refused:
        compose(a_folder(tmp_path, body=body), an_asking(), an_occasion())

    assert [problem.line for problem in refused.value.problems] == [1, 4]


@pytest.mark.parametrize(
    ("was", "now", "what"),
    [
        ('file = "old.md"', 'file = "gone.md"', r"no file 'gone\.md' in form\[1\]"),
        ('until = "2021-01"', 'until = "soon"', r"'until' is no month in form\[1\]"),
        ('title = "Appendix A"', "", r"'title' is missing in attachment\[1\]"),
        (
            'figure = "parties.total"',
            'figur = "parties.total"',
            r"'figur' means nothing.*'figure'",
        ),
        (
            'figure = "parties.total"',
            'figure = "a.b"\ncomparison = "most"',
            "no comparison",
        ),
        ('key = "sample-report"', "key = ", "Invalid value"),
    ],
)
def test_a_mistake_in_the_definition_is_named(tmp_path, was, now, what):
    with pytest.raises(PaperRefused, match=what):
        a_folder(tmp_path, toml=TOML.replace(was, now))


def test_an_unknown_paper_is_answered_with_the_nearest(tmp_path):
    a_folder(tmp_path)

    with pytest.raises(LookupError, match="'sample-report'"):
        load_paper(tmp_path, "sampel-report")
