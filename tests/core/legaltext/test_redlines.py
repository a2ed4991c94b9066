"""A redline's lines are both texts, whatever moved."""

from hypothesis import given
from hypothesis import strategies as st

from engross.core.legaltext.aligned import NONE, Aligned
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Document, Provision
from engross.core.legaltext.redlines import redline

OLD_FATES = {"kept", "deleted", "moved-from"}
NEW_FATES = {"kept", "inserted", "moved-to"}


def flat(size: int) -> Places:
    provisions = tuple(Provision(number=str(n), text=str(n)) for n in range(size))
    return Places(Code((Document("Appendix A", provisions=provisions),)))


@st.composite
def alignments(draw: st.DrawFn) -> Aligned:
    size, other = draw(st.integers(0, 12)), draw(st.integers(0, 12))
    shared = draw(st.integers(0, min(size, other)))
    olds = draw(st.permutations(range(1, size + 1)))[:shared]
    news = draw(st.permutations(range(1, other + 1)))[:shared]
    new_of, old_of = [0] + [NONE] * size, [0] + [NONE] * other
    for old, new in zip(olds, news, strict=True):
        new_of[old], old_of[new] = new, old
    return Aligned(flat(size), flat(other), new_of, old_of)


@given(alignments())
def test_a_redline_holds_both_texts_in_their_own_order(aligned: Aligned):
    lines = redline(aligned)

    assert [line.old for line in lines if line.fate in OLD_FATES] == list(
        range(len(aligned.new_of))
    )
    assert [line.new for line in lines if line.fate in NEW_FATES] == list(
        range(len(aligned.old_of))
    )


@given(alignments())
def test_what_moved_has_a_line_at_both_ends_and_the_rest_one(aligned: Aligned):
    lines = redline(aligned)
    gone = [(line.old, line.new) for line in lines if line.fate == "moved-from"]
    come = [(line.old, line.new) for line in lines if line.fate == "moved-to"]

    assert sorted(gone) == sorted(come)
    for line in lines:
        if line.fate == "deleted":
            assert aligned.new_of[line.old] == NONE
        elif line.fate == "inserted":
            assert aligned.old_of[line.new] == NONE
        else:
            assert aligned.new_of[line.old] == line.new


def test_only_the_fewest_lines_move():
    aligned = Aligned(flat(4), flat(4), [0, 2, 3, 4, 1], [0, 4, 1, 2, 3])

    assert [line.fate for line in redline(aligned)] == [
        "kept",
        "moved-to",
        "kept",
        "kept",
        "kept",
        "moved-from",
    ]
