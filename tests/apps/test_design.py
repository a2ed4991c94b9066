"""The look: parts of a page say what they must, and no page asks for what the CSP forbids."""

import gzip
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils.safestring import SafeString

from engross.core.refusals import Reason, Refused
from engross.core.reports.tables import ColumnKind, ColumnSpec, Table
from engross.design import checks, navigation, parts, tables, theme

pytestmark = pytest.mark.once

FINE = {"brand": "#123a5c", "brand_text": "#ffffff", "accent": "#0f7b6c", "link": "#0b5394"}
TEMPLATES = Path(navigation.__file__).parent / "templates"


def render(source: str, path: str = "/", **context: object) -> str:
    """Return a template rendered as an answer to a request for `path`."""
    request = RequestFactory().get(path)
    return Template(source).render(Context({"request": request, **context}))


class FilterForm(forms.Form):
    q = forms.CharField(label="Search", required=False)
    stage = forms.ChoiceField(label="Stage", required=False, choices=[("", "All"), ("a", "A")])


class RecordForm(forms.Form):
    name = forms.CharField(label="Legal name", help_text="As on the register.")
    joined_on = forms.DateField(label="Acceded on", required=False)
    roles = forms.MultipleChoiceField(
        label="Roles", choices=[("a", "First")], widget=forms.CheckboxSelectMultiple
    )


# Parts


def test_a_day_is_shown_for_people_and_for_machines():
    assert parts.day(date(2021, 9, 2)) == '<time datetime="2021-09-02">2\xa0Sep\xa02021</time>'


def test_a_missing_day_says_so_in_the_words_given():
    assert "not known" in parts.day(None, otherwise="not known")
    assert "not known" in render('{{ nobody|day:"not known" }}')


def test_a_moment_is_shown_in_the_time_of_the_code():
    assert "5 Jul 2021, 13:30" in parts.moment(datetime(2021, 7, 5, 12, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1204, "1,204"), (Decimal("1204.50"), "1,204.50"), (True, "True"), ("MP078", "MP078")],
)
def test_only_numbers_get_a_comma_between_thousands(value, expected):
    assert parts.number(value) == expected


def test_a_status_of_an_unknown_kind_is_a_programmers_error():
    with pytest.raises(ValueError, match="not 'green'"):
        parts.status("Refine", "green")


def test_a_class_is_said_in_words():
    assert ">Amber</span>" in parts.class_badge("amber")
    with pytest.raises(ValueError, match="not 'blue'"):
        parts.class_badge("blue")


def test_a_plain_record_carries_no_mark_of_basis():
    assert parts.basis("record") == ""
    assert ">fictional</span>" in parts.basis("fictional")


def test_what_a_person_typed_is_escaped_everywhere():
    nasty = "<script>alert(1)</script>"
    row = {"key": nasty, "href": '/"><b>'}
    table = tables.list_table([parts.Column("key", nasty, link="href")], [row], caption=nasty)
    sources = (
        "{% page_head x reference=x lead=x %}{{ x }}{% endpage_head %}",
        "{% section x note=x %}{{ x }}{% endsection %}{% notice title=x %}{% endnotice %}",
        "{% breadcrumbs x x %}{% stat x x unit=x note=x %}{% summary rows %}",
    )
    rendered = [render(each, x=nasty, rows=[(nasty, nasty)]) for each in sources]
    made = [table, parts.status(nasty, "open"), parts.link("/", nasty), *rendered]
    for each in made:
        assert "<script" not in each
    assert '"><b>' not in table


def test_safe_html_of_a_part_survives_in_a_cell():
    row = {"stage": parts.status("Refine", "open")}

    made = tables.list_table([parts.Column("stage", "Stage")], [row], caption="Proposals")

    assert 'data-kind="open">Refine</span>' in made
    assert isinstance(made, SafeString)


# Lists and tables


