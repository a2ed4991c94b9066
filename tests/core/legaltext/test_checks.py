"""What a check finds in a code's text, where, and what it advises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.legaltext.checks import About, check, counts
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Document, Inline, Provision
from engross.core.legaltext.terms import us_regulation_terms

US = us_regulation_terms(part="1002", main="Part 1002", commentary="Supplement I")


def clause(number, text="", *children, heading=None, id=None):
    """Return a provision; '**' around words makes them bold, as in Markdown."""
    inlines, plain = [], ""
    for at, piece in enumerate(text.split("**")):
        if at % 2:
            inlines.append(Inline("strong", len(plain), len(plain) + len(piece)))
        plain += piece
    marks = {"inlines": tuple(inlines)} if inlines else {}
    return Provision(id=id, number=number, heading=heading, text=plain, children=children, **marks)


def listed(number, labels):
    return clause(number, "", *(clause(f"{number}({label})") for label in labels.split()))


def code(**documents):
    return Code(
        tuple(
            Document(name.replace("_", " "), provisions=tuple(provisions))
            for name, provisions in documents.items()
        )
    )


def found(text, about=None):
    return [(each.address, each.what) for each in check(text) if about in (None, each.about)]


def test_a_sound_text_has_no_problems():
    text = code(
        Section_A=[
            clause("A1", "**Party** means one."),
            clause("A2", "**Proposer** has the meaning given in Section D1.1 (Persons)."),
        ],
        Section_D=[
            clause(
                "D1",
                "",
                clause("D1.1", "any Party (the **Proposer**)", heading="Persons"),
                clause("D1.2", "the Proposer:", clause("D1.2(a)", "x"), clause("D1.2(b)", "y")),
                clause("D1.2A", "z"),
                clause("D1.3", "[Not Used]"),
            )
        ],
    )
    assert check(text) == []


def test_references_that_name_nothing_or_something_else_are_found_with_their_words():
    text = code(
        Section_D=[
            clause("D1", "First.", heading="Beginning"),
            clause("D2", "[Not Used]"),
            clause("D3", "Under Section D1 (End), Section D2, Section D9 and Section E1."),
        ],
        Section_E=[clause("E2", "Other.")],
    )
    problems = [each for each in check(text) if each.about is About.REFERENCES]
    words = "Under Section D1 (End), Section D2, Section D9 and Section E1."
    assert [(words[each.start : each.end], each.what.partition("' ")[2]) for each in problems] == [
        ("Section D1 (End)", "quotes a heading that is not the one there: 'Beginning'"),
        ("Section D2", "names a provision that is not used"),
        ("Section D9", "names nothing in this text"),
        ("Section E1", "names nothing in this text"),
    ]
    assert {(each.document, each.address) for each in problems} == {("Section D", "Section D3")}


def test_a_document_alone_is_not_blamed_for_the_others():
    text = code(Section_D=[clause("D1", "Section A1, the Panel and Section D9.")])
    assert found(text) == [("Section D1", "'Section D9' names nothing in this text")]


def test_terms_undefined_unused_and_defined_twice_are_found():
    text = code(
        Section_A=[
            clause("A1", "**Party** means one."),
            clause("A2", "**Party** means another."),
            clause("A3", "**Device** means a thing."),
        ],
        Section_D=[clause("D1", "A Party tells the Working Group.")],
    )
    assert found(text, About.TERMS) == [
        ("Section A2", "'Party' is defined twice: also at Section A1"),
        ("Section A3", "'Device' is defined, and used nowhere"),
        ("Section D1", "'Working Group' is written like a defined term, and nothing defines it"),
    ]


def test_a_pointer_to_a_place_that_defines_nothing_is_found():
    text = code(
        Section_A=[clause("A1", "**Proposer** has the meaning given in Section D1.")],
        Section_D=[clause("D1", "The Proposer proposes.")],
    )
    what = "'Proposer' is said to be defined at Section D1, and is not defined there"
    assert found(text) == [("Section A1", what)]


@pytest.mark.parametrize(
    ("provisions", "expected"),
    [
        ([clause("D1"), clause("D1")], [("Section D1#2", "two provisions are numbered D1")]),
        ([clause("D2"), clause("D1")], [("Section D1", "D1 comes after D2")]),
        ([clause("D2.10A"), clause("D2.10")], [("Section D2.10", "D2.10 comes after D2.10A")]),
        (
            [clause("D1"), clause("D4")],
            [("Section D4", "between D1 and D4, 2 numbers are missing")],
        ),
        ([clause("D9"), clause("D10"), clause("D10A"), clause("D11")], []),
        ([clause("D1"), clause("D40")], []),
        (
            [clause("D1", "", clause("D2.1"))],
            [("Section D2.1", "D2.1 stands under D1, and does not begin with it")],
        ),
        (
            [clause("D1", "", clause("", "x", clause("(a)"), clause("(a)")))],
            [("Section D, (a)#2", "two limbs of one list are (a)")],
        ),
        (
            [listed("D1", "h i j"), listed("D2", "i ii iii iv"), listed("D3", "a aa aA b")],
            [],
        ),
        (
            [listed("D1", "i ii v iv")],
            [
                ("Section D1(v)", "between D1(ii) and D1(v), 2 numbers are missing"),
                ("Section D1(iv)", "D1(iv) comes after D1(v)"),
            ],
        ),
        (
            [clause("D1", id="p-1"), clause("D2", "", clause("D2.1", id="p-1"))],
            [("Section D2.1", "the id 'p-1' is already that of Section D1")],
        ),
        (
            [clause("D1", "", clause("D1.1", id="p-1"), id="p-1")],
            [
                (
                    "Section D1.1",
                    "the id 'p-1' is that of Section D1, under which it stands: a circle",
                )
            ],
        ),
        ([clause("Part 1", "", clause("12A")), clause("Part 2", "", clause("13"))], []),
    ],
)
def test_slips_in_numbers_and_ids_are_found(provisions, expected):
    assert found(code(Section_D=provisions), About.NUMBERS) == expected


def test_a_problem_reads_as_a_sentence_with_its_place_and_a_remedy():
    (problem,) = check(code(Section_D=[clause("D2"), clause("D1")]))
    assert str(problem) == "Section D1: D1 comes after D2. Put them in the order of their numbers."
    assert counts([problem]) == {About.REFERENCES: 0, About.TERMS: 0, About.NUMBERS: 1}


NUMBERS = st.sampled_from(
    ["", "D1", "D1.1", "D1.2A", "(a)", "(i)", "(aa)", "5", "D1(zz)", "¶", "Part 1"]
)
SAID = "**|Party| means |Section D1|paragraph (a)| (Heading)|the |Working Group|.|“|”|\u00a0|credit"
TEXTS = st.lists(st.sampled_from(SAID.split("|")), max_size=10).map("".join) | st.text(max_size=30)
PROVISIONS = st.recursive(
    st.builds(clause, NUMBERS | st.text(max_size=5), TEXTS),
    lambda inner: st.builds(
        lambda number, text, children: clause(number, text, *children),
        NUMBERS,
        TEXTS,
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@given(st.lists(PROVISIONS, max_size=4), st.lists(PROVISIONS, max_size=2))
def test_a_check_never_fails_and_its_spans_lie_in_the_text(first, second):
    text = code(Section_A=first, Section_D=second)
    places = Places(text)
    texts = {}
    for node, provision in enumerate(places.provisions):
        texts.setdefault(places.shown(node), []).append(provision.text if provision else "")
    for problem in (*check(text), *check(text, US)):
        assert problem.what
        assert problem.remedy
        longest = max(len(each) for each in texts[problem.address])
        assert 0 <= problem.start <= problem.end <= longest
