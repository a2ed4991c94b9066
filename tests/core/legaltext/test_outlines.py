"""Flat paragraphs nested by their numbers, headings and indentation."""

import pytest
from hypothesis import given

from engross.core.legaltext.numbers import number_at_start
from engross.core.legaltext.outlines import FlatParagraph, outlined, paragraphs_of
from engross.core.legaltext.provisions import Document
from tests.support.legal_texts import codes


def flat(lines: str) -> list[FlatParagraph]:
    """Give the paragraphs of lines: '#' makes a heading, the rest is as in a file."""
    found = []
    for line in lines.strip("\n").split("\n"):
        hashes = len(line) - len(line.lstrip("#"))
        words = line.lstrip("# ")
        number, rest = number_at_start(words) or ("", words.strip())
        found.append(
            FlatParagraph(
                number=number,
                heading=rest if hashes else None,
                text="" if hashes else rest,
                heading_level=hashes,
                indent=len(line) - len(line.lstrip(" ")),
            )
        )
    return found


def tree(lines: str) -> list[str]:
    """Give every provision with its depth in dots: '..D1.1(a) words'."""
    document = Document("Section D", provisions=outlined(flat(lines)).provisions)
    return [
        f"{'.' * (each.level - 1)}{each.number} {each.heading or each.text}".strip()
        for each in paragraphs_of(document)
    ]


def test_numbers_say_what_stands_under_what():
    lines = """
# D1 Raising
D1.1 Any Party may:
(a) first:
(i) one;
(ii) two; and
(b) second.
D1.2 Next.
# D2 Paths"""

    assert tree(lines) == [
        "D1 Raising",
        ".D1.1 Any Party may:",
        "..D1.1(a) first:",
        "...D1.1(a)(i) one;",
        "...D1.1(a)(ii) two; and",
        "..D1.1(b) second.",
        ".D1.2 Next.",
        "D2 Paths",
    ]


@pytest.mark.parametrize(
    ("following", "number"),
    [("(j) ten", "D1.1(i)"), ("(ii) two", "D1.1(h)(i)"), ("D1.2 Next", "D1.1(i)")],
)
def test_i_after_h_is_a_letter_unless_ii_follows(following, number):
    found = tree(f"# D1 Raising\nD1.1 May:\n(g) g\n(h) h\n(i) nine\n{following}")

    assert [each.lstrip(".") for each in found][4] == f"{number} nine"


def test_i_after_h_is_a_letter_also_where_ii_goes_on_the_outer_list():
    lines = "D1.1 May:\n(i) one:\n" + "\n".join(f"({letter}) x" for letter in "abcdefghi")

    found = tree(f"# D1 Raising\n{lines}\n(ii) two")

    assert found[-2:] == ["...D1.1(i)(i) x", "..D1.1(ii) two"]


def test_inserted_labels_stand_in_their_list():
    found = tree("# D1 R\nD1.1 May:\n(a) a\n(aA) b\n(b) c\n(z) d\n(aa) e\nD1.1A New")

    assert found[2:] == [
        *("..D1.1(a) a", "..D1.1(aA) b", "..D1.1(b) c", "..D1.1(z) d", "..D1.1(aa) e"),
        ".D1.1A New",
    ]


def test_a_closing_line_stands_under_the_clause_and_the_list_goes_on_after_it():
    found = tree("# D1 R\nD1.1 May:\n(a) a\n(i) i\nand also:\n(b) b")

    assert found[1:] == [
        *(".D1.1 May:", "..D1.1(a) a", "...D1.1(a)(i) i"),
        *(".. and also:", "..D1.1(b) b"),
    ]


def test_an_indented_line_goes_on_the_item_that_it_is_indented_under():
    found = tree("# D1 R\nD1.1 May:\n  (a) a\n    more of a\n  closing")

    assert found[2:] == ["..D1.1(a) a", "... more of a", ".. closing"]


def test_the_limbs_of_each_definition_are_its_own():
    found = tree("# A1 Terms\nA1.1 In this Code:\nDevice means:\n(a) x\n(b) y\nDay means a day.")

    assert found[2:] == [".. Device means:", "...(a) x", "...(b) y", ".. Day means a day."]


def test_a_list_after_a_line_that_runs_on_is_the_clauses():
    found = tree("# A1 Terms\nA1.1 The Panel\nshall consider:\n(a) x")

    assert found[1:] == [".A1.1 The Panel", ".. shall consider:", "..A1.1(a) x"]


def test_unnumbered_headings_nest_by_their_levels():
    found = tree("# Part One\n## General\nWords.\n## Special\n# Part Two")

    assert found == ["Part One", ". General", ".. Words.", ". Special", "Part Two"]


def test_what_is_odd_is_told_with_its_place():
    found = outlined(flat("# D1 R\nD3.1 Far off\n(c) late\n(b) later"))

    assert found.remarks == [
        (1, "nothing above D3.1 is numbered D3"),
        (2, "the list begins with (c)"),
        (3, "(b) comes after (c)"),
    ]


def test_no_file_nests_deeper_than_a_text_may():
    deep = [FlatParagraph(text="x", level=level) for level in range(1, 200)]

    provisions = outlined(deep).provisions

    document = Document("Section D", provisions=provisions)
    assert max(each.level for each in paragraphs_of(document)) == 64
    assert sum(1 for _ in paragraphs_of(document)) == 199


@given(codes())
def test_taken_apart_and_put_together_a_document_is_the_same(code):
    for document in code.documents:
        again = outlined(list(paragraphs_of(document)))

        assert again.provisions == document.provisions
        assert again.remarks == []
