"""Redlines as HTML: all of the new text, what went, and nothing that a text could smuggle in."""

import re
from html import unescape

from hypothesis import given, settings
from lxml import html

from engross.adapters.legaltext.redlines import RedlineLines, redline_html, text_lines
from engross.core.legaltext.aligning import align
from engross.core.legaltext.comparison import compare
from engross.core.legaltext.provisions import (
    Code,
    Document,
    Inline,
    Provision,
    Table,
    provisions_of,
)
from tests.support.legal_texts import codes, pairs

UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
LONG = "A Party that is to pay a charge shall pay it by the tenth Working Day after the invoice."


def code(*provisions: Provision, title: str = "Changes") -> Code:
    return Code((Document("Section D", title, provisions=provisions),))


def words(fragment: str, *, but: str) -> str:
    """Return the words of HTML as a person sees them, without elements of one name."""
    tree = html.fromstring(f"<div>{fragment}</div>")
    for element in tree.xpath(f"//{but}|//*[@class='heard' or @class='redline-label']"):
        element.drop_tree()
    return " ".join(tree.text_content().split())


def said(text: Code) -> str:
    """Return what a text says, in reading order."""
    parts: list[str] = []
    for document in text.documents:
        parts.append(
            f"{document.document}: {document.title}" if document.title else document.document
        )
        for provision in provisions_of(document):
            parts += [provision.number, provision.heading or "", provision.text]
            notes = [m for m in provision.inlines or () if m.kind == "footnote"]
            assert not notes
            parts += [cell for row in (provision.table or Table(())).rows for cell in row]
    return "".join(UNFIT.sub("\ufffd", "".join(parts)).split())


def bare(text: Code) -> bool:
    """Tell whether a text has no footnotes, which stand inside the text on a page."""
    return not any(m.kind == "footnote" for p in provisions_of(text) for m in p.inlines or ())


@settings(max_examples=25)
@given(pairs().filter(lambda pair: all(map(bare, pair))))
def test_what_is_not_deleted_is_the_new_text_in_its_order(pair: tuple[Code, Code]):
    old, new = pair
    lines = "".join(RedlineLines(align(old, new))).replace("<br>", " ")

    assert "".join(words(lines, but="del").split()) == said(new)


@settings(max_examples=20)
@given(codes().filter(bare))
def test_a_text_that_stands_has_no_marks(text: Code):
    lines = "".join(text_lines(text))

    assert "<ins" not in lines
    assert "<del" not in lines
    assert "data-change" not in lines


def test_every_change_is_said_in_words_as_well_as_shown():
    old = code(
        Provision(number="D1", text="The Panel shall meet."), Provision(number="D2", text=LONG)
    )
    new = code(
        Provision(number="D1", text="The Panel may meet."), Provision(number="D3", text=LONG)
    )
    page = redline_html(old, new).decode()

    assert '<del><span class="heard">deleted: </span>shall' in page
    assert '<ins><span class="heard">inserted: </span>may' in page
    assert "renumbered, was Section D2" in page
    assert "1 changed, 1 renumbered; 0 unchanged." in page


def test_what_moved_says_where_from_and_where_to():
    rest = [
        Provision(number=f"D{n}", text=f"The Panel shall keep register {n} of the reports it has.")
        for n in range(2, 6)
    ]
    moved = Provision(number="D1", text=LONG)
    old, new = code(moved, *rest), code(*rest, Provision(number="D6", text=LONG))
    assert [one.kinds for one in compare(old, new).entries] == [("moved",)]
    lines = "".join(RedlineLines(align(old, new)))

    assert "moved here from Section D1" in lines
    assert '<a href="#D6">moved to Section D6</a>' in lines


def test_only_changes_leaves_out_the_rest_and_counts_it():
    clauses = [Provision(number=f"D1.{n}", text=f"Clause {n} stands.") for n in range(1, 9)]
    old = code(Provision(number="D1", heading="Reports", children=tuple(clauses)))
    changed = [*clauses[:7], Provision(number="D1.8", text="Clause 8 stands no more.")]
    new = code(Provision(number="D1", heading="Reports", children=tuple(changed)))
    lines = "".join(RedlineLines(align(old, new), only_changes=True))

    assert "7 unchanged provisions not shown" in lines
    assert "Clause 3" not in lines
    assert "Reports" in lines


def test_rows_and_cells_of_a_table_show_what_changed():
    old = code(Provision(number="D1", text="Times:", table=Table((("a", "5"), ("b", "6")))))
    new = code(
        Provision(number="D1", text="Times:", table=Table((("a", "7"), ("c", "8"), ("b", "6"))))
    )
    lines = re.sub(r'<span class="heard">.*?</span>', "", "".join(RedlineLines(align(old, new))))

    assert "<td><del>5</del><ins>7</ins></td>" in lines
    assert "<td><ins>c</ins></td><td><ins>8</ins></td>" in lines
    assert "<tr><td>b</td><td>6</td></tr>" in lines


def test_a_text_cannot_smuggle_in_markup_or_a_link_that_runs():
    nasty = '<script>alert("1")</script> & <b>'
    provision = Provision(
        number='D1"><i>',
        heading=nasty,
        text=nasty,
        inlines=(Inline("link", 0, 8, "javascript:alert(1)"),),
        table=Table(((nasty,),)),
    )
    page = "".join(text_lines(code(provision, title=nasty)))

    assert "<script" not in page
    assert "javascript:" not in page
    assert "<i>" not in page
    assert unescape(page).count(nasty) == 4
