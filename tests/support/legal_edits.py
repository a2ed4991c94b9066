"""Random edits of drafted texts: what a later version may have become."""

from hypothesis import strategies as st

from engross.core.legaltext.provisions import NOT_USED
from tests.support.legal_drafts import (
    NAMES,
    WORDS,
    Documents,
    Draft,
    DraftDocument,
    drafts,
    headings,
    number_anew,
    slots,
    tables,
    texts,
)


def _copied(part: Draft) -> Draft:
    children = [_copied(child) for child in part.children]
    return Draft(part.text, part.heading, part.id, part.label, part.number, part.table,
                 part.marked, children)  # fmt: skip


def _without_ids(part: Draft) -> Draft:
    part.id = None
    for child in part.children:
        _without_ids(child)
    return part


@st.composite
def edited(draw: st.DrawFn, documents: Documents, edits: int) -> Documents:
    """Give a copy with at most so many edits; the drafts themselves stay."""
    copies = [
        DraftDocument(one.name, one.title, [_copied(c) for c in one.children]) for one in documents
    ]
    for _ in range(draw(st.integers(0, edits))):
        draw(st.sampled_from(EDITS))(draw, copies)
    if draw(st.integers(0, 3)) == 0:
        for one in copies:
            _renumbered(one.children, 0)
    return copies


def _renumbered(siblings: list[Draft], level: int) -> None:
    number_anew(siblings, level)
    for part in siblings:
        _renumbered(part.children, level + 1)


def _one(draw: st.DrawFn, documents: Documents) -> tuple[list[Draft], int] | None:
    found = slots(documents)
    return draw(st.sampled_from(found)) if found else None


def _reword(draw: st.DrawFn, documents: Documents) -> None:
    if found := _one(draw, documents):
        part = found[0][found[1]]
        said = part.text.split(" ")
        at = draw(st.integers(0, len(said)))
        said[at : at + draw(st.integers(0, 2))] = draw(st.lists(st.sampled_from(WORDS), max_size=2))
        part.text = " ".join(said)


def _set_part(draw: st.DrawFn, documents: Documents) -> None:
    if found := _one(draw, documents):
        part = found[0][found[1]]
        which = draw(st.integers(0, 3))
        if which == 0:
            part.heading = draw(headings)
        elif which == 1:
            part.table = draw(tables)
        elif which == 2:
            part.marked = not part.marked
        else:
            part.text = draw(texts)


def _delete(draw: st.DrawFn, documents: Documents) -> None:
    if found := _one(draw, documents):
        if draw(st.booleans()):
            del found[0][found[1]]
        else:
            found[0][found[1]].text = NOT_USED


def _insert(draw: st.DrawFn, documents: Documents) -> None:
    part = _without_ids(draw(drafts(2)))
    _hang(draw, documents, part)


def _hang(draw: st.DrawFn, documents: Documents, part: Draft) -> None:
    places = [one.children for one in documents]
    places += [siblings[at].children for siblings, at in slots(documents)]
    if not places:
        return
    siblings: list[Draft] = draw(st.sampled_from(places))
    siblings.insert(draw(st.integers(0, len(siblings))), part)
    if part.label is not None:
        part.label = draw(st.sampled_from(("A", ".9", "(z)", "2", "(aA)")))


def _move(draw: st.DrawFn, documents: Documents) -> None:
    if found := _one(draw, documents):
        _hang(draw, documents, found[0].pop(found[1]))


def _split(draw: st.DrawFn, documents: Documents) -> None:
    if found := _one(draw, documents):
        siblings, at = found
        first, _, rest = siblings[at].text.partition(" ")
        siblings[at].text = first
        siblings.insert(at + 1, Draft(rest, label="(zz)"))


def _join(draw: st.DrawFn, documents: Documents) -> None:
    if (found := _one(draw, documents)) and found[1] + 1 < len(found[0]):
        siblings, at = found
        siblings[at].text += " " + siblings.pop(at + 1).text


def _documents_edited(draw: st.DrawFn, documents: Documents) -> None:
    which = draw(st.integers(0, 3))
    free = sorted(set(NAMES) - {one.name for one in documents})
    if free and which == 0:
        documents.insert(0, DraftDocument(free[0], "Title", [Draft("New.", label="1")]))
    elif documents and which == 1:
        documents.pop()
    elif free and documents and which == 2:
        documents[0].name = free[-1]
    elif documents:
        documents[-1].title = "Another title"
        documents.reverse()


EDITS = (_reword, _reword, _reword, _set_part, _delete, _insert, _move, _move, _split, _join,
         _documents_edited)  # fmt: skip
