"""LibreOffice reads our Word files as we mean them: accepts, rejects and saves them.

What it loses of a file of ours: the language 'en' comes back with a country; a row whose cells are
all empty gets an invisible joiner; an empty paragraph that came or went stays behind: of random
texts `said` leaves the last two out. A paragraph behind a deleted one takes that one's style, on
LibreOffice's pages and in its .docx: where the two are unlike, a heading may come back as a text or
a clause at another level; the words and where they end are always there.
"""

from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from benchmarks.legal_edits import Plan, edited
from benchmarks.legal_texts import legal_code
from engross.adapters.legaltext.word_reading import code_after, code_before, read_word
from engross.adapters.legaltext.word_writing import write_redline, write_text
from engross.core.legaltext.aligning import align
from engross.core.legaltext.provisions import Code
from engross.core.legaltext.tracked import Paragraph
from engross.core.legaltext.tracked_sides import paragraphs_after, paragraphs_before
from tests.support.illustrative import IllustrativeText
from tests.support.libreoffice import Answer, asked
from tests.support.word_texts import lines_of, said, sample, writable_pairs

DAY = "2021-09-22"
STEPS = [("1.0", "3.2"), ("3.2", "1.0"), ("2.0", "2.1")]


def redline(old: Code, new: Code) -> bytes:
    return write_redline(align(old, new), author="MP078", day=DAY)


def words(lines: list[str]) -> list[str]:
    """Return lines without their numbers and without those that say nothing."""
    return [said for line in lines if (said := line.split("\t")[-1].strip())]


def texts(paragraphs: list[Paragraph]) -> list[str]:
    return [one.text for one in paragraphs]


def in_english(code: Code) -> Code:
    """Return a text with the language that LibreOffice gives one in English."""
    return Code(tuple(replace(document, language="en-US") for document in code.documents))


def assert_saved_words(saved: bytes, old: Code, new: Code) -> None:
    text = read_word(saved)
    assert words(texts(paragraphs_before(text))) == words(lines_of(old))
    assert words(texts(paragraphs_after(text))) == words(lines_of(new))


@pytest.fixture(scope="module")
def versions() -> dict[str, Code]:
    return dict(IllustrativeText("sec").versions)


@pytest.fixture(scope="module")
def any_texts() -> list[tuple[Code, Code]]:
    return [(said(old), said(new)) for old, new in sample(writable_pairs(), 60)]


@pytest.fixture(scope="module")
def generated() -> tuple[Code, Code]:
    code = legal_code(provisions=3_000, words=60_000, seed=1)
    plan = Plan(edited=0.2, inserted=0.05, deleted=0.05, moved=0.02)
    return section_d(code), section_d(edited(code, plan, seed=2)[0])


@pytest.fixture(scope="module")
def answers(
    versions: dict[str, Code], any_texts: list[tuple[Code, Code]], generated: tuple[Code, Code]
) -> Mapping[str, Answer]:
    """Return what one LibreOffice makes of every file of these tests."""
    files = {f"{old}-{new}": redline(versions[old], versions[new]) for old, new in STEPS}
    files["clean"] = write_text(versions["3.2"])
    files["undated"] = write_redline(align(versions["1.0"], versions["3.2"]), author="MP078")
    files["generated"] = redline(*generated)
    files |= {f"text-{at}": redline(*pair) for at, pair in enumerate(any_texts)}
    return asked(files)


def test_libreoffice_accepts_and_rejects_all_of_real_versions_exactly(answers, versions) -> None:
    for old, new in STEPS:
        answer = answers[f"{old}-{new}"]
        assert answer.rejected == lines_of(versions[old])
        assert answer.accepted == lines_of(versions[new])
        assert_saved_words(answer.saved, versions[old], versions[new])
    saved = read_word(answers["1.0-3.2"].saved)
    assert code_before(saved, "").code == in_english(versions["1.0"])
    assert code_after(saved, "").code == in_english(versions["3.2"])
    assert answers["clean"].accepted == answers["clean"].rejected == lines_of(versions["3.2"])


def test_libreoffice_accepts_and_rejects_all_of_any_text_exactly(answers, any_texts) -> None:
    for at, (old, new) in enumerate(any_texts):
        answer = answers[f"text-{at}"]
        assert answer.rejected == lines_of(old)
        assert answer.accepted == lines_of(new)
        assert_saved_words(answer.saved, old, new)


def test_changes_without_a_day_are_kept_apart_too(answers, versions) -> None:
    assert answers["undated"].rejected == lines_of(versions["1.0"])
    assert answers["undated"].accepted == lines_of(versions["3.2"])


def test_a_typed_number_behind_a_deleted_clause_stays_the_only_one(answers, generated) -> None:
    old, new = generated
    assert answers["generated"].accepted == lines_of(new)
    assert answers["generated"].rejected == lines_of(old)


def section_d(code: Code) -> Code:
    """Return the Section in which a clause is deleted before one whose number is typed."""
    return Code(tuple(each for each in code.documents if each.document == "Section D"))
