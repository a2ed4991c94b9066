"""A library that is not ours accepts and rejects what we track.

docx-revisions knows insertions and deletions in a paragraph; what was moved, it does not touch, and
it leaves the empty paragraphs and rows of what is gone. So clauses are compared by what they say.
"""

from collections.abc import Callable
from io import BytesIO

import docx
from docx_revisions import RevisionDocument

from engross.adapters.legaltext.word_writing import write_redline
from engross.core.legaltext.aligned import NONE, Aligned
from engross.core.legaltext.aligning import align
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code
from engross.core.legaltext.redlines import redline
from tests.support.illustrative import IllustrativeText
from tests.support.word_texts import said, sample, writable_pairs


def settled(data: bytes, act: Callable[[RevisionDocument], None]) -> list[str]:
    """Return what each paragraph and cell says when that library has done its work."""
    revised, held = RevisionDocument(BytesIO(data)), BytesIO()
    act(revised)
    revised.save(held)
    document = docx.Document(BytesIO(held.getvalue()))
    cells = [p for table in document.tables for row in table.rows for cell in row.cells
             for p in cell.paragraphs]  # fmt: skip
    return [line for one in (*document.paragraphs, *cells) if (line := unnumbered(one.text))]


def unnumbered(text: str) -> str:
    """Return what stands behind the last tab: a typed number has one, words may have one too."""
    return text.rsplit("\t", 1)[-1].strip()


def spoken(code: Code) -> list[str]:
    """Return what each paragraph of a text says, without its number; tables last."""
    places = Places(code)
    found: list[str] = []
    cells: list[str] = []
    for node, provision in enumerate(places.provisions):
        if provision is None:
            document = places.documents[node]
            found.append(document.document + (f": {document.title}" if document.title else ""))
        else:
            found += [provision.heading or "", provision.text]
            cells += [cell for row in (provision.table.rows if provision.table else ())
                      for cell in row]  # fmt: skip
    return [line for one in (*found, *cells) if (line := unnumbered(one))]


def without_moves(old: Code, new: Code) -> Aligned:
    """Return what comparison finds, with what was moved as taken away here and put there."""
    aligned = align(old, new)
    for line in redline(aligned):
        if line.fate == "moved-from":
            aligned.new_of[line.old] = aligned.old_of[line.new] = NONE
    return aligned


def assert_both(old: Code, new: Code) -> None:
    data = write_redline(without_moves(old, new), author="MP078", day="2021-09-22")
    assert settled(data, RevisionDocument.accept_all) == spoken(new)
    assert settled(data, RevisionDocument.reject_all) == spoken(old)


def test_another_library_gives_both_texts_of_real_versions() -> None:
    versions = IllustrativeText("sec").versions
    assert_both(versions["1.0"], versions["3.2"])


def test_another_library_gives_both_texts_of_any() -> None:
    for old, new in sample(writable_pairs(), 40):
        assert_both(said(old), said(new))
