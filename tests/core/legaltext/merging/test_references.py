"""References and terms across sets: what follows, and what a person is told."""

from hypothesis import given, settings
from hypothesis import strategies as st

from engross.core.legaltext.change_sets import ChangeSet, SetDocument
from engross.core.legaltext.marks import edited_text
from engross.core.legaltext.merging import merge
from engross.core.legaltext.merging.referring import renumbered
from engross.core.legaltext.merging.rewriting import composed
from engross.core.legaltext.provisions import Code, Document, Inline, Provision
from tests.core.legaltext.merging import drafting
from tests.core.legaltext.merging.drafting import (
    delete,
    edit,
    insert,
    key,
    merged,
    move,
    not_used,
    renumber,
    texts,
)


def told(found, kind: str) -> list[tuple[str, str, str, str]]:
    return [
        (note.change_set, note.address, note.old, note.new)
        for note in found.notes
        if note.kind == kind
    ]


def test_a_reference_that_one_set_adds_follows_another_that_renumbers():
    found = merged((insert("D7", "D7.4", "D7.5", "See Section D8.2."),), (renumber("D8", "D12"),))

    assert texts(found.code)["D7.5"] == "See Section D12.2."
    assert told(found, "reference-follows") == [
        ("MP1", "Section D7.5", "Section D8.2", "Section D12.2")
    ]


def test_a_reference_in_words_that_one_set_changes_follows():
    found = merged(
        (edit("D7.1", ("ask for more", "act under Section D8.1")),),
        (renumber("D8.1", "D8.7"),),
    )

    assert texts(found.code)["D7.1"].endswith("It may act under Section D8.7.")


def test_a_reference_follows_a_move():
    found = merged(
        (edit("D7.1", ("", " See Section D9.1.")),),
        (move("D9.1", "D8", "D8.2", now="D8.3"), renumber("D9.1", "D8.3")),
    )

    assert texts(found.code)["D7.1"].endswith("See Section D8.3.")


def test_a_reference_follows_a_renamed_section():
    rename = SetDocument(("Section E", "Section X"), "document", "Section E", "Section X")
    found = merged((edit("D7.1", ("", " See Section E1.")),), (rename,))

    assert texts(found.code)["D7.1"].endswith("See Section X1.")


def test_a_reference_to_what_its_own_set_numbers_means_that():
    found = merged(
        (renumber("D8", "D12"), edit("D7.1", ("", " See Section D12.1."))),
        (renumber("D9", "D8"),),
    )

    assert texts(found.code)["D7.1"].endswith("See Section D12.1.")
    assert found.notes == ()


def test_a_reference_to_what_its_own_set_adds_follows_the_clause_above():
    found = merged(
        (insert("D7", "D7.4", "D7.5"), edit("D8.1", ("", " See Section D7.5."))),
        (renumber("D7", "D17"),),
    )

    assert texts(found.code)["D8.1"].endswith("See Section D17.5.")


def test_a_reference_that_the_renumbering_set_itself_puts_right_is_left_to_it():
    base = Code(
        (
            Document(
                "Section D",
                provisions=(
                    Provision(number="D1", text="See Section D9.2 now."),
                    Provision(
                        number="D9",
                        children=(Provision(number="D9.2"), Provision(number="D9.3")),
                    ),
                ),
            ),
        )
    )
    hashes = ("", "")
    text = base.documents[0].provisions[0].text
    one = drafting.Replace(key("D1"), hashes, ((text.index("2 now"), "2", "3"),))
    other = drafting.Replace(key("D1"), hashes, ((text.index("D9"), "D9", "D10"),))
    one, other = (
        drafting.Replace(
            key("D1"),
            (drafting.short_hash(text), drafting.short_hash(edited_text(text, op.edits))),
            op.edits,
        )
        for op in (one, other)
    )
    found = merge(
        base, [ChangeSet("MP1", (one,)), ChangeSet("MP2", (other, renumber("D9", "D10")))]
    )

    assert texts(found.code)["D1"] == "See Section D10.3 now."


def test_what_one_set_deletes_is_named_where_another_refers_to_it():
    found = merged((edit("D7.1", ("", " See Section D9.1.")),), (delete("D9"),))

    (note,) = found.notes
    assert (note.kind, note.change_set, note.address, note.old) == (
        "reference-to-deleted",
        "MP1",
        "Section D7.1",
        "Section D9.1",
    )
    assert note.says == "it refers to Section D9.1, which MP2 deletes"


