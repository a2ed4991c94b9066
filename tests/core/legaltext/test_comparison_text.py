"""A comparison as a person reads it in a terminal."""

from engross.core.legaltext.comparison import compare
from engross.core.legaltext.comparison_text import comparison_text
from engross.core.legaltext.provisions import Code, Document, Provision, Table

DUTIES = [
    f"Each User shall keep a record of the {thing} that it has installed for two years."
    for thing in ("Device", "Hub", "Meter", "Firmware", "Display")
]


def code(*texts: str, title: str = "Records") -> Code:
    clauses = tuple(Provision(number=f"D1.{at}", text=text) for at, text in enumerate(texts, 1))
    clause = Provision(number="D1", heading=title, children=clauses)
    return Code((Document("Section D", "Title", provisions=(clause,)),))


def test_the_figures_stand_on_top_and_each_change_below() -> None:
    new = code(DUTIES[0], DUTIES[1].replace("two", "six"), DUTIES[2])
    lines = comparison_text(compare(code(*DUTIES[:3]), new)).splitlines()
    assert lines == [
        "changed    1",
        "unchanged  3 of 4",
        "1 words and marks taken away, 1 put there",
        "",
        "D1.2  changed: Each User shall keep a record of the Hub that it has installed for "
        "[-two-]{+six+} years.",
    ]


def test_a_run_that_shifts_is_one_line() -> None:
    new = code(DUTIES[0], "A new duty, of other words than any.", *DUTIES[1:])
    text = comparison_text(compare(code(*DUTIES), new))
    assert "D1.2 to D1.5 became D1.3 to D1.6\n" in text
    assert text.count("became") == 1


def test_a_heading_a_table_and_a_document_are_told() -> None:
    old = code(*DUTIES[:2])
    table = Provision(number="D2", text=DUTIES[3], table=Table((("a", "b"),)))
    documents = Document("Section D", "New Title", provisions=(
        *code(*DUTIES[:2], title="Keeping Records").documents[0].provisions, table,
    ))  # fmt: skip
    text = comparison_text(compare(old, Code((documents,))))
    assert "document  changed: ({+New +}Title)" in text
    assert "D1  changed: ({+Keeping +}Records)" in text
    assert "    row 1 inserted: {+a+} | {+b+}" in text


def test_a_split_names_its_parts() -> None:
    text = comparison_text(compare(code(f"{DUTIES[0]} {DUTIES[1]}"), code(*DUTIES[:2])))
    assert "D1.1  split" in text
    assert "    into D1.1, D1.2" in text


def test_equal_texts_are_said_to_be_the_same() -> None:
    assert comparison_text(compare(code(*DUTIES), code(*DUTIES))).startswith(
        "The texts are the same.\n"
    )
