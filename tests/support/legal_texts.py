"""Small legal texts, and what edits make of them, for properties that must hold of any text.

@given(pairs())
def test_...(pair: tuple[Code, Code]) -> None: ...
"""

from hypothesis import strategies as st

from engross.core.legaltext.provisions import Code
from tests.support.legal_drafts import code_of, drafted, give_ids
from tests.support.legal_edits import edited


@st.composite
def codes(draw: st.DrawFn, max_documents: int = 2, ids: bool | None = None) -> Code:
    """Give a code; `ids`: all provisions with a permanent id, none, or either (None)."""
    documents = draw(drafted(max_documents))
    if draw(st.booleans()) if ids is None else ids:
        give_ids(documents)
    return code_of(documents)


@st.composite
def families(
    draw: st.DrawFn, versions: int = 2, edits: int = 4, ids: bool | None = None
) -> list[Code]:
    """Give a base and versions that were each edited from it apart from the others.

    `ids`: the base's provisions bear permanent ids or not; what is inserted bears none.
    """
    documents = draw(drafted())
    if draw(st.booleans()) if ids is None else ids:
        give_ids(documents)
    others = [draw(edited(documents, edits)) for _ in range(versions - 1)]
    return [code_of(documents), *(code_of(other) for other in others)]


def pairs(edits: int = 4, ids: bool | None = None) -> st.SearchStrategy[tuple[Code, Code]]:
    """Give an old text and the new one that a few edits made of it."""
    return families(2, edits, ids).map(lambda found: (found[0], found[1]))
