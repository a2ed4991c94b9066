"""Our Word files come back as what they were written from: every provision, id and hash."""

from itertools import pairwise

from hypothesis import given, settings

from engross.adapters.legaltext.word_reading import code_after, code_before, read_word
from engross.adapters.legaltext.word_writing import losses_of, write_redline, write_text
from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.aligning import align
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Document, Inline, Provision, text_hash
from tests.support.illustrative import IllustrativeText
from tests.support.word_files import paragraph, run, word_file
from tests.support.word_texts import marked_codes, writable_codes, writable_pairs


def one(**said: object) -> Code:
    return Code((Document("Section D", provisions=(Provision(**said),)),))


@settings(max_examples=60)
@given(writable_pairs())
def test_a_redline_reads_back_as_both_texts(pair: tuple[Code, Code]) -> None:
    old, new = pair
    read = read_word(write_redline(align(old, new), author="MP078", day="2021-09-22"))

    assert code_before(read, "").code == old
    assert code_after(read, "").code == new


@settings(max_examples=40)
@given(writable_codes())
def test_a_text_keeps_its_hash(code: Code) -> None:
    assert losses_of(code) == []
    assert text_hash(code_after(read_word(write_text(code)), "").code) == text_hash(code)


@settings(max_examples=60)
@given(marked_codes())
def test_what_is_not_said_to_be_lost_comes_back(code: Code) -> None:
    read = code_after(read_word(write_text(code)), "").code

    if losses_of(code):
        assert lines(read) == lines(code)
    else:
        assert text_hash(read) == text_hash(code)


def lines(code: Code) -> list[tuple[str, str | None, str]]:
    places = [each for each in Places(code).provisions if each is not None]
    return [(each.number, each.heading, each.text) for each in places]


def test_every_step_of_the_illustrative_text_reads_back() -> None:
    versions = list(IllustrativeText("sec").versions.values())
    for old, new in pairwise(versions):
        read = read_word(write_redline(align(old, new), author="MP078"))
        assert code_before(read, "").code == old
        assert code_after(read, "").code == new


def test_ids_are_those_of_each_side() -> None:
    old = Places(one(id="p-1", number="D1", text="A clause."))
    new = Places(one(id="p-2", number="D1", text="A clause."))
    read = read_word(write_redline(Aligned(old, new, [0, 1], [0, 1]), author="MP078"))

    assert code_before(read, "").code == old.code
    assert code_after(read, "").code == new.code


def test_what_word_does_not_carry_is_listed() -> None:
    marks = (Inline("strong", 0, 3), Inline("strong", 3, 5), Inline("emphasis", 5, 5))
    code = Code(
        (
            *one(
                id="p_1 of another system", number="D1", text="A clause.", inlines=marks
            ).documents,
            Document("Section E", language="cy"),
        )
    )

    assert losses_of(code) == [
        "Section E: its language, for the first document's is one for all",
        "Section D1: its id 'p_1 of another system', for a bookmark holds 32 letters, digits "
        "and hyphens",
        "Section D1: a mark over nothing (emphasis)",
        "Section D1: that two marks lie over or beside each other (strong)",
    ]


def test_a_clause_copied_with_its_bookmark_is_a_new_clause() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="engross_p_1"/><w:bookmarkEnd w:id="1"/>'
    body = "".join(paragraph(mark + run(f"D{at} A clause.")) for at in (1, 2))
    (document,) = code_after(read_word(word_file(body)), "Section D").code.documents

    assert [each.id for each in document.provisions] == ["p-1", None]
