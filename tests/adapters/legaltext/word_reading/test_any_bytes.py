"""Whatever the bytes, a file gives a text or a clear refusal; and the two sides stay sound."""

import io
import random
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from engross.adapters.legaltext.word_reading import code_after, code_before, read_word
from engross.core.legaltext.tracked import TrackedText
from engross.core.legaltext.tracked_changes import changes_of
from engross.core.legaltext.tracked_sides import paragraphs_after, paragraphs_before
from engross.core.refusals import Refused
from tests.support.word_files import (
    CLAUSES,
    SPACES,
    WHO,
    deleted,
    inserted,
    listed,
    package_parts,
    packed,
    paragraph,
    row,
    run,
    word_file,
)

RICH = word_file(
    listed(run("a") + inserted("b"), mark="ins")
    + listed(deleted("c"), level=1, mark="del")
    + f"<w:tbl>{row(paragraph(run('1')), paragraph(inserted('2')), mark='ins')}</w:tbl>"
    + paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("code"))
    + paragraph("<m:oMath><m:sSup><m:e/><m:sup><m:t>2</m:t></m:sup></m:sSup></m:oMath>"),
    {"numbering": CLAUSES},
)
_NAMES = (
    "p r t delText ins del moveFrom moveTo moveFromRangeStart moveToRangeEnd pPr rPr numPr numId "
    "ilvl pPrChange rPrChange tbl tr tc trPr tcPr cellIns cellDel cellMerge gridSpan vMerge sdt "
    "sdtContent hyperlink fldChar instrText fldSimple footnoteReference br tab sym txbxContent "
    "pict drawing sectPr sectPrChange numberingChange outlineLvl ind pStyle b i vertAlign vanish "
    "customXml customXmlInsRangeStart altChunk ruby rubyBase body document smartTag bookmarkStart "
    "unknown"
)
NAMES = _NAMES.split()


def looked_at(content: bytes) -> TrackedText | None:
    """Read and look at a file in every way; None where it is refused with a reason."""
    try:
        text = read_word(content, unknown="name")
    except Refused as refusal:
        problem = refusal
    else:
        changes_of(text)
        code_before(text, "x")
        code_after(text, "x")
        return text
    assert all(reason.what and reason.remedy for reason in problem.reasons)
    return None


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_kindly(content: bytes) -> None:
    assert looked_at(content) is None


@given(st.integers(0, len(RICH) - 1), st.binary(min_size=1, max_size=6))
def test_a_file_with_bytes_changed_gives_a_text_or_a_refusal(at: int, change: bytes) -> None:
    looked_at(RICH[:at] + change + RICH[at + len(change) :])


@given(st.integers(0, len(RICH)))
def test_a_file_cut_off_anywhere_gives_a_text_or_a_refusal(length: int) -> None:
    looked_at(RICH[:length])


@given(st.data())
def test_a_part_with_its_xml_changed_gives_a_text_or_a_refusal(data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(RICH)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    part = parts[name]
    start = data.draw(st.integers(0, len(part)))
    end = data.draw(st.integers(start, min(start + 40, len(part))))
    put = data.draw(
        st.sampled_from([b"", b"<", b"&#x1;", b"\xff", b'"', b"]]>", part[start:end] * 2])
    )
    looked_at(packed(parts | {name: part[:start] + put + part[end:]}))


def elements(depth: int) -> st.SearchStrategy[str]:
    """Return well-formed elements of Word's names, nested as no program would nest them."""
    attributes = st.sampled_from([
        "", WHO, 'w:val="1"', 'w:val="x"', 'w:fldCharType="begin"', 'w:fldCharType="end"',
        'w:id="1" w:name="m"', 'w:original="%1:9999999999:2:."', 'w:val="-99999999999999999999"',
        'w:vMerge="cont"', 'w:char="D800"', 'w:val="1e999"',
    ])  # fmt: skip
    inside = st.just("words") if depth == 0 else st.lists(
        elements(depth - 1), max_size=3
    ).map("".join)  # fmt: skip
    return st.builds(
        lambda name, given, content: f"<w:{name} {given}>{content}</w:{name}>",
        st.sampled_from(NAMES), attributes, inside,
    )  # fmt: skip


@given(st.lists(elements(4), min_size=1, max_size=4).map("".join))
def test_elements_in_any_order_give_a_text_or_a_refusal(body: str) -> None:
    among = f"{body}<w:p>{body}</w:p><w:p><w:r>{body}</w:r><w:pPr>{body}</w:pPr></w:p>"
    document = f"<w:document {SPACES}><w:body>{among}</w:body></w:document>"
    looked_at(packed(package_parts(document, {"numbering": CLAUSES})))


@given(st.integers(0, 10_000))
def test_words_stand_on_the_sides_that_their_revisions_say(seed: int) -> None:
    """The reader against the obvious: the words of all kept and deleted, or inserted, pieces."""
    chance = random.Random(seed)
    kinds = {"k": run, "i": inserted, "d": deleted}
    drawn = [
        ([(chance.choice("kkid"), f"w{at}.{one}") for one in range(chance.randrange(4))],
         chance.choice(["", "", "ins", "del"]))
        for at in range(chance.randrange(1, 8))
    ]  # fmt: skip
    body = "".join(
        paragraph("".join(kinds[kind](word) for kind, word in pieces), mark=mark)
        for pieces, mark in drawn
    )
    text = read_word(word_file(body))
    for gone, found in (("i", paragraphs_before(text)), ("d", paragraphs_after(text))):
        words = "".join(word for pieces, _ in drawn for kind, word in pieces if kind != gone)
        assert "".join(one.text for one in found) == words
        marks = sum(mark != {"i": "ins", "d": "del"}[gone] for _, mark in drawn)
        assert marks <= len(found) <= marks + 1
