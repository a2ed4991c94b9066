"""Cross references: read with their spans, followed through a code, and broken by a change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.legaltext.numbers import Address
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Document, Provision
from engross.core.legaltext.references import (
    SEC_STYLE,
    Status,
    links_of,
    references_broken_by,
    references_in,
    us_regulation_style,
)

HERE = Address("Section D", "D7.2(b)")
US = us_regulation_style(part="1002", main="Part 1002", commentary="Supplement I")
US_HERE = Address("Part 1002", "1002.5(c)(2)")


def read(text, here=HERE, style=SEC_STYLE):
    return [
        (text[each.start : each.end], str(Address(each.document, each.number)), each.until)
        for each in references_in(text, here, style)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("under Section J2.1 of it", [("Section J2.1", "Section J2.1", "")]),
        ("Sections C2.2 to C2.4 apply", [("Sections C2.2 to C2.4", "Section C2.2", "C2.4")]),
        ("Sections C8.11 – C8.13", [("Sections C8.11 – C8.13", "Section C8.11", "C8.13")]),
        (
            "Sections D1, D2 and D3.4(a) apply",
            [
                ("Sections D1", "Section D1", ""),
                ("D2", "Section D2", ""),
                ("D3.4(a)", "Section D3.4(a)", ""),
            ],
        ),
        (
            "Section D7.2(a) or (b)",
            [("Section D7.2(a)", "Section D7.2(a)", ""), ("(b)", "Section D7.2(b)", "")],
        ),
        ("in paragraph (a) above", [("paragraph (a)", "Section D7.2(a)", "")]),
        ("this Section D and", [("this Section D", "Section D", "")]),
        ("this Section does", [("this Section", "Section D", "")]),
        ("Clause 5.1", [("Clause 5.1", "Section D, 5.1", "")]),
        (
            "paragraph 3.2 of Appendix L",
            [("paragraph 3.2 of Appendix L", "Appendix L, 3.2", "")],
        ),
        (
            "Appendix AB; Schedule 8",
            [("Appendix AB", "Appendix AB", ""), ("Schedule 8", "Schedule 8", "")],
        ),
        (
            "Appendices A, B and AC",
            [
                ("Appendices A", "Appendix A", ""),
                ("B", "Appendix B", ""),
                ("AC", "Appendix AC", ""),
            ],
        ),
        ("Section D7.2(a) to the Panel", [("Section D7.2(a)", "Section D7.2(a)", "")]),
        ("Sections D and A Party", [("Sections D", "Section D", "")]),
        ("those Sections; Section 10th; Sectional D1; a Section", []),
        ("paragraph (a) of that Section", []),
    ],
)
def test_a_reference_names_what_a_reader_would_look_up(text, expected):
    assert read(text) == expected


def test_a_short_number_stands_in_the_document_of_the_one_before_it():
    here = Address("Appendix L", "2.1")
    assert read("Section D7.2(a) or (b), Sections C2.2 to 2.4", here) == [
        ("Section D7.2(a)", "Section D7.2(a)", ""),
        ("(b)", "Section D7.2(b)", ""),
        ("Sections C2.2 to 2.4", "Section C2.2", "C2.4"),
    ]


def test_a_comment_counts_from_the_section_that_it_comments_on():
    here = Address("Supplement I", "14(a)(1)-4")
    text = "paragraph (b) of this section, paragraph 15(c), Section 1002.6 and § 1002.5(a)"
    assert [target for _, target, _ in read(text, here, US)] == [
        "Part 1002, 1002.14(b)", "Part 1002, 1002.15(c)", "Part 1002, 1002.6",
        "Part 1002, 1002.5(a)",
    ]  # fmt: skip


def test_a_number_of_this_appendix_stands_in_it():
    found = read("Section 5.1 of this Appendix", Address("Appendix L", "2.1"))
    assert found == [("Section 5.1 of this Appendix", "Appendix L, 5.1", "")]


@pytest.mark.parametrize(
    ("text", "law", "number"),
    [
        ("section 4 of the Electricity Act 1989, and", "the Electricity Act 1989", "4"),
        ("Condition 22 of the DCC Licence shall", "the DCC Licence", "22"),
        ("condition 5 of its licence", "its licence", "5"),
        ("Section 12 of the Act", "the Act", "12"),
    ],
)
def test_a_number_of_another_law_is_external(text, law, number):
    (found,) = references_in(text, HERE, SEC_STYLE)
    assert (found.kind, found.document, found.number) == ("external", law, number)


def test_a_number_of_the_code_by_its_name_is_internal():
    assert read("Section D7.2 of the Code") == [("Section D7.2", "Section D7.2", "")]


def test_a_quoted_heading_belongs_to_the_reference():
    text = "under Section J2.1 (Notification (early) of Failure), or Section J3 (a) as is"
    found = references_in(text, HERE, SEC_STYLE)
    assert [each.heading for each in found] == ["Notification (early) of Failure", ""]
    assert text[found[0].start : found[0].end].endswith("Failure)")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see § 1002.5(b)", [("§ 1002.5(b)", "Part 1002, 1002.5(b)", "")]),
        ("§§ 1002.7 through 1002.9", [("§§ 1002.7 through 1002.9", "Part 1002, 1002.7", "1002.9")]),
        ("§§ 1002.3(a)-(d).", [("§§ 1002.3(a)-(d)", "Part 1002, 1002.3(a)", "1002.3(d)")]),
        (
            "paragraph (b)(2) of this section",
            [("paragraph (b)(2) of this section", "Part 1002, 1002.5(b)(2)", "")],
        ),
        (
            "paragraph (p)(1)(i) through (iv) of this section",
            [
                (
                    "paragraph (p)(1)(i) through (iv) of this section",
                    "Part 1002, 1002.5(p)(1)(i)",
                    "1002.5(p)(1)(iv)",
                )
            ],
        ),
        (
            "paragraphs (b) and (d) of § 1002.9 of this part",
            [
                ("paragraphs (b)", "Part 1002, 1002.9(b)", ""),
                ("(d) of § 1002.9 of this part", "Part 1002, 1002.9(d)", ""),
            ],
        ),
        ("this paragraph (a)(1)", [("this paragraph (a)(1)", "Part 1002, 1002.5(a)(1)", "")]),
        ("appendix B to this part", [("appendix B to this part", "Appendix B", "")]),
        ("comment 14(a)-2", [("comment 14(a)-2", "Supplement I, 14(a)-2", "")]),
    ],
)
def test_another_manner_is_another_style(text, expected):
    assert read(text, US_HERE, US) == expected


def test_a_section_of_an_act_is_external_in_a_regulation():
    found = references_in("sections 706(a) and (b) of the Act; § 1026.2", US_HERE, US)
    assert [(each.kind, each.number) for each in found] == [
        ("external", "706(a)"), ("external", "706(b)"), ("external", "1026.2"),
    ]  # fmt: skip


def clause(number, text="", *children, heading=None, id=None):
    return Provision(id=id, number=number, heading=heading, text=text, children=children)


def code(*provisions, document="Section D"):
    return Places(Code((Document(document, "Modification Process", provisions=provisions),)))


def statuses(places):
    return [
        (link.status, [places.shown(node) for node in link.targets]) for link in links_of(places)
    ]


def test_a_range_is_followed_to_all_that_stands_in_it():
    places = code(
        clause("D1", "", *(clause(number) for number in ("D1.1", "D1.2", "D1.2A", "D1.3"))),
        clause("D2", "Sections D1.2 to D1.3, and Sections D1.2 to D1.9."),
    )
    assert statuses(places) == [
        (Status.RESOLVED, ["Section D1.2", "Section D1.2A", "Section D1.3"]),
        (Status.UNRESOLVED, []),
    ]


def test_a_lone_label_is_looked_for_from_the_inside_out():
    places = code(
        clause(
            "D1.1",
            "As in paragraphs (a) to (b).",
            clause("D1.1(a)", "Under paragraph (i) or (b)(i).", clause("D1.1(a)(i)", "x")),
            clause("D1.1(b)", "Not paragraph (c).", clause("D1.1(b)(i)", "Under paragraph (a).")),
        )
    )
    assert statuses(places) == [
        (Status.RESOLVED, ["Section D1.1(a)", "Section D1.1(b)"]),
        (Status.RESOLVED, ["Section D1.1(a)(i)"]),
        (Status.RESOLVED, ["Section D1.1(b)(i)"]),
        (Status.UNRESOLVED, []),
        (Status.RESOLVED, ["Section D1.1(a)"]),
    ]


def test_a_quoted_heading_is_compared_with_the_heading_there():
    places = code(
        clause("D1", "x", heading="Raising a Proposal"),
        clause("D2", "Section D1 (Raising a  proposal), Section D1 (Withdrawal)."),
        clause("D3", "Section D (Modification Process), Section D (Governance)."),
    )
    assert [status for status, _ in statuses(places)] == [
        Status.RESOLVED, Status.HEADING_MISMATCH, Status.RESOLVED, Status.HEADING_MISMATCH,
    ]  # fmt: skip


def test_a_reference_to_what_was_removed_says_so():
    places = code(clause("D1", "[Not Used]"), clause("D2", "Section D1; Section E4."))
    assert [status for status, _ in statuses(places)] == [Status.NOT_USED, Status.UNRESOLVED]


def test_a_change_that_renumbers_a_target_breaks_what_points_to_it():
    base = code(
        clause("D1", "first", id="p-1"),
        clause("D2", "second", id="p-2"),
        clause("D3", "See Section D1, Section D2 and Section E1.", id="p-3"),
    )
    candidate = code(
        clause("D1", "new", id="p-9"),
        clause("D1A", "first", id="p-1"),
        clause("D3", "See Section D1, Section D2 and Section E1.", id="p-3"),
    )
    found = [
        (each.quote, each.link.status, each.moved_to)
        for each in references_broken_by(base, candidate)
    ]
    assert found == [
        ("Section D1", Status.RESOLVED, "Section D1A"),
        ("Section D2", Status.UNRESOLVED, ""),
    ]


def test_a_new_reference_that_names_nothing_is_broken_by_the_change():
    base = code(clause("D1", "first", id="p-1"))
    candidate = code(clause("D1", "Section D4 and Section D1", id="p-1"))
    (broken,) = references_broken_by(base, candidate)
    assert (broken.address, broken.quote, broken.was) == ("Section D1", "Section D4", None)


WORDS = st.sampled_from(
    [
        "Section ",
        "Sections ",
        "paragraph ",
        "§ ",
        "this ",
        "of ",
        "to ",
        "and ",
        "D7.2",
        "(a)",
        ", ",
        "(ii)",
        "C2",
        " (",
        "Heading",
        ") ",
        "Appendix ",
        "AB",
        "the Act",
        "comment ",
        "-",
        "–",
        " ",
    ]
)


@given(st.lists(WORDS, max_size=20).map("".join) | st.text(max_size=60), st.sampled_from([0, 1]))
def test_whatever_the_text_the_spans_lie_in_it_in_order(text, which):
    here, style = ((HERE, SEC_STYLE), (US_HERE, US))[which]
    last = 0
    for each in references_in(text, here, style):
        assert last <= each.start < each.end <= len(text)
        assert not text[each.start : each.end].isspace()
        last = each.end


@given(st.lists(st.lists(WORDS, max_size=12).map("".join), min_size=1, max_size=5))
def test_links_never_fail_and_name_nodes_of_the_code(texts):
    places = code(*(clause(f"D{at}", text) for at, text in enumerate(texts)))
    for link in links_of(places):
        assert all(0 <= node < len(places) for node in link.targets)
        assert bool(link.targets) == (link.status not in (Status.UNRESOLVED, Status.EXTERNAL))
    assert references_broken_by(places, places) == []
