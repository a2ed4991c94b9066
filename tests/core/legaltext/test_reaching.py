"""What a change set does to each provision of its base, told from the set alone."""

from hypothesis import given, settings

from engross.core.legaltext.aligned import NONE
from engross.core.legaltext.aligning import align
from engross.core.legaltext.changing import changes_from
from engross.core.legaltext.provisions import Code, Document, Provision, body_of
from engross.core.legaltext.reaching import touches_of
from tests.support.legal_texts import families


@given(families(2, edits=4, ids=True))
@settings(max_examples=60, deadline=None)
def test_every_provision_that_reads_otherwise_or_goes_is_told(texts: list[Code]):
    aligned = align(*texts)
    touched = {touch.key for touch in touches_of(changes_from(aligned, "MP1"))}

    for node, provision in enumerate(aligned.old.provisions):
        new = aligned.new_of[node]
        if provision is None or provision.id is None:
            continue
        if new == NONE or body_of(aligned.new.provision(new)) != body_of(provision):
            assert aligned.old.keys[node] in touched


@given(families(2, edits=4, ids=True))
@settings(max_examples=60, deadline=None)
def test_what_is_told_is_told_at_something_that_the_base_has(texts: list[Code]):
    aligned = align(*texts)

    for touch in touches_of(changes_from(aligned, "MP1")):
        assert aligned.old.find(touch.key) is not None, touch


def code(*provisions: Provision) -> Code:
    return Code((Document("Section D", provisions=provisions),))


def clause(ident: str, text: str, *children: Provision) -> Provision:
    return Provision(ident, ident.upper(), text=text, children=children)


def test_it_is_said_in_a_few_words():
    old = code(clause("d1", "Any Party may raise a proposal."), clause("d2", "The Panel meets."))
    new = code(
        clause("d1", "Any Party may raise a proposal at any time."),
        clause("d2", "[Not Used]"),
        Provision(None, "D3", text="A clause that is new altogether."),
    )

    assert touches_of(changes_from(align(old, new), "MP1")) == [
        ("d1", "changes its text"),
        ("d2", "leaves it as not used"),
        ("d2", "adds D3 after it"),
    ]
