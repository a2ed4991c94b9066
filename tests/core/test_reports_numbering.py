"""Numbers of a paper's parts, pointers between them, and how values read."""

from datetime import date
from decimal import Decimal

import pytest

from engross.core.dates.months import Month
from engross.core.reports.numbering import UnknownTarget, numbered
from engross.core.reports.papers import (
    Bullets,
    CrossReference,
    Emphasis,
    Heading,
    Link,
    Note,
    Paper,
    PaperClass,
    PaperHead,
    Paragraph,
    Strong,
    TableBlock,
    Text,
    plain,
    walk,
)
from engross.core.reports.tables import ColumnKind, ColumnSpec
from engross.core.reports.wording import basis_notes, in_words, printed_cell

HEAD = PaperHead("p", "f", "Paper", Month(2021, 9), PaperClass("white", "White"), "Office")


def heading(level, **more):
    return Heading(level, (Text("H"),), **more)


def table(**more):
    return TableBlock("a.b", "C", (), (), **more)


def numbers(*blocks):
    return [each.number for each in walk(numbered(Paper(HEAD, blocks)).blocks)]


def test_sections_start_again_under_each_other():
    levels = (1, 2, 2, 3, 1, 2)

    assert numbers(*(heading(level) for level in levels)) == [
        "1",
        "1.1",
        "1.2",
        "1.2.1",
        "2",
        "2.1",
    ]


def test_an_unnumbered_section_takes_no_number():
    assert numbers(heading(1), heading(1, is_numbered=False), heading(1)) == ["1", "", "2"]


def test_tables_of_a_group_share_a_number_and_a_group_of_one_has_no_letter():
    assert numbers(table(), table(group="a"), table(), table(group="a"), table(group="b")) == [
        "1", "2a", "3", "2b", "4",
    ]  # fmt: skip


def test_pointers_are_filled_wherever_they_stand():
    pointer = CrossReference("table:x")
    blocks = (
        Paragraph((Strong((Emphasis((pointer,)),)),)),
        Note((Link("https://example.org", (pointer,)),)),
        Bullets(((Paragraph((CrossReference("section:y"),)),),)),
        table(label="x"),
        heading(1, label="y"),
    )

    made = list(walk(numbered(Paper(HEAD, blocks)).blocks))

    assert plain(made[0].inlines) == plain(made[1].inlines) == "Table 1"
    assert plain(made[3].inlines) == "section 1"


def test_a_pointer_to_nothing_is_named_with_the_nearest_label():
    blocks = (Paragraph((CrossReference("table:stagse"),)), table(label="stages"))

    with pytest.raises(UnknownTarget, match=r"'table:stagse'.*'table:stages'"):
        numbered(Paper(HEAD, blocks))


def test_one_label_for_two_things_is_refused():
    with pytest.raises(ValueError, match="labelled 'table:x'"):
        numbered(Paper(HEAD, (table(label="x"), table(label="x"))))


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "no"), (1, "one"), (20, "twenty"), (21, "21"), (1234, "1,234"), (-1, "-1")],
)
def test_small_numbers_are_words_and_large_ones_digits(number, words):
    assert in_words(number) == words
    assert in_words(Decimal(number)) == words


@pytest.mark.parametrize(
    ("cell", "kind", "printed"),
    [
        (None, ColumnKind.WHOLE, "no records"),
        (None, ColumnKind.TEXT, "not recorded"),
        (0, ColumnKind.WHOLE, "0"),
        (Decimal("1234.50"), ColumnKind.DECIMAL, "1,234.50"),
        (40, ColumnKind.PERCENT, "40%"),
        (True, ColumnKind.FLAG, "yes"),
        (date(2021, 10, 8), ColumnKind.DAY, "8 October 2021"),
        (Month(2021, 9), ColumnKind.MONTH, "Sep 2021"),
    ],
)
def test_cells_read_as_people_write_them_and_nothing_kept_is_never_nought(cell, kind, printed):
    assert printed_cell(cell, ColumnSpec("a", kind=kind)) == printed


def test_what_is_fictional_is_said_first():
    assert basis_notes(frozenset({"imported", "record", "fictional"})) == (
        "Fictional records, for demonstration.",
        "Imported totals, without the records behind them.",
    )
    assert basis_notes(frozenset({"record"})) == ()
