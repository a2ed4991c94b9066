"""Moves that real law made, each looked at by hand: all are told, and nothing else is.

Between any two publications of Title 34 and any two versions of Regulations B and M hardly a clause
moves; '[Repealed.]' and other formulas come and go by the hundred, and none of them is a move. All
pairs of all of them hold nine moves, too few for a share; so the share that is right is counted on
moves that are planted in Title 34, beside the law's own edits.
"""

from itertools import combinations, pairwise
from pathlib import Path

import pytest

from benchmarks.real_law import title_34
from benchmarks.real_moves import LAST, MOVED_IN_TITLE_34, planted_in_title_34
from engross.core.legaltext.aligning import align
from engross.core.legaltext.moves import moves
from engross.core.legaltext.provisions import Code, Document, Provision
from tests.core.legaltext.regulations import Regulation

pytestmark = pytest.mark.corpus
FIRST_FEW = 10  # publications, among which is one that undoes another

THERE_AND_BACK = {("34-1151(c)(1)", "34-1151(c)"), ("34-1151(c)", "34-1151(c)(1)")}
MOVED_IN_REGULATIONS = {
    ("1002.13(a)(1)(i)", "1002.13(a)(1)(i)(A)"),
    ("5(a)(2)-1", "5(a)(2)-1"),  # these three went from a heading of their own to a wider one
    ("12(b)-1", "12(b)-1"),
    ("13(a)-1", "13(a)-1"),
}


def moves_between(old: Code, new: Code) -> set[tuple[str, str]]:
    aligned = align(old, new)
    return {
        (aligned.old.addresses[node], aligned.new.addresses[aligned.new_of[node]])
        for node in moves(aligned)
    }


def without_ids(part: Provision) -> Provision:
    children = tuple(without_ids(child) for child in part.children)
    return Provision(None, part.number, part.heading, part.text, children=children)


def test_the_moves_of_title_34_from_first_to_last_are_told(corpus: Path) -> None:
    assert moves_between(title_34(0), title_34(LAST)) == MOVED_IN_TITLE_34


def test_from_one_publication_to_the_next_only_true_moves_are_told(corpus: Path) -> None:
    told = set()
    for old, new in pairwise(title_34(count) for count in range(FIRST_FEW)):
        told |= moves_between(old, new)
    assert told >= THERE_AND_BACK
    assert told <= THERE_AND_BACK | MOVED_IN_TITLE_34


def test_of_moves_planted_in_title_34_nearly_all_are_told_and_hardly_any_other(
    corpus: Path,
) -> None:
    tally = planted_in_title_34(range(10))
    print(f"Title 34 with moves planted: {tally.right} of {tally.told} told are right, "
          f"{tally.found} of {tally.planted} found")  # fmt: skip
    assert tally.right >= 0.99 * tally.told
    assert tally.found >= 0.98 * tally.planted > 50


@pytest.mark.parametrize("part", ["1002", "1013"])
def test_between_versions_of_regulations_only_true_moves_are_told(corpus: Path, part: str) -> None:
    folder = corpus / "legal" / "cfpb-regulations" / part / "regulation"
    versions = []
    for path in sorted(folder.glob("*.xml")):
        documents = [
            Document(one.document, one.title, provisions=tuple(map(without_ids, one.provisions)))
            for one in Regulation(path).code.documents
        ]
        versions.append(Code(tuple(documents)))
    told = set()
    for old, new in combinations(versions, 2):
        told |= moves_between(old, new)
    assert told == (MOVED_IN_REGULATIONS if part == "1002" else set())
