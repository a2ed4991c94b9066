"""Two months' sheets are compared row by row, and a review holds while a row reads the same."""

from hypothesis import given
from hypothesis import strategies as st

from engross.adapters.code_folder import load_code
from engross.core.crosscode.sheets import (
    columns_under,
    compare_sheets,
    headings_of,
    needs_new_review,
)

HEADINGS = headings_of(load_code("sec"))
CELLS = st.dictionaries(
    st.sampled_from(["title", "stage", "link"]), st.sampled_from(["", "a", "b"])
)
SHEETS = st.dictionaries(st.sampled_from(["rec/1", "rec/2", "bsc/1"]), CELLS)


@given(SHEETS, SHEETS)
def test_every_row_of_either_month_is_told_once(before, after):
    diff = compare_sheets(before, after)
    told = [*diff.added, *diff.gone, *diff.changes]
    assert len(told) == len(set(told))
    assert len(told) + diff.same == len(before.keys() | after.keys())
    for key, cells in diff.changes.items():
        assert all(before[key].get(each.column, "") == each.before for each in cells)
        assert all(after[key].get(each.column, "") == each.after != each.before for each in cells)
    backwards = compare_sheets(after, before)
    assert (backwards.added, backwards.gone) == (diff.gone, diff.added)


@given(SHEETS)
def test_a_sheet_does_not_differ_from_itself(sheet):
    assert not compare_sheets(sheet, sheet)


def test_a_change_is_reviewed_anew_when_what_it_says_changes_not_when_its_page_moves():
    read = {"title": "A", "stage": "Assessment", "link": "x", "last_updated": "2026-05-01"}
    assert needs_new_review(None, read)
    assert not needs_new_review(read, {**read, "link": "y", "last_updated": "2026-06-01"})
    assert needs_new_review(read, {**read, "stage": "Voting"})
    assert not needs_new_review(read, None)


def test_headings_are_known_by_other_words_and_a_wrong_one_is_told_with_the_nearest():
    places, problems = columns_under(["Mod ref", "", "raised_on"], HEADINGS, required=["reference"])
    assert places == {"reference": 0, "raised_on": 2}
    assert problems == []
    _, problems = columns_under(["Referense", "Title", "Name"], HEADINGS, required=["reference"])
    assert [(each.column, each.expected) for each in problems] == [
        ("Referense", "a heading of the sheet: Reference"),
        ("Name", "each heading once"),
        ("Reference", "this heading"),
    ]
