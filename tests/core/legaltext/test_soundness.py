"""What makes a text unfit to work on, and what is only remarked upon."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from engross.core.legaltext.provisions import Code, Document, Inline, Provision
from engross.core.legaltext.soundness import first_remarks_on, reasons_against, remarks_on
from tests.support.legal_texts import codes


def code(*provisions, name="Section D"):
    return Code((Document(name, provisions=provisions),))


def whats(text):
    return [reason.what for reason in reasons_against(text)]


def test_one_id_for_two_provisions_is_refused_with_both_places():
    text = code(
        Provision("p-1", "D1"), Provision("p-2", "D2", children=(Provision("p-1", "D2.1"),))
    )

    assert whats(text) == [
        "Section D: D2.1, provisions[1].children[0]: the id 'p-1' is already that of "
        "Section D: D1, provisions[0]"
    ]


def test_one_id_in_two_documents_is_refused():
    text = Code(
        (*code(Provision("p")).documents, *code(Provision("p"), name="Section E").documents)
    )

    assert len(whats(text)) == 1


def test_an_id_under_itself_is_called_a_cycle():
    text = code(Provision("p-1", children=(Provision(None, children=(Provision("p-1"),)),)))

    assert whats(text) == [
        "Section D: provisions[0].children[0].children[0]: 'p-1' stands under itself, a cycle"
    ]


def test_a_mark_outside_its_text_is_refused():
    inside, outside = Inline("strong", 0, 2), Inline("strong", 1, 3)
    text = code(Provision(text="ab", inlines=(inside, outside)))

    assert whats(text) == [
        "Section D: provisions[0].inlines[1] marks 1 to 3, and the text is 2 long"
    ]


def test_two_documents_of_one_name_are_refused():
    assert whats(Code((Document("Section D"), Document("Section D")))) == [
        "documents[0] and documents[1] are both called 'Section D'"
    ]


def test_sixty_four_levels_are_taken_and_one_more_is_not():
    part = Provision()
    for _ in range(63):
        part = Provision(children=(part,))

    assert whats(code(part)) == []
    assert whats(code(Provision(children=(part,)))) == ["Section D is nested deeper than 64 levels"]


def test_a_number_that_comes_twice_is_remarked_upon_but_not_limbs_of_definitions():
    limbs = (Provision(number="(a)"),)
    text = code(
        Provision(number="D1"),
        Provision(number="D1"),
        Provision(children=limbs),
        Provision(children=limbs),
    )

    assert remarks_on(text) == [
        "Section D: 2 provisions are numbered D1 (provisions[0] and provisions[1])"
    ]
    assert whats(text) == []


@given(st.integers(0, 9))
def test_only_the_first_remarks_are_put_into_words_and_all_are_counted(most):
    numbers = ("D1", "D2", "D3", "D3", "D2", "D1")
    document = code(*(Provision(number=number) for number in numbers)).documents[0]
    text = Code((document, replace(document, document="Section E")))
    every = remarks_on(text)

    assert len(every) == 8
    assert every[2] == "Section D: 2 provisions are numbered D3 (provisions[2] and provisions[3])"
    assert first_remarks_on(text, most=most) == (every[:most], 8)


def test_numbers_out_of_order_are_remarked_upon_once_for_each_list():
    text = code(*(Provision(number=number) for number in ("D2", "", "D10", "D9", "D8")))

    assert remarks_on(text) == ["Section D: D9 comes after D10"]


def test_a_list_is_read_with_its_own_parent_and_not_as_another_like_it():
    def listed(parent, *numbers):
        return Provision(number=parent, children=tuple(Provision(number=n) for n in numbers))

    text = code(
        listed("D1", "D1.1", "D1.2"), listed("D2", "D2.2", "D2.1"), listed("E3", "13", "12")
    )

    assert remarks_on(text) == [
        "Section D: D2.1 comes after D2.2",
        "Section D: 12 comes after 13",
    ]


@given(codes())
def test_any_drafted_text_is_sound(text):
    assert reasons_against(text) == []
