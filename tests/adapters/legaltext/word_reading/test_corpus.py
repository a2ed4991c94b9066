"""Word's own answers: every case of the corpus, accepted and rejected."""

from pathlib import Path

import pytest

from engross.adapters.legaltext.word_reading import read_word
from engross.core.legaltext.tracked import Paragraph, TrackedText
from engross.core.legaltext.tracked_sides import paragraphs_after, paragraphs_before

pytestmark = pytest.mark.corpus
FOLDER = "legal/docx-tracked-changes"
ACCEPTED, REJECTED = "-Accepted", "-Rejected"


def cases(corpus: Path) -> list[Path]:
    files = sorted((corpus / FOLDER / "accept-reject").glob("*.docx"))
    return [path for path in files if not path.stem.endswith((ACCEPTED, REJECTED))]


def shown(paragraphs: list[Paragraph]) -> list[tuple[object, ...]]:
    """Return what must agree: every paragraph, empty ones too, its number, words and cell."""
    return [(one.number, one.text, one.place, one.heading > 0) for one in paragraphs]


def answer(case: Path, ending: str) -> TrackedText | None:
    path = case.with_name(f"{case.stem}{ending}.docx")
    return read_word(path.read_bytes()) if path.exists() else None


def test_every_case_accepted_and_rejected_is_what_word_makes_of_it(corpus: Path) -> None:
    compared = {ACCEPTED: 0, REJECTED: 0}
    for case in cases(corpus):
        text = read_word(case.read_bytes())
        for ending, ours in ((ACCEPTED, paragraphs_after), (REJECTED, paragraphs_before)):
            if (expected := answer(case, ending)) is not None:
                compared[ending] += 1
                assert shown(ours(text)) == shown(paragraphs_after(expected)), (case.name, ending)
    assert compared == {ACCEPTED: 27, REJECTED: 25}


def test_an_answer_has_no_change_left_and_is_the_same_on_both_sides(corpus: Path) -> None:
    for case in cases(corpus):
        for ending in (ACCEPTED, REJECTED):
            if (expected := answer(case, ending)) is not None:
                assert paragraphs_before(expected) == paragraphs_after(expected), case.name


def test_every_revision_element_of_the_corpus_is_understood(corpus: Path) -> None:
    files = sorted((corpus / FOLDER).rglob("*.docx"))
    assert len(files) > 120
    for path in files:
        text = read_word(path.read_bytes())
        assert text.unknown == (), path.name
        assert text.paragraphs, path.name
