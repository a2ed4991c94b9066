"""Whom a provision obliges, entitles or mentions, and which words say so."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.legaltext.applicability import (
    Categories,
    Decision,
    Sense,
    applications_of,
)
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Document, Provision

DAY = date(2021, 9, 30)
WORDS = Categories(
    {
        "large-suppliers": ("Large Supplier Party", "Supplier Party", "Party"),
        "small-suppliers": ("Small Supplier Party", "Supplier Party", "Party"),
        "dcc": ("DCC",),
    }
)


def clause(number, text, *children):
    return Provision(number=number, text=text, children=children)


def code(*provisions):
    return Places(Code((Document("Section D", provisions=provisions),)))


def senses(text):
    (_, found) = applications_of(code(clause("D1", text)), WORDS)
    return {each.category: each.sense.value for each in found}


BOTH = {"large-suppliers", "small-suppliers"}


def everyone(sense):
    return dict.fromkeys(sorted(BOTH), sense)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The DCC shall publish a list.", {"dcc": "obliges"}),
        ("The DCC shall not publish a list.", {"dcc": "obliges"}),
        ("The DCC must, within 5 days, publish it.", {"dcc": "obliges"}),
        ("The DCC may publish a list.", {"dcc": "entitles"}),
        ("The DCC shall be entitled to charge.", {"dcc": "entitles"}),
        ("The DCC is not required to publish it.", {"dcc": "mentions"}),
        ("A fee is payable to the DCC.", {"dcc": "mentions"}),
        ("Nothing concerns the Panel.", {}),
        ("Each Large Supplier Party shall test.", {"large-suppliers": "obliges"}),
        ("Each Supplier Party may vote.", everyone("entitles")),
        (
            "Each Party shall give notice to the DCC.",
            {**everyone("obliges"), "dcc": "mentions"},
        ),
        (
            "Each Party shall be notified by the DCC.",
            {**everyone("mentions"), "dcc": "obliges"},
        ),
        (
            "A copy shall be sent by the DCC to each Party.",
            {**everyone("mentions"), "dcc": "obliges"},
        ),
        ("The DCC shall be liable for its costs.", {"dcc": "obliges"}),
        ("The DCC shall be bound by it.", {"dcc": "obliges"}),
        ("Where a Party fails, the DCC shall act.", {**everyone("mentions"), "dcc": "obliges"}),
        ("The DCC may decide. The Panel shall act.", {"dcc": "entitles"}),
        ("The DCC may act, and the DCC shall report.", {"dcc": "obliges"}),
        ("The SubDCC and the DCCs-to-be act.", {}),
    ],
)
def test_a_text_applies_to_whom_it_names_in_the_sense_it_says(text, expected):
    assert senses(text) == expected


def test_the_evidence_is_the_subject_and_its_verb():
    places = code(clause("D1", "On request, the DCC shall not refuse."))
    (_, (found,)) = applications_of(places, WORDS)
    assert found.evidence is not None
    text = places.provision(found.evidence.node).text
    assert text[found.evidence.start : found.evidence.end] == "DCC shall"


def test_a_lead_in_governs_its_limbs_and_theirs():
    places = code(
        clause(
            "D1",
            "The DCC shall:",
            clause("D1(a)", "publish, for each Party:", clause("D1(a)(i)", "a list; and")),
            clause("D1(b)", "report."),
        ),
        clause("D2", "The Panel decides."),
    )
    found = applications_of(places, WORDS)
    dcc = [[each for each in node if each.category == "dcc"] for node in found]
    assert [[(each.sense, each.inherited) for each in node] for node in dcc] == [
        [], [(Sense.OBLIGES, False)], [(Sense.OBLIGES, True)], [(Sense.OBLIGES, True)],
        [(Sense.OBLIGES, True)], [],
    ]  # fmt: skip
    (limb,) = dcc[3]
    assert limb.evidence is not None
    assert places.shown(limb.evidence.node) == "Section D1"


def test_a_finished_sentence_governs_nothing_under_it():
    places = code(clause("D1", "The DCC shall publish.", clause("D1.1", "The Panel decides.")))
    assert applications_of(places, WORDS)[2] == ()


def test_a_person_overrides_the_rule_with_a_reason_for_all_that_stands_under_it():
    places = code(
        clause("D1", "The DCC shall:", clause("D1(a)", "publish."), clause("D1(b)", "act."))
    )
    decisions = [
        Decision("Section D/D1", "small-suppliers", Sense.ENTITLES, "as the Panel advised", DAY),
        Decision("Section D/D1(b)", "small-suppliers", None, "spent"),
    ]
    _, first, limb, other = applications_of(places, WORDS, decisions)
    assert [(each.category, each.reason, each.inherited, each.decided_on) for each in first] == [
        ("dcc", "", False, None), ("small-suppliers", "as the Panel advised", False, DAY),
    ]  # fmt: skip
    assert [(each.category, each.inherited) for each in limb] == [
        ("dcc", True), ("small-suppliers", True),
    ]  # fmt: skip
    assert [each.category for each in other] == ["dcc"]


def test_what_a_person_says_goes_before_what_the_words_say():
    places = code(clause("D1", "The DCC shall publish."))
    (_, (said,)) = applications_of(
        places, WORDS, [Decision("Section D/D1", "dcc", Sense.MENTIONS, "it is history")]
    )
    assert (said.sense, said.evidence, said.reason) == (Sense.MENTIONS, None, "it is history")
    assert applications_of(places, WORDS, [Decision("Section D/D1", "dcc", None)])[1] == ()


SAYING = "The |each |DCC| Party| shall| may | be notified by | not |, |. |:|where "
PIECES = st.sampled_from(SAYING.split("|"))


@given(st.lists(st.lists(PIECES, max_size=10).map("".join) | st.text(max_size=30), max_size=4))
def test_whatever_the_texts_the_evidence_lies_in_them(texts):
    places = code(clause("D0", ":", *(clause(f"D{at}", text) for at, text in enumerate(texts, 1))))
    for found in applications_of(places, WORDS):
        for each in found:
            assert each.evidence is not None
            text = places.provision(each.evidence.node).text
            assert 0 <= each.evidence.start < each.evidence.end <= len(text)
        assert len({each.category for each in found}) == len(found)


def test_a_name_that_holds_a_category_word_and_means_no_party_names_none() -> None:
    words = Categories({"party": ("Party",), "dcc": ("DCC",)}, ["Party Details", "DCC Licence"])
    text = "The DCC shall keep Party Details, as the DCC Licence and each Party say."

    found = [(each.start, each.categories) for each in words.named_in(text)]

    assert found == [(text.index("DCC"), ("dcc",)), (text.rindex("Party"), ("party",))]
