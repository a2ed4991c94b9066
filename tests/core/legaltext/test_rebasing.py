"""A change set carried over to a newer base: as it would be drafted there, or why it cannot be."""

from hypothesis import given, settings

from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.aligning import align
from engross.core.legaltext.applying import apply
from engross.core.legaltext.changing import changes_from, with_ids
from engross.core.legaltext.following import follow
from engross.core.legaltext.inverting import invert
from engross.core.legaltext.merging import merge
from engross.core.legaltext.provisions import Code, Document, Provision
from engross.core.legaltext.rebasing import Rebased, rebase
from tests.support.legal_alignments import alignments
from tests.support.legal_texts import families


@given(families(3, edits=3, ids=True))
@settings(max_examples=60, deadline=None)
def test_a_rebased_set_makes_of_the_newer_base_what_merging_both_changes_gives(texts: list[Code]):
    base, newer, wanted = texts
    since, own = align(base, newer), changes_from(align(base, wanted), "MP1")
    rebased = rebase(own, since)
    newer = with_ids(since)
    result = apply(newer, rebased.change_set).code

    assert apply(result, invert(rebased.change_set)).code == newer
    merged = merge(base, [own, changes_from(since, "MP2")])
    assert merged.complete == rebased.complete
    if merged.complete:
        assert result == merged.code


@given(families(3, edits=3, ids=False))
@settings(max_examples=40, deadline=None)
def test_it_is_said_in_the_keys_of_the_newer_base_where_that_has_no_ids(texts: list[Code]):
    base, newer, wanted = texts
    since = align(base, newer)
    rebased = rebase(changes_from(align(base, wanted), "MP1"), since)

    assert apply(newer, rebased.change_set).operations == len(rebased.change_set.operations)


@given(alignments())
@settings(max_examples=60, deadline=None)
def test_to_follow_a_set_is_to_know_what_it_was_made_of(aligned: Aligned):
    own = changes_from(aligned, "MP1")
    followed = follow(aligned.old.code, own)

    assert followed.new_of == aligned.new_of
    assert changes_from(followed, "MP1") == own


def _clause(number: str, text: str, *children: Provision) -> Provision:
    return Provision(number=number, text=text, children=children)


def _code(*provisions: Provision) -> Code:
    return Code((Document("Section D", provisions=provisions),))


LONG = "The Panel shall send each report to all Parties within ten Working Days."
BASE = _code(
    _clause("D1", "Reports", _clause("D1.1", LONG), _clause("D1.2", "It is public.")),
    _clause("D2", "Votes"),
)
NEWER = _code(
    _clause("D1", "Meetings of the Panel"),
    _clause(
        "D2",
        "Reports",
        _clause("D2.1", LONG.replace("ten", "five")),
        _clause("D2.2", "It is public."),
    ),
    _clause("D3", "Votes"),
)


def _rebased(wanted: Code, newer: Code = NEWER) -> Rebased:
    return rebase(changes_from(align(BASE, wanted), "MP1"), align(BASE, newer))


def test_an_edit_is_carried_over_edits_of_the_base_and_follows_its_clause():
    wanted = _code(
        _clause("D1", "Reports", _clause("D1.1", LONG.replace("all Parties", "every Party"))),
        _clause("D2", "Votes"),
    )
    rebased = _rebased(wanted)

    assert rebased.complete
    assert [type(one).__name__ for one in rebased.change_set.operations] == ["Replace", "Delete"]
    assert rebased.change_set.operations[0].key == "Section D/D2.1"
    result = apply(NEWER, rebased.change_set).code.documents[0].provisions[1]
    assert [child.text for child in result.children] == [
        "The Panel shall send each report to every Party within five Working Days."
    ]


def test_what_the_newer_base_does_already_falls_away():
    rebased = _rebased(
        _code(
            _clause(
                "D1",
                "Reports",
                _clause("D1.1", LONG.replace("ten", "five")),
                _clause("D1.2", "It is public."),
            ),
            _clause("D2", "Votes"),
        )
    )

    assert rebased.complete
    assert rebased.change_set.operations == ()


def test_an_edit_of_words_that_the_newer_base_has_changed_says_what_stands_there_now():
    wanted = _code(
        _clause(
            "D1",
            "Reports",
            _clause("D1.1", LONG.replace("ten", "twenty")),
            _clause("D1.2", "It is published."),
        ),
        _clause("D2", "Votes"),
    )
    rebased = _rebased(wanted)

    assert not rebased.complete
    (obstacle,) = rebased.obstacles
    assert obstacle.operations == (0,)
    assert obstacle.kind == "text"
    assert str(obstacle.reason("MP1")) == (
        "MP1, operation 1: at Section D1.1 it changes its text, but the newer base changes its "
        "text: Section D2.1 now reads 'The Panel shall send each report to all Parties within "
        "five Working Days.'. Draft it anew on the newer base, or leave it out."
    )
    assert [type(one).__name__ for one in rebased.change_set.operations] == ["Replace"]
    assert rebased.change_set.operations[0].key == "Section D/D2.2"


def test_an_edit_of_what_the_newer_base_has_deleted_cannot_be_carried_over():
    wanted = _code(
        _clause("D1", "Reports", _clause("D1.1", LONG), _clause("D1.2", "It is published.")),
        _clause("D2", "Votes"),
    )
    newer = _code(_clause("D1", "Reports", _clause("D1.1", LONG)), _clause("D2", "Votes"))
    rebased = _rebased(wanted, newer)

    assert [one.kind for one in rebased.obstacles] == ["edit-deletion"]
    assert str(rebased.obstacles[0].reason("MP1")) == (
        "MP1, operation 1: at Section D1.2 it changes its text, but the newer base deletes it. "
        "Draft it anew on the newer base, or leave it out."
    )
    assert rebased.change_set.operations == ()
