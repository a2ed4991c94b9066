"""Numbered text and Markdown: read, written, and the same again."""

import textwrap

from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from engross.adapters.legaltext.numbered_text import (
    plain_lines,
    read_numbered_text,
    written_markdown,
)
from engross.adapters.legaltext.numbered_text.writing import written_plain
from engross.core.legaltext.provisions import Code, Document, Inline, Provision, Table

SAMPLE = """\
# Section D: Modification Process

## D1 Raising Modification Proposals

D1.1 Any Party may raise a proposal, and shall give:
(a) its name; and
(b) in respect of the change:
    (i) the text; and
    (ii) the reason,
in the form that the Panel sets.

### D1.2 Form of a proposal
A proposal shall be in writing.

D1.3 In this Section:

**Working Day** means a day that is no holiday.

| Step | Days |
| --- | --- |
| Report | 10 |
"""

READ = (
    Provision(
        number="D1",
        heading="Raising Modification Proposals",
        children=(
            Provision(
                number="D1.1",
                text="Any Party may raise a proposal, and shall give:",
                children=(
                    Provision(number="D1.1(a)", text="its name; and"),
                    Provision(
                        number="D1.1(b)",
                        text="in respect of the change:",
                        children=(
                            Provision(number="D1.1(b)(i)", text="the text; and"),
                            Provision(number="D1.1(b)(ii)", text="the reason,"),
                        ),
                    ),
                    Provision(text="in the form that the Panel sets."),
                ),
            ),
            Provision(
                number="D1.2",
                heading="Form of a proposal",
                text="A proposal shall be in writing.",
            ),
            Provision(
                number="D1.3",
                text="In this Section:",
                children=(
                    Provision(
                        text="Working Day means a day that is no holiday.",
                        inlines=(Inline("strong", 0, 11),),
                        table=Table((("Step", "Days"), ("Report", "10"))),
                    ),
                ),
            ),
        ),
    ),
)


def read(content, name="text"):
    return read_numbered_text(content, name=name)


def test_a_text_reads_as_its_numbers_marks_and_tables_say():
    text = read(SAMPLE)

    assert text.code.documents == (Document("Section D", "Modification Process", "en", READ),)
    assert text.remarks == []


def test_a_text_is_written_with_short_labels_and_nothing_said_that_goes_without():
    written = written_markdown(read(SAMPLE).code)

    assert written.losses == []
    assert "<!--" not in written.content
    assert "\n(ii) the reason,\n" in written.content
    assert read(written.content).code == read(SAMPLE).code


def test_lines_that_were_wrapped_are_one_paragraph_again_and_it_is_said():
    sentence = "The Panel shall consider every proposal at the meeting that follows its receipt. "
    paragraphs = [f"D1.{count} {sentence * 3}".strip() for count in range(1, 5)]
    wrapped = "\n\n".join(textwrap.fill(each, 70) for each in paragraphs)

    text = read(wrapped)

    assert list(plain_lines(text.code)) == paragraphs
    assert "the lines were wrapped at" in text.remarks[0]


def test_lines_that_are_paragraphs_stay_apart():
    short = "\n".join(["Alpha means the first letter of the alphabet of the Greeks."] * 9)

    assert len(list(plain_lines(read(short).code))) == 9


def test_odd_numbers_are_told_with_their_lines():
    text = read("# Section D:\n\nD1.1 One:\n(b) two;\n(d) three.\n")

    assert text.remarks == [
        "line 3: nothing above D1.1 is numbered D1",
        "line 4: the list begins with (b)",
        "line 5: (d) comes after (b)",
    ]


def test_a_contents_list_in_plain_text_is_no_row_of_documents():
    text = read("Section A: Terms\nSection B: Accession\nSection A: Terms\nA1 Terms\nA1.1 Words.\n")

    assert [each.document for each in text.code.documents] == ["Section A"]
    assert len(list(plain_lines(text.code))) == 5


def test_several_documents_stand_in_one_file():
    text = read("Section A: Terms\nA1 Terms\nSection B: Accession\nB1 Accession\n")

    assert [each.title for each in text.code.documents] == ["Terms", "Accession"]


