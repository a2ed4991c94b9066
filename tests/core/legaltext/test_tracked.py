"""The model of a text with tracked changes: its two sides and what a person is shown."""

import pytest

from engross.core.legaltext.provisions import Inline
from engross.core.legaltext.tracked import (
    Fate,
    Look,
    Paragraph,
    Piece,
    Place,
    PropertyChange,
    Revision,
    Story,
    TrackedCell,
    TrackedParagraph,
    TrackedRow,
    TrackedTable,
    TrackedText,
    anonymous_authors,
    authors_of,
)
from engross.core.legaltext.tracked_changes import changes_of
from engross.core.legaltext.tracked_sides import (
    paragraphs_after,
    paragraphs_before,
    story_paragraphs,
)

INSERTED = Fate(Revision("inserted", "1", "Ann"))
DELETED = Fate(None, Revision("deleted", "2", "Bob"))
PASSING = Fate(INSERTED.arrival, DELETED.departure)
MOVED_FROM = Fate(None, Revision("moved", "3", "Ann", move="m1"))
MOVED_TO = Fate(Revision("moved", "4", "Ann", move="m1"))
KEPT = Fate()
STRONG = ("strong",)


def said(*parts: str | tuple[str, Fate], mark: Fate = KEPT, **more: object) -> TrackedParagraph:
    """Return a paragraph of pieces, kept unless a fate is given."""
    pieces = tuple(Piece(*part) if isinstance(part, tuple) else Piece(part) for part in parts)
    return TrackedParagraph(pieces, mark, **more)


def both(*paragraphs: TrackedParagraph, **more: object) -> tuple[list[str], list[str]]:
    """Return the texts of the paragraphs before and after."""
    text = TrackedText(paragraphs, **more)
    return [one.text for one in paragraphs_before(text)], [
        one.text for one in paragraphs_after(text)
    ]


@pytest.mark.parametrize(
    ("fate", "state"),
    [(KEPT, "kept"), (INSERTED, "inserted"), (DELETED, "deleted"), (PASSING, "passing"),
     (MOVED_FROM, "moved-from"), (MOVED_TO, "moved-to")],
)  # fmt: skip
def test_a_fate_has_a_name(fate: Fate, state: str) -> None:
    assert fate.state == state


def test_each_side_has_the_pieces_that_stand_on_it() -> None:
    before, after = both(said("a ", ("old", DELETED), ("new", INSERTED), ("never", PASSING), " z"))
    assert before == ["a old z"]
    assert after == ["a new z"]


def test_a_deleted_mark_joins_its_paragraph_with_the_next() -> None:
    assert both(said("a", mark=DELETED), said("b")) == (["a", "b"], ["ab"])


def test_an_inserted_mark_splits_a_paragraph() -> None:
    assert both(said("a", mark=INSERTED), said("b")) == (["ab"], ["a", "b"])


def test_a_mark_put_in_and_taken_out_stands_on_neither_side() -> None:
    assert both(said("a", mark=PASSING), said("b")) == (["ab"], ["ab"])


def test_a_paragraph_deleted_whole_leaves_nothing() -> None:
    assert both(said(("a", DELETED), mark=DELETED), said("b")) == (["a", "b"], ["b"])


def test_an_emptied_paragraph_whose_mark_is_kept_stays_as_an_empty_one() -> None:
    assert both(said(("a", DELETED))) == (["a"], [""])


def test_a_joined_paragraph_looks_like_the_mark_that_stands() -> None:
    first = said("a", mark=DELETED, after=Look("One", 1), number_after="")
    second = said("b", after=Look("Two", 2), number_after="2")
    (joined,) = paragraphs_after(TrackedText((first, second)))
    assert (joined.style, joined.heading, joined.number) == ("Two", 2, "2")


def test_the_last_paragraph_vanishes_only_if_it_is_empty() -> None:
    assert both(said("a"), said(("b", INSERTED), mark=INSERTED))[0] == ["a"]
    assert both(said("a"), said("b", ("c", INSERTED), mark=INSERTED))[0] == ["a", "b"]


def table(*rows: TrackedRow) -> tuple[TrackedTable, ...]:
    return (TrackedTable(rows),)


