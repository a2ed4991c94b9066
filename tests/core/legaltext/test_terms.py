"""Defined terms: found where a text defines them, and where it uses them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.legaltext.checks import check
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Document, Inline, Provision
from engross.core.legaltext.references import links_of
from engross.core.legaltext.terms import (
    EVERYWHERE,
    SEC_TERMS,
    Glossary,
    Scope,
    definitions_of,
    limbs_of,
    pointed_at,
    undefined_in,
    us_regulation_terms,
    uses_of,
)

US = us_regulation_terms(part="1002", main="Part 1002", commentary="Supplement I")


def said(text, number="", *children, heading=None):
    """Return a provision; '**' around words makes them bold, as in Markdown."""
    inlines, plain = [], ""
    for at, piece in enumerate(text.split("**")):
        if at % 2:
            inlines.append(Inline("strong", len(plain), len(plain) + len(piece)))
        plain += piece
    marks = {"inlines": tuple(inlines)} if inlines else {}
    return Provision(number=number, heading=heading, text=plain, children=children, **marks)


def code(**documents):
    return Places(
        Code(
            tuple(
                Document(name.replace("_", " "), provisions=tuple(provisions))
                for name, provisions in documents.items()
            )
        )
    )


def defined(places, style=SEC_TERMS):
    return [(each.term, each.kind) for each in definitions_of(places, style)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Working Day** means any day.", [("Working Day", "full")]),
        ("“Working Day” means any day.", [("Working Day", "full")]),
        ('"Working Day" shall mean any day.', [("Working Day", "full")]),
        ("“**Working Day**” has the meaning given below.", [("Working Day", "full")]),
        ("“Foo” or “Bar” means a thing.", [("Foo", "full"), ("Bar", "full")]),
        ("**Device**, in relation to a User, means it.", [("Device", "full")]),
        (
            "**Consultation** has the meaning given to that expression in Section D7.8 (Reports).",
            [("Consultation", "pointer")],
        ),
        ("the day of the notice (the “Completion Date”).", [("Completion Date", "inline")]),
        ("such groups (each a “Charging Group”) and", [("Charging Group", "inline")]),
        ("a person who does so is the **Proposer** of it", [("Proposer", "inline")]),
        ("the words “as soon as practicable” are used", []),
        ("**A whole line in bold**", []),
        ("He said “Working Day” loudly (see the “Guide” here).", []),
        ("Applicant means a person.", []),
    ],
)
def test_a_text_defines_what_it_marks_and_gives_a_meaning(text, expected):
    assert defined(code(Section_A=[said(text, "A1")])) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Applicant means any person who asks.", ["Applicant"]),
        (
            "Extend credit and extension of credit mean granting.",
            ["Extend credit", "extension of credit"],
        ),
        ("Negative factor or value, in relation to age, means it.", ["Negative factor or value"]),
        ("Age refers only to natural persons and means years.", ["Age"]),
        ("The term “consummation” means the time.", ["consummation"]),
        ("The term Bureau, as used in this part, means it.", ["Bureau"]),
        ("This means that a creditor may.", []),
        ("A creditor, acting in haste, refers to it.", []),
    ],
)
def test_where_terms_are_written_small_the_first_words_are_defined(text, expected):
    found = definitions_of(code(Part_1002=[said(text, "1002.2")]), US)
    assert [each.term for each in found] == expected


def test_a_caption_is_a_term_where_the_paragraphs_under_it_say_so():
    places = code(
        Part_1002=[
            said("Adverse action", "1002.2(c)", said("The term means: a refusal.", "1002.2(c)(1)")),
            said("General rule", "1002.2(d)", said("A creditor may refuse.", "1002.2(d)(1)")),
            said(
                "Derived and other scoring systems",
                "1002.2(p)",
                said("A scoring system is a system that scores.", "1002.2(p)(1)"),
            ),
        ]
    )
    found = definitions_of(places, US)
    assert [(each.term, places.number(each.node)) for each in found] == [
        ("Adverse action", "1002.2(c)"),
        ("scoring system", "1002.2(p)"),
    ]


def test_a_pointer_says_where_the_meaning_stands():
    text = "**Consultation** has the meaning given to that expression in Section D7.8 (Reports)."
    (found,) = definitions_of(code(Section_A=[said(text, "A1.1")]), SEC_TERMS)
    assert found.pointer is not None
    assert (found.pointer.number, found.pointer.heading) == ("D7.8", "Reports")


def test_a_definition_has_limbs():
    limbs = said("a meter;", "(a)"), said("a hub.", "(b)")
    places = code(Section_A=[said("", "A1.1", said("**Device** means:", "", *limbs))])
    (found,) = definitions_of(places, SEC_TERMS)
    assert [places.number(limb) for limb in limbs_of(places, found)] == ["(a)", "(b)"]


def test_a_definition_binds_as_far_as_its_lead_in_or_its_document():
    places = code(
        Section_A=[said("**Party** means one.", "A1.1")],
        Appendix_L=[
            said("In this Appendix:", "1.1", said("**Key** means a key.")),
            said("In this Code, **Root** means a root.", "1.2"),
            said("In this Section 2, **Leaf** means a leaf.", "2"),
            said("**Twig** means no Leaf as defined in this Section 2.", "3"),
        ],
        Section_D=[said("the person (the **Proposer**)", "D1.1")],
    )
    assert {each.term: each.scope for each in definitions_of(places, SEC_TERMS)} == {
        "Party": EVERYWHERE,
        "Key": Scope("Appendix L"),
        "Root": EVERYWHERE,
        "Leaf": Scope("Appendix L", "2"),
        "Twig": Scope("Appendix L"),
        "Proposer": Scope("Section D"),
    }


def test_what_a_pointer_names_binds_where_the_pointer_does_and_is_one_definition_with_it():
    places = code(
        Section_A=[said("**Proposer** has the meaning given in Section D1.1.", "A1.1")],
        Section_D=[said("the person (the **Proposer**)", "D1.1"), said("a Proposer", "D1.2")],
        Section_E=[said("the Proposer", "E1")],
    )
    definitions = definitions_of(places, SEC_TERMS)
    assert [each.scope for each in definitions] == [EVERYWHERE, EVERYWHERE]
    assert pointed_at(places, definitions) == {0: 1}
    assert used(places) == [("Proposer", "Section D1.1"), ("Proposer", "Section D1.1")]
    assert check(places.code) == []


def test_a_pointer_and_what_it_names_are_unused_together():
    places = code(
        Section_A=[said("**Proposer** has the meaning given in Section D1.1.", "A1.1")],
        Section_D=[said("the person (the **Proposer**)", "D1.1")],
    )
    assert [(each.address, each.what) for each in check(places.code)] == [
        ("Section A1.1", "'Proposer' is defined, and used nowhere")
    ]


def used(places, style=SEC_TERMS):
    definitions = definitions_of(places, style)
    glossary = Glossary(places, definitions, style)
    return [
        (
            places.provision(each.node).text[each.start : each.end],
            places.shown(definitions[each.definition].node),
        )
        for each in uses_of(places, glossary, links_of(places, style.references))
    ]


def test_the_longest_term_is_used_in_all_its_forms():
    places = code(
        Section_A=[
            said("**Party** means one.", "A1.1"),
            said("**Network Party** means one.", "A1.2"),
            said("**Letter of Credit** means one.", "A1.3"),
        ],
        Section_D=[said("Network Parties’ Letters of Credit; a Party's, Partying, party.", "D1")],
    )
    assert used(places) == [
        ("Network Parties", "Section A1.2"),
        ("Letters of Credit", "Section A1.3"),
        ("Party", "Section A1.1"),
    ]


def test_the_local_meaning_goes_before_the_general_one_and_binds_only_there():
    places = code(
        Section_A=[said("**Key** means a general key.", "A1.1")],
        Section_D=[said("each Key and each Leaf", "D1")],
        Appendix_L=[
            said("**Key** means a local key.", "1.1"),
            said("**Leaf** means a leaf.", "1.2"),
            said("each Key and each Leaf", "2"),
        ],
    )
    assert used(places) == [
        ("Key", "Section A1.1"),
        ("Key", "Appendix L, 1.1"),
        ("Leaf", "Appendix L, 1.2"),
    ]


def test_a_quoted_heading_and_a_terms_own_definition_are_no_uses():
    places = code(
        Section_A=[said("**Key** means that which is a Key.", "A1.1")],
        Section_D=[said("Section D1 (Key) and a Non-Key", "D1", heading="Key")],
    )
    assert used(places) == []


def test_terms_written_small_are_used_in_any_case_but_not_within_names():
    places = code(
        Part_1002=[
            said("Credit means a right.", "1002.2(a)"),
            said("Act means the Equal Credit Opportunity Act.", "1002.2(b)"),
            said("Credit is credit, but the Equal Credit Act is a law, not an act.", "1002.3"),
        ]
    )
    assert used(places, US) == [
        ("Credit", "Part 1002, 1002.2(a)"),
        ("credit", "Part 1002, 1002.2(a)"),
    ]


def test_a_definition_for_one_section_binds_the_commentary_on_it_too():
    places = code(
        Part_1002=[
            said(
                "For purposes of paragraph (a) of this section:",
                "1002.14(b)",
                said("Valuation means an estimate.", "1002.14(b)(1)"),
            ),
            said("A valuation is made.", "1002.14(a)"),
            said("No valuation here.", "1002.15"),
        ],
        Supplement_I=[said("A valuation.", "14(a)-1"), said("A valuation.", "15(a)-1")],
    )
    assert used(places, US) == [("valuation", "Part 1002, 1002.14(b)(1)")] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Working Group shall meet", ["Working Group"]),
        ("Each Supplier shall pay", ["Supplier"]),
        ("Notice is given. Proposals are made.", []),
        ("on a Monday in March under the Electricity Act 1989", []),
        ("in Great Britain, or in England and Wales", []),
        ("within Section D and this Code", []),
        ("[Not Used]", []),
        (
            "Letter of Credit is a start; the Letter of Comfort ends",
            ["Letter of Credit", "Letter of Comfort"],
        ),
    ],
)
def test_words_in_capitals_that_nothing_defines_are_named(text, expected):
    found = undefined_in(text, [], SEC_TERMS)
    assert [each.words for each in found] == expected
    assert all(text[each.start : each.end] == each.words for each in found)


def test_what_is_left_of_a_run_beside_a_known_term_is_named():
    text = "every Registered Party Agent shall"
    at = text.index("Party")
    found = undefined_in(text, [(at, at + 5)], SEC_TERMS)
    assert [each.words for each in found] == ["Registered", "Agent"]


WORDS = (
    '**|Working Day|Party| means | mean |“|”|"|(|)|the |each |The term |, | or | and |Section D1|'
    "has the meaning given in |In this Appendix |credit|Credit|.|\u00a0|\n|İ"
)
PIECES = st.sampled_from(WORDS.split("|"))
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=50)


@given(st.lists(TEXTS, min_size=1, max_size=5), st.sampled_from([SEC_TERMS, US]))
def test_whatever_the_text_every_span_says_what_it_quotes(texts, style):
    places = code(Section_A=[said(text, f"A{at}") for at, text in enumerate(texts)])
    definitions = definitions_of(places, style)
    for each in definitions:
        text = places.provision(each.node).text
        assert each.start == each.end or text[each.start : each.end] == each.term
    glossary = Glossary(places, definitions, style)
    for use in uses_of(places, glossary, links_of(places, style.references)):
        text = places.provision(use.node).text
        assert 0 <= use.start < use.end <= len(text)
        words = text[use.start : use.end].replace("\u00a0", " ").replace("\n", " ").casefold()
        assert words[:3] == " ".join(definitions[use.definition].term.split()).casefold()[:3]
    for node, provision in enumerate(places.provisions):
        if provision:
            for each in undefined_in(provision.text, [], style):
                assert places.provision(node).text[each.start : each.end] == each.words
