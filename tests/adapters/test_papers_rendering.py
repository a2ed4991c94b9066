"""Papers as files: complete, accessible, the same every time, and never half-written."""

import io
import json
import re
from html.parser import HTMLParser

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from engross.adapters.papers import rendering
from engross.adapters.papers.charts import PaperTheme, drawn_charts
from engross.adapters.papers.html import html_body
from engross.adapters.papers.problems import PaperRefused
from engross.adapters.papers.rendering import FORMATS, render, write_files
from engross.adapters.papers.word_tables import table_xml
from engross.adapters.papers.word_template import write_default_word_template
from engross.core.reports.numbering import numbered
from engross.core.reports.papers import ChartBlock, Heading, TableBlock, Text
from engross.core.reports.tables import ColumnSpec
from tests.adapters.papers_sample import LONG, ODD, a_paper

VOID = {"meta", "img", "br", "hr", "link", "input"}


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    return a_paper(tmp_path_factory.mktemp("papers"))


@pytest.fixture(scope="module")
def files(paper):
    return render(paper)


class Page(HTMLParser):
    """What a page holds: its tags, whether they nest, its words, ids and addresses."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.words, self.ids, self.links = [], [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if "href" in found else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    def of(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


def squeezed(text):
    return "".join(text.replace("\u200b", "").split())


def test_all_formats_are_the_same_when_drawn_again(paper, files):
    assert tuple(files) == FORMATS
    again = render(paper)
    assert [each for each in FORMATS if files[each] != again[each]] == []


def test_the_page_nests_names_its_parts_and_points_to_what_is_there(files):
    page = Page(files["html"].decode())

    assert page.open == []
    assert page.of("html") == [{"lang": "en-GB"}]
    assert all(page.of(tag) for tag in ("header", "nav", "main", "footer"))
    assert len(page.ids) == len(set(page.ids))
    assert [link for link in page.links if link.startswith("#") and link[1:] not in page.ids] == []
    assert all(each.get("scope") in {"col", "row"} for each in page.of("th"))
    assert len(page.of("caption")) == len(page.of("table"))


def test_the_page_needs_nothing_from_elsewhere(files):
    page = Page(files["html"].decode())

    assert [tag for tag in ("link", "script", "img") if page.of(tag)] == []
    assert 'url("http' not in files["html"].decode()


def test_odd_text_is_shown_and_not_obeyed(files):
    page = Page(files["html"].decode())

    assert ODD in "".join(page.words)
    assert LONG in "".join(page.words)
    assert not any(tag in {"ltd", "all", "everything", "names", "this"} for tag, _ in page.tags)


def test_every_printed_figure_opens_its_entry_in_the_annex(files):
    page = Page(files["html"].decode())
    values = [each["href"] for each in page.of("a") if each.get("class") == "figure-value"]

    assert "#figure-parties-total" in values
    assert "figure-parties-total" in page.ids


def test_on_the_site_a_figure_opens_where_the_site_says(paper):
    charts = drawn_charts(paper, PaperTheme())
    page = Page(
        html_body(
            paper,
            charts,
            figure_url=lambda name: f"/figures/{name}/?a=1&b=2",
            chart_url=lambda number: f"/charts/{number}.svg",
        )
    )

    assert "/figures/parties.total/?a=1&b=2" in page.links
    assert [each["src"] for each in page.of("img")] == ["/charts/1.svg", "/charts/2.svg"]
    assert all(each["alt"] for each in page.of("img"))
    assert [tag for tag in ("html", "style", "h1", "svg") if page.of(tag)] == []
    assert not any("style" in attrs for _, attrs in page.tags)


def test_the_pdf_is_tagged_and_says_its_language_title_and_class_on_each_page(files):
    reader = pypdf.PdfReader(io.BytesIO(files["pdf"]))
    root = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "en-GB"
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert reader.metadata.title == "Sample & Report – September 2021"
    total = len(reader.pages)
    for number, page in enumerate(reader.pages, start=1):
        said = page.extract_text()
        assert f"Page {number} of {total}" in said
        assert "PANEL_97_1510_17" in said
        assert "Anyone may read <this>." in said


def test_the_pdf_holds_every_row_and_word(files):
    reader = pypdf.PdfReader(io.BytesIO(files["pdf"]))
    said = squeezed("".join(page.extract_text() for page in reader.pages))

    for words in ("Example 1 Limited", "Example 60 Limited", "No new Parties.", "no records", LONG):
        assert squeezed(words) in said
    assert squeezed("Fictional records, for demonstration.") in said


def test_the_word_file_has_real_headings_captions_pictures_and_header_rows(files):
    document = docx.Document(io.BytesIO(files["docx"]))
    styles = [(each.style.name, each.text) for each in document.paragraphs]

    assert ("Heading 1", "2  Parties") in styles
    assert ("Heading 2", "2.1  Counts") in styles
    assert ("Caption", "Table 4b. Many") in styles
    pictures = [shape._inline.docPr for shape in document.inline_shapes]
    assert [each.get("descr") for each in pictures] == [
        "By month Fictional records, for demonstration. No records of Calls: Oct 2020 to Nov 2020.",
        "A line Fictional records, for demonstration.",
    ]
    many = next(table for table in document.tables if len(table.rows) == 61)
    assert many.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert many.style.name == "Paper Table"
    # Once: a cell that leads somewhere says its words as any other does.
    assert ODD in [cell.text for table in document.tables for cell in table._cells]


def test_no_word_of_a_word_file_s_table_is_broken():
    labels = ("respondent", "party_category", "answer", "reasons", "marks")
    words = "because it is so and would have to be said at some length, as reasons are"
    rows = (("Fictional Electricity Network 010 Limited", "Electricity Networks", "", words * 2,
             "Confidential"),)  # fmt: skip
    block = TableBlock("", "Answers", tuple(ColumnSpec(each) for each in labels), rows)
    widths = [int(each) for each in re.findall(r'w:gridCol w:w="(\d+)"', table_xml(block, {}))]
    # A character of a table takes at most a hundredth of the width of a line.
    room = {label: width * 100 / sum(widths) for label, width in zip(labels, widths, strict=True)}
    for label, cell in zip(labels, rows[0], strict=True):
        longest = max(len(word) for word in f"{label} {cell}".replace("_", " ").split())
        assert room[label] >= longest, label
    assert room["reasons"] == max(room.values())


def test_the_word_file_has_furniture_contents_and_bookmarks_for_its_pointers(files):
    document = docx.Document(io.BytesIO(files["docx"]))
    section, body = document.sections[0], document.element.body
    fields = "".join(each.text for each in body.iter(qn("w:instrText")))
    marks = {each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))}
    anchors = {each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))} - {None}

    assert "PANEL_97_1510_17" in section.header.paragraphs[0].text
    assert "Anyone may read <this>." in section.footer.paragraphs[0].text
    assert "TOC" in fields
    assert anchors == {"table_odd", "figure_emails", "section_parties"}
    assert anchors <= marks
    assert "{" not in "".join(each.text for each in document.paragraphs).replace("{{ no }}", "")


def test_an_organisations_own_template_is_used(tmp_path, paper):
    template = tmp_path / "own.docx"
    write_default_word_template(template)
    own = docx.Document(str(template))
    own.add_paragraph("Our own last words")
    own.save(str(template))

    made = docx.Document(io.BytesIO(render(paper, ["docx"], word_template=template)["docx"]))

    assert made.paragraphs[-1].text == "Our own last words"
    assert "2  Parties" in [each.text for each in made.paragraphs]


def test_a_template_without_a_place_for_the_text_is_named(tmp_path, paper):
    docx.Document().save(str(tmp_path / "bare.docx"))

    with pytest.raises(PaperRefused, match=r"bare\.docx.*\{\{ body \}\}"):
        render(paper, ["docx"], word_template=tmp_path / "bare.docx")


def test_a_file_that_is_no_word_file_is_named(tmp_path, paper):
    (tmp_path / "odd.docx").write_bytes(b"nonsense")

    with pytest.raises(PaperRefused, match=r"odd\.docx"):
        render(paper, ["docx"], word_template=tmp_path / "odd.docx")


def test_the_json_holds_every_figure_with_rows_method_and_bases(files):
    written = json.loads(files["json"])

    assert written["figures"]["parties.total"]["value"] == 3
    assert written["figures"]["site.visits"]["state"] == "no records"
    assert written["figures"]["site.visits"]["value"] is None
    assert len(written["figures"]["parties.many"]["rows"]["rows"]) == 60
    assert written["figures"]["helpdesk.by_month"]["bases"] == ["fictional"]
    assert [each["verdict"] for each in written["checks"]] == ["known slip", "agrees"]
    assert written["reconciliation"]["unmapped"] == ["swans"]
    assert len(written["figures_sha256"]) == 64


def test_a_chart_leaves_gaps_and_says_what_is_missing_and_fictional(paper):
    charts = drawn_charts(paper, PaperTheme())

    for words in (
        "Fictional records, for demonstration.",
        "No records of Calls: Oct 2020 to Nov 2020.",
    ):
        assert words in charts["1"].svg
    assert charts["2"].png.startswith(b"\x89PNG")
    bars, in_legend = 12 + 10, 2
    assert charts["1"].svg.count('stroke="#ffffff"') == bars + in_legend


def test_a_paper_without_figures_can_be_drawn(paper):
    bare = numbered(type(paper)(head=paper.head, blocks=(Heading(1, (Text("Only this"),)),)))

    assert b"Only this" in render(bare)["html"]


def test_charts_are_drawn_once_for_all_formats(monkeypatch, paper):
    calls = []
    real = rendering.drawn_charts
    monkeypatch.setattr(rendering, "drawn_charts", lambda *each: calls.append(1) or real(*each))

    render(paper)

    assert calls == [1]
    assert len([block for block in paper.blocks if isinstance(block, ChartBlock)]) == 2


def test_an_unknown_format_is_answered_with_the_nearest(paper):
    with pytest.raises(LookupError, match="'docx'"):
        render(paper, ["doc"])


def test_files_are_written_whole(tmp_path):
    paths = write_files({"html": b"new", "json": b"{}"}, tmp_path / "out")

    assert [path.name for path in paths] == ["report.html", "report.json"]
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
        "report.html",
        "report.json",
    ]
    assert paths[0].read_bytes() == b"new"


def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch):
    write_files({"html": b"old", "json": b"old"}, tmp_path)
    calls = []

    def full(number):
        calls.append(number)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(rendering.os, "fsync", full)

    with pytest.raises(OSError, match="No space"):
        write_files({"html": b"new", "json": b"new"}, tmp_path)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {
        "report.html": b"old",
        "report.json": b"old",
    }