ROW = TrackedRow(KEPT, (TrackedCell(), TrackedCell()))


def test_text_never_joins_into_a_table_or_another_cell() -> None:
    cells = [said("1", mark=DELETED, place=Place(0, 0, 0)), said("2", place=Place(0, 0, 1))]
    _, after = both(said("a", mark=DELETED), *cells, said("z"), tables=table(ROW))
    assert after == ["a", "1", "2", "z"]


def test_a_cell_keeps_a_paragraph_and_an_empty_one_before_a_table_goes() -> None:
    cells = [
        said(("1", DELETED), mark=DELETED, place=Place(0, 0, 0)),
        said("2", place=Place(0, 0, 1)),
    ]
    _, after = both(said(("a", DELETED), mark=DELETED), *cells, tables=table(ROW))
    assert after == ["", "2"]


def test_rows_and_cells_come_and_go_and_the_others_close_up() -> None:
    rows = table(
        TrackedRow(DELETED, (TrackedCell(),)),
        TrackedRow(KEPT, (TrackedCell(INSERTED), TrackedCell())),
    )
    text = TrackedText(
        (said("gone", place=Place(0, 0, 0)), said("new", place=Place(0, 1, 0)),
         said("old", place=Place(0, 1, 1))), rows,
    )  # fmt: skip
    assert [(one.text, one.place) for one in paragraphs_before(text)] == [
        ("gone", Place(0, 0, 0)), ("old", Place(0, 1, 0)),
    ]  # fmt: skip
    assert [(one.text, one.place) for one in paragraphs_after(text)] == [
        ("new", Place(0, 0, 0)), ("old", Place(0, 0, 1)),
    ]  # fmt: skip


def test_a_table_nested_in_a_deleted_row_goes_with_it() -> None:
    cells = (TrackedCell(),)
    tables = (TrackedTable((TrackedRow(DELETED, cells),)),
              TrackedTable((TrackedRow(KEPT, cells),), within=Place(0, 0, 0)))  # fmt: skip
    before, after = both(said("in", place=Place(1, 0, 0)), tables=tables)
    assert (before, after) == (["in"], [])


def test_marks_are_those_of_their_side_and_run_on_over_pieces() -> None:
    paragraph = TrackedParagraph((
        Piece("bold", marks=STRONG, marks_before=STRONG), Piece("er", INSERTED, marks=STRONG),
        Piece(" x", marks_before=("emphasis",)), Piece("go", link="https://example.org"),
    ))  # fmt: skip
    text = TrackedText((paragraph,))
    link = "https://example.org"
    assert paragraphs_after(text)[0].inlines == (
        Inline("strong", 0, 6),
        Inline("link", 8, 10, link),
    )
    assert paragraphs_before(text)[0].inlines == (
        Inline("strong", 0, 4), Inline("emphasis", 4, 6), Inline("link", 6, 8, link),
    )  # fmt: skip


def test_a_note_hangs_where_it_stands_with_the_words_of_its_side() -> None:
    note = Story("footnote", "footnote 2", (said("See ", ("1", DELETED), ("2", INSERTED)),))
    text = TrackedText(
        (TrackedParagraph((Piece("ab"), Piece("", story="footnote 2"))),), stories=(note,)
    )
    assert paragraphs_before(text)[0].inlines == (Inline("footnote", 2, 2, "See 1"),)
    assert paragraphs_after(text)[0].inlines == (Inline("footnote", 2, 2, "See 2"),)
    assert story_paragraphs(text, note, "after") == [Paragraph(text="See 2")]


def test_a_note_that_hangs_in_itself_ends() -> None:
    inside = TrackedParagraph((Piece("x"), Piece("", story="footnote 2")))
    text = TrackedText((inside,), stories=(Story("footnote", "footnote 2", (inside,)),))
    assert paragraphs_after(text)[0].inlines[0].note == "x"


def test_a_text_box_follows_the_paragraph_it_hangs_in() -> None:
    box = Story("text box", "text box 1", (said("boxed"),))
    host = TrackedParagraph((Piece("host"), Piece("", INSERTED, story="text box 1")))
    text = TrackedText((host, said("next")), stories=(box,))
    assert [one.text for one in paragraphs_after(text)] == ["host", "boxed", "next"]
    assert [one.text for one in paragraphs_before(text)] == ["host", "next"]