def base_that_refers() -> Code:
    return Code(
        (
            Document(
                "Section D",
                provisions=(
                    Provision(
                        number="D1",
                        text="The rules of:",
                        children=(
                            Provision(number="D1.1", text="See Section D2.1(a) and paragraph (b)."),
                            Provision(number="D1.2", text="Nothing."),
                        ),
                    ),
                    Provision(
                        number="D2",
                        children=(
                            Provision(
                                number="D2.1",
                                text="It is subject to paragraph (a).",
                                children=(Provision(number="D2.1(a)", text="a rule."),),
                            ),
                        ),
                    ),
                ),
            ),
            Document(
                "Appendix L",
                provisions=(
                    Provision(number="1", text="As Section D2.1(a) says."),
                    Provision(number="2", text="As paragraph 1 says."),
                ),
            ),
        )
    )


def removing(base: Code, *numbers: str) -> ChangeSet:
    places = drafting.Places(base)
    operations = []
    for count, number in enumerate(numbers, start=1):
        node = places.nodes[number]
        before = places.previous_sibling(node)
        slot = drafting.Slot(
            places.keys[places.parents[node]], None if before is None else places.keys[before]
        )
        operations.append(drafting.Delete((number, f"-{count}"), slot, places.provision(node)))
    return ChangeSet("MP1", tuple(operations))


def test_references_of_the_base_to_what_is_deleted_are_named():
    base = base_that_refers()
    found = merge(base, [removing(base, "Section D/D2.1(a)")])

    assert [(note.address, note.old) for note in found.notes] == [
        ("Appendix L, 1", "Section D2.1(a)"),
        ("Section D1.1", "Section D2.1(a)"),
        ("Section D2.1", "paragraph (a)"),
    ]


def test_references_within_an_appendix_to_what_is_deleted_are_named():
    base = base_that_refers()
    found = merge(base, [removing(base, "Appendix L/1")])

    assert [(note.address, note.old) for note in found.notes] == [("Appendix L, 2", "paragraph 1")]


def test_what_is_put_to_not_used_counts_as_deleted():
    base = merged((edit("D7.1", ("", " See Section D8.1.")),)).code
    found = merge(base, [ChangeSet("MP1", (not_used("D8.1"),))])

    assert [note.says for note in found.notes] == ["it refers to Section D8.1, which MP1 deletes"]


def test_a_reference_that_the_deleting_set_takes_out_is_not_named():
    base = merged((edit("D7.1", ("", " See Section D8.1.")),)).code
    text = texts(base)["D7.1"]
    edits = ((text.index(" See"), " See Section D8.1.", ""),)
    hashes = drafting.short_hash(text), drafting.short_hash(edited_text(text, edits))
    found = merge(
        base, [ChangeSet("MP1", (drafting.Replace(key("D7.1"), hashes, edits), delete("D8.1")))]
    )

    assert found.notes == ()


def defining(name: str, meaning: str) -> ChangeSet:
    part = Provision(
        text=f"Working Day means {meaning}.", inlines=(Inline("strong", 0, len("Working Day")),)
    )
    slot = drafting.Slot(key("E"), key("E1"))
    return ChangeSet(name, (drafting.Insert(("+1", f"{name}¶"), slot, part),))


def test_a_term_that_two_sets_define_is_named():
    found = merge(drafting.BASE, [defining("MP1", "a day"), defining("MP2", "a long day")])

    assert [(note.kind, note.change_set, note.says) for note in found.notes] == [
        ("term-twice", "MP1", "it defines 'Working Day', and so does MP2"),
        ("term-twice", "MP2", "it defines 'Working Day', and so does MP1"),
    ]


def test_a_term_that_two_sets_define_alike_is_one_definition():
    found = merge(drafting.BASE, [defining("MP1", "a day"), defining("MP2", "a day")])

    assert found.notes == ()
    assert [outcome.kind for outcome in found.outcomes] == ["agreed"]


def test_only_the_end_of_a_number_that_is_printed_is_written_anew():
    assert renumbered("paragraph (b)", "D7.2(b)", "D8.2(b)") == "paragraph (b)"
    assert renumbered("paragraph (b)", "D7.2(b)", "D7.2(c)") == "paragraph (c)"
    assert renumbered("Section D7.2(b)", "D7.2(b)", "D7.2(c)") == "Section D7.2(c)"
    assert renumbered("Section D7.21", "D7.2", "D7.3") == "Section D7.21"
    assert renumbered("Clause 7.2", "D7.2", "D8.2") == "Clause 8.2"


@given(st.text("ab ", max_size=12), st.data())
@settings(max_examples=100, deadline=None)
def test_edits_of_an_edited_text_are_one_list_of_edits(text, data):
    first = data.draw(edits_of(text))
    middle = edited_text(text, first)
    then = data.draw(edits_of(middle))

    assert edited_text(text, composed(text, first, then)) == edited_text(middle, then)


@st.composite
def edits_of(draw, text):
    offsets = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pairs = list(zip(offsets[::2], offsets[1::2], strict=False))
    return tuple((a, text[a:b], draw(st.text("xy", max_size=3))) for a, b in pairs)