def test_a_list_labels_each_cell_for_the_cards_of_a_phone():
    columns = [
        parts.Column("number", "Proposal", "reference"),
        parts.Column("days", "Days", "number"),
    ]

    made = tables.list_table(columns, [SimpleNamespace(number="MP1", days=1204)], caption="All")

    assert '<th scope="row" class="reference" data-label="Proposal">MP1</th>' in made
    assert '<td class="number" data-label="Days">1,204</td>' in made


def test_a_column_of_a_name_that_rows_lack_says_which():
    with pytest.raises(LookupError, match="has no 'wrong'"):
        tables.list_table([parts.Column("wrong", "Wrong")], [SimpleNamespace()], caption="All")


@pytest.mark.parametrize(
    ("sorted_by", "order", "target"),
    [("", "", "days"), ("days", "ascending", "-days"), ("-days", "descending", "days")],
)
def test_a_head_sorts_up_then_down_and_keeps_the_filters(sorted_by, order, target):
    request = RequestFactory().get("/?stage=a&page=3")
    column = parts.Column("days", "Days", "number", sort="days")

    made = tables.head_cell(column, request=request, sorted_by=sorted_by)

    assert f'href="?stage=a&amp;sort={target}"' in made
    assert (f'aria-sort="{order}"' in made) is bool(order)


def test_pages_keep_the_filters_and_name_the_current_one():
    page = Paginator(range(100), 10).get_page(2)

    made = render("{% pagination page %}", "/?stage=a&page=2", page=page)

    assert 'href="?stage=a&amp;page=3"' in made
    assert re.search(r'aria-current="page">(<span[^>]*>Page </span>)?2<', made)
    assert "11 to 20 of 100" in made


def test_a_single_page_needs_no_pages():
    assert "<nav" not in render("{% pagination page %}", page=Paginator(range(3), 10).get_page(1))


def test_a_figure_without_records_is_never_a_nought():
    table = Table(
        columns=(ColumnSpec("category"), ColumnSpec("count", "Count", ColumnKind.WHOLE)),
        rows=(("First", 0), ("Second", None)),
    )

    made = tables.data_table(table, caption="Counts")

    assert '<td class="number">0</td>' in made
    assert made.count("no records") == 1
    assert "no records" in render('{% stat "Visits" None %}')
    assert ">0" in render('{% stat "Visits" 0 %}')


def test_a_table_of_figures_shows_its_total_and_hides_its_keys():
    table = Table(
        columns=(
            ColumnSpec("category"),
            ColumnSpec("row_key"),
            ColumnSpec("share", "Share", ColumnKind.PERCENT),
            ColumnSpec("count", "Count", ColumnKind.WHOLE),
        ),
        rows=(("First", "hidden-key", Decimal("12.5"), 2), ("Second", "hidden-key", None, 3)),
        total=("Total", None, None, 5),
        row_links=("/first", ""),
    )

    made = tables.data_table(table, caption="Counts")

    assert "hidden-key" not in made
    assert "12.5%" in made
    assert '<a href="/first">First</a>' in made
    foot = made.split("<tfoot>")[1]
    assert "5" in foot
    assert "no records" not in foot


def test_a_wide_table_can_be_scrolled_by_keyboard_under_its_name():
    made = render('{% table "Seats" %}<tbody></tbody>{% endtable %}')

    assert 'role="region" tabindex="0" aria-label="Seats"' in made


def test_filters_keep_the_order_and_work_without_scripts():
    form = FilterForm({"stage": "a"})

    made = render("{% filters form %}", "/proposals/?stage=a&sort=-days", form=form)

    assert 'method="get" action="/proposals/"' in made
    assert '<input type="hidden" name="sort" value="-days">' in made
    assert '<button class="button quiet apply" type="submit">' in made
    assert "(optional)" not in made


def test_asking_for_another_day_keeps_the_rest_of_the_query():
    made = render(
        "{% as_at_form day %}", "/?stage=a&page=3&as_at=2021-09-30", day=date(2021, 9, 30)
    )

    assert 'name="stage" value="a"' in made
    assert 'name="page"' not in made
    assert 'value="2021-09-30"' in made
    assert 'href="?stage=a"' in made