WORDS = st.text(
    st.one_of(
        st.sampled_from(list("ab .:;*#|<>[]()\\`_-&^~\n\t1i\u00a0\u2028\r")),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)
KNOWN = """|D1|D1.1|D1.2|D1.1(a)|D1.1(h)|D1.1(i)|D1.1(i)(i)|D1.1(ii)|(a)|(i)|Part 2\
|5|5.1|5.1(b)|12A|D2.10A|1|2"""
NUMBERS = st.sampled_from(KNOWN.split("|"))
CELLS = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3)
KINDS = st.sampled_from(["strong", "emphasis", "superscript", "subscript", "link", "footnote"])


NO_CHILDREN = st.just(())


@st.composite
def provisions(draw, children=NO_CHILDREN):
    text = draw(WORDS)
    return Provision(
        number=draw(NUMBERS),
        heading=draw(st.none() | WORDS.filter(bool)),
        text=text,
        inlines=draw(st.just(UNSET) | marks(text)),
        table=draw(st.just(UNSET) | CELLS.map(lambda rows: Table(tuple(rows)))),
        children=draw(children),
    )


@st.composite
def marks(draw, text):
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    kind = draw(KINDS)
    if kind == "footnote":
        return (Inline(kind, start, start, draw(WORDS.filter(bool))),)
    if start == end:
        return UNSET
    note = "https://example.org/a" if kind == "link" else UNSET
    return (Inline(kind, start, end, note),)


TREES = st.recursive(
    provisions(),
    lambda inner: provisions(st.lists(inner, max_size=3).map(tuple)),
    max_leaves=8,
)


def documents(trees):
    return st.builds(
        Document,
        document=WORDS.filter(bool),
        title=WORDS,
        language=st.sampled_from(["en", "cy"]),
        provisions=st.lists(trees, max_size=4).map(tuple),
    )


def without_marks(provision):
    return replace(
        provision,
        inlines=UNSET,
        children=tuple(without_marks(each) for each in provision.children),
    )


@given(documents(TREES))
def test_what_is_written_reads_back_the_same_or_its_loss_is_told(document):
    written = written_markdown(Code((document,)))
    back = read(written.content).code.documents

    only_marks = all("marks" in each for each in written.losses)
    if not written.losses:
        (again,) = back
        assert again == document
    else:
        assert only_marks, written.losses
        (again,) = back
        plain = tuple(map(without_marks, again.provisions))
        assert plain == tuple(map(without_marks, document.provisions))


LINES = """D1 Raising;D1.1 Any Party may:;(a) one;(h) eight,;(i) nine;(ii) two;;closing words
Device means:;**Term** means x;| a | b |;## D2 Next;Section E: Rest;  (b) two
1. first;2021 was;- (c) item"""
LINE = st.one_of(st.sampled_from(LINES.replace("\n", ";").split(";")), WORDS)
FILES = st.tuples(
    st.sampled_from(["", "# Appendix L\n", "Section D: Modification Process\n"]),
    st.lists(LINE, max_size=12).map("\n".join),
).map("".join)


# Markdown's headings tell levels that plain lines do not have.
@given(FILES.filter(lambda content: "## " not in content))
def test_printing_what_was_printed_and_read_prints_the_same(content):
    once = "\n".join(plain_lines(read(content).code))
    twice = "\n".join(plain_lines(read(once).code))

    assert twice == once


@given(FILES)
def test_no_word_of_a_file_is_lost(content):
    text = read(content)
    printed = "\n".join(plain_lines(text.code))

    for word in ("nine", "closing", "eight", "means", "first", "item", "Next"):
        assert printed.count(word) == content.count(word)


def test_what_plain_lines_do_not_say_is_told_for_what_it_is():
    def losses(document, *provisions):
        return written_plain(Code((Document(document, "Title", provisions=provisions),))).losses

    clause = Provision(number="D1", text="Second")
    heading = "which words are a heading, where nothing but their place says it"
    assert losses("Section D", clause) == [f"Section D: {heading}"]
    name = "what the document is called"
    assert losses("Code of Works", clause) == [f"Code of Works: {name}"]
    stray = Provision(text="A line.", children=(Provision(text="Under it."),))
    under = "what stands under what, where numbers do not say it"
    assert losses("Section D", stray) == [f"Section D: {under}"]