def test_a_number_that_we_typed_is_a_number_and_no_text() -> None:
    part, whole = "EngrossNumber", "EngrossWholeNumber"
    pieces = (
        Piece("2.10", DELETED, style=part, style_before=part),
        Piece("2.10A", INSERTED, style=whole, style_before=whole),
        Piece("\t", style=part, style_before=part),
        Piece("Text"),
    )
    text = TrackedText((TrackedParagraph(pieces),))
    before, after = paragraphs_before(text)[0], paragraphs_after(text)[0]
    assert (before.number, before.text) == ("2.10", "Text")
    assert (after.number, after.text) == ("2.10A", "Text")


def kinds_of(*paragraphs: TrackedParagraph, **more: object) -> list[tuple[str, ...]]:
    return [change.kinds for change in changes_of(TrackedText(paragraphs, **more))]


def test_an_untouched_paragraph_is_no_change() -> None:
    assert kinds_of(said("a"), said("b", number_before="1", number_after="1")) == []


def test_a_change_shows_words_numbers_and_who() -> None:
    paragraph = said("a ", ("b", DELETED), ("c", INSERTED), number_before="1", number_after="2")
    (change,) = changes_of(TrackedText((paragraph,)))
    assert change.kinds == ("changed", "renumbered")
    assert change.tokens == (("=", "a "), ("-", "b"), ("+", "c"))
    assert (change.number_before, change.number_after) == ("1", "2")
    assert [(one.kind, one.author) for one in change.revisions] == [
        ("deleted", "Bob"), ("inserted", "Ann"),
    ]  # fmt: skip


def test_whole_paragraphs_come_go_and_move() -> None:
    assert kinds_of(
        said(("a", INSERTED), mark=INSERTED), said(("b", DELETED), mark=DELETED),
        said(("c", MOVED_FROM), mark=MOVED_FROM), said("kept"),
        said(("c", MOVED_TO), mark=MOVED_TO), said("end"),
    ) == [("inserted",), ("deleted",), ("moved",), ("moved",)]  # fmt: skip


def test_a_move_is_named_on_both_of_its_ends() -> None:
    text = TrackedText((said(("c", MOVED_FROM), mark=MOVED_FROM), said("k"),
                        said(("c", MOVED_TO), mark=MOVED_TO), said("e")))  # fmt: skip
    assert [change.moves for change in changes_of(text)] == [("m1",), ("m1",)]


def test_joined_and_split_paragraphs_are_one_change() -> None:
    (joined,) = changes_of(TrackedText((said("a", mark=DELETED), said("b"))))
    assert joined.kinds == ("changed", "joined")
    assert joined.tokens == (("=", "a"), ("-", "\n"), ("=", "b"))
    assert kinds_of(said("a", mark=INSERTED), said("b")) == [("changed", "split")]


def test_what_was_put_in_and_taken_out_again_is_told() -> None:
    assert kinds_of(said("a", ("b", PASSING))) == [("passing",)]


def test_looks_rows_and_layouts_are_told() -> None:
    look = PropertyChange("formatting", Revision("changed", "5", "Ann"))
    assert kinds_of(said("a", changes=(look,))) == [("formatting",)]
    row = table(TrackedRow(INSERTED, (TrackedCell(),)))
    assert kinds_of(said("a", place=Place(0, 0, 0)), tables=row) == [("inserted", "row inserted")]
    assert kinds_of(changes=(look,)) == [("formatting",)]


def test_authors_are_numbered_as_they_come_and_our_own_are_shown() -> None:
    text = TrackedText((said(("a", INSERTED), ("b", DELETED)), said(("c", INSERTED))))
    assert authors_of(text) == ("Ann", "Bob")
    assert anonymous_authors(text) == {"Ann": "Author 1", "Bob": "Author 2"}
    assert anonymous_authors(text, frozenset({"Ann"})) == {"Ann": "Ann", "Bob": "Author 1"}