def test_downloads_offer_only_what_there_is():
    made = render('{% downloads csv="/a.csv" json="" %}')

    assert 'href="/a.csv"' in made
    assert "JSON" not in made
    with pytest.raises(ValueError, match="exe"):
        render('{% downloads exe="/a.exe" %}')


def test_a_refusal_shows_every_reason_with_its_remedy():
    refused = Refused(
        [Reason("It is closed", "Raise a new one", "D7"), Reason("It is late", "Wait")]
    )

    made = render("{% reasons refused %}", refused=refused)

    for words in ("It is closed", "Raise a new one", "D7", "It is late", "Wait"):
        assert words in made


# Forms


def test_a_field_with_an_error_is_tied_to_its_hint_and_error():
    made = str(RecordForm({}))

    control = re.search(r'<input type="text" name="name"[^>]*>', made).group()
    assert 'aria-describedby="id_name_helptext id_name_error"' in control
    assert 'aria-invalid="true"' in control
    assert 'id="id_name_helptext"' in made
    assert 'id="id_name_error"' in made
    assert "<legend>Roles</legend>" in made


def test_each_error_leads_to_an_element_that_exists():
    form = RecordForm({"joined_on": "31 September"})

    summary = render("{% error_summary form %}", form=form)
    whole = summary + str(form)

    targets = re.findall(r'href="#([^"]+)"', summary)
    assert len(targets) == 3
    for target in targets:
        assert f'id="{target}"' in whole


def test_a_form_without_errors_has_no_summary():
    assert render("{% error_summary form %}", form=RecordForm()).strip() == ""


def test_a_day_is_asked_for_with_a_picker_and_kept_as_typed():
    made = str(RecordForm(initial={"joined_on": date(2021, 9, 2)}))

    assert '<input type="date" name="joined_on" value="2021-09-02"' in made
    assert 'value="2021-09-02"' in str(RecordForm({"joined_on": "2021-09-02"})["joined_on"])
    assert 'value="next week"' in str(RecordForm({"joined_on": "next week"})["joined_on"])
    assert 'Acceded on <span class="optional">(optional)</span>' in made


# Colours


def test_the_contrast_of_black_on_white_is_twenty_one():
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("key", theme.KEYS)
def test_a_colour_that_is_no_colour_is_named(key):
    problem = theme.problems_with({**FINE, key: "red; } body { display: none"})[0]

    assert problem.key == key
    assert "#rrggbb" in problem.remedy


def test_a_colour_too_faint_to_read_is_refused_with_figures():
    problem = theme.problems_with({**FINE, "link": "#cccccc"})[0]

    assert (problem.key, "4.5" in problem.what, problem.remedy) == (
        "link",
        True,
        "Choose a darker colour",
    )


def test_a_theme_with_a_problem_sets_no_colour_at_all():
    assert theme.stylesheet({**FINE, "link": "#cccccc"}) == "@layer theme {}\n"


def test_the_dark_colours_worked_out_can_be_read_on_a_dark_page():
    for colour in ("#000000", "#0b5394", "#4a2c6d", "#7a0000", "#ffffff"):
        dark = theme.lightened(colour, until=7, against=theme.PAPER_DARK)
        assert theme.contrast(dark, theme.PAPER_DARK) >= 7


def test_the_papers_that_themes_are_measured_against_are_those_of_the_stylesheet():
    sheet = Path(finders.find("engross/engross.css")).read_text(encoding="utf-8")

    assert f"--paper: light-dark({theme.PAPER}, {theme.PAPER_DARK})" in sheet


def test_the_site_refuses_to_start_with_colours_that_cannot_be_read(monkeypatch):
    code = SimpleNamespace(key="faint", theme={**FINE, "link": "#eeeeee"})
    monkeypatch.setattr(checks, "active_code", lambda: code)

    errors = checks.check_theme(None)

    assert "codes/faint/code.toml, [theme] link" in errors[0].msg
    assert errors[0].hint


def test_the_colours_of_a_code_are_served_and_kept_by_browsers():
    first = Client().get("/theme.css")
    again = Client().get("/theme.css", headers={"If-None-Match": first["ETag"]})

    assert first["Content-Type"].startswith("text/css")
    assert "--link: light-dark(#" in first.content.decode()
    assert (again.status_code, again.content) == (304, b"")


# Pages


def test_the_page_of_components_needs_no_database():
    page = Client().get("/design")

    assert page.status_code == 200
    assert page.content.count(b"<h1>") == 1


def test_the_sample_list_filters_sorts_and_pages():
    page = Client().get("/design?stage=On+hold&sort=-days").content.decode()

    assert "<strong>9</strong> sample records" in page
    assert 'aria-sort="descending"' in page


def test_no_template_carries_a_style_or_script_inside():
    for file in TEMPLATES.rglob("*.html"):
        source = file.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|hx-on|javascript:", source), file
        # Data for a script of its own file is no script: the policy of contents lets it be.
        assert not re.search(r"<script(?![^>]*\b(src=|type=.application/json))", source), file


def test_nothing_comes_from_another_host():
    page = Client().get("/design").content.decode()

    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)


def test_the_stylesheet_stays_light():
    sheet = Path(finders.find("engross/engross.css")).read_bytes()

    assert len(gzip.compress(sheet)) < 12_000


def test_every_face_that_the_stylesheet_names_is_there():
    sheet = Path(finders.find("engross/engross.css")).read_text(encoding="utf-8")

    faces = re.findall(r'url\("\.\./(fonts/[^"]+)"\)', sheet)
    assert faces
    for face in faces:
        assert finders.find(face.replace("%5B", "[").replace("%5D", "]")), face


def test_an_unknown_address_answers_in_the_look_of_the_site():
    page = Client().get("/no-such-page-here")

    assert page.status_code == 404
    assert b"There is no such page" in page.content
    assert b"engross.css" in page.content


@pytest.mark.parametrize("name", ["400.html", "500.html", "403_csrf.html"])
def test_an_error_page_needs_nothing_from_the_request(name):
    from django.template.loader import get_template

    assert "engross.css" in get_template(name).render()


def test_the_sign_in_page_keeps_the_name_of_the_code(db):
    page = Client().get("/accounts/login/").content.decode()

    assert "<h1>Sign in</h1>" in page
    assert 'brand-code">testserver' not in page


def test_the_menu_leaves_out_addresses_that_do_not_exist():
    planned = (navigation._Planned("Components", "/design"), navigation._Planned("No", "/none/"))

    places = navigation.places(planned, path="/design", words={})

    assert [(each.label, each.is_current) for each in places] == [("Components", True)]


def test_the_menu_speaks_the_words_of_the_code():
    planned = (navigation._Planned("Things (Atom)", "/design", "things"),)

    assert navigation.places(planned, path="/", words={"things": "widgets"})[0].label == (
        "Widgets (Atom)"
    )


# What no part is made of: states that a script sets, places that only one page has.
NOT_PARTS = {"apply", "as-at", "code-picture", "copy-clause", "duties", "htmx-request", "reader",
             "reader-outline", "redline-note", "redline-page", "redline-table", "scripted",
             "use-list", "plain", "day", "footer", "nowrap", "row", "columns", "demonstration",
             "choice-group", "label", "total"}  # fmt: skip


@pytest.mark.parametrize(
    "sheet",
    ["engross/engross.css", "reading/reader.css", "reading/changes.css", "legaltext/redline.css"],
)
def test_the_page_of_components_shows_every_part_that_has_a_style(client, db, sheet):
    shown = set(re.findall(r"[\w-]+", " ".join(
        re.findall(r'class="([^"]*)"', client.get("/design").content.decode()))))  # fmt: skip
    source = Path(finders.find(sheet)).read_text(encoding="utf-8")
    rules = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    named = {name for selector in re.findall(r"([^{}]+)\{", rules)
             for name in re.findall(r"\.([a-z][a-z-]+)", selector)}  # fmt: skip

    assert named - shown - NOT_PARTS == set()
