"""What is derived from a code's text: references, terms, uses, applicability, and a whole check."""

from functools import cache

from benchmarks import benchmark, cpu_milliseconds
from benchmarks.legal_texts import legal_code
from benchmarks.legal_words import TERMS as USED
from engross.core.legaltext.numbers import sort_key
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Document, Inline, Provision

PROVISIONS = 30_000
WORDS = 1_000_000
MOST_TERMS = 2_000


@cache
def code_with_terms() -> Code:
    """Return a generated code of a million words, with a glossary of 2,000 terms before it."""
    made = [f"{first} {second}" for first in USED for second in USED if first != second]
    names = [*USED, *made][:MOST_TERMS]
    definitions = tuple(_definition(f"A1.{at}", name) for at, name in enumerate(names, 1))
    glossary = Document("Section A", "Definitions", provisions=definitions)
    documents = legal_code(provisions=PROVISIONS, words=WORDS, seed=1).documents
    return Code((glossary, *(each for each in documents if each.document != "Section A")))


def _definition(number: str, name: str) -> Provision:
    text = f"{name} means that which the {name} is in this Code."
    return Provision(number=number, text=text, inlines=(Inline("strong", 0, len(name)),))


@benchmark("sort keys of 30,000 numbers, none seen before", unit="ms", budget=60)
def sort_numbers() -> float:
    """Return milliseconds for the keys of every number in the code."""
    from engross.core.legaltext.numbers import order

    places = Places(code_with_terms())
    numbers = [each.number for each in places.provisions if each][:PROVISIONS]

    def sort_afresh() -> None:
        order._place_of.cache_clear()
        order._place_of_part.cache_clear()
        for number in numbers:
            sort_key(number)

    return cpu_milliseconds(sort_afresh)


@benchmark("references of 1M words, followed", unit="ms", budget=1_000)
def follow_references() -> float:
    """Return milliseconds for reading and following every reference."""
    from engross.core.legaltext.references import links_of

    places = Places(code_with_terms())
    return cpu_milliseconds(lambda: links_of(places), repeat=5)


@benchmark("uses of 2,000 terms in 1M words", unit="ms", budget=1_000)
def find_uses() -> float:
    """Return milliseconds for finding every use, once definitions and references are known."""
    from engross.core.legaltext.layers import Layers
    from engross.core.legaltext.terms import uses_of

    layers = Layers(Places(code_with_terms()))
    links, glossary = layers.links, layers.glossary
    return cpu_milliseconds(lambda: uses_of(layers.places, glossary, links), repeat=5)


@benchmark("all layers of 1M words: references, definitions, uses", unit="ms", budget=3_000)
def derive_layers() -> float:
    """Return milliseconds for all that is derived from the text."""
    from engross.core.legaltext.layers import Layers

    places = Places(code_with_terms())
    return cpu_milliseconds(lambda: Layers(places).uses, repeat=5)


@benchmark("applicability of 30,000 provisions", unit="ms", budget=1_000)
def apply_to_categories() -> float:
    """Return milliseconds for saying whom every provision applies to."""
    from engross.core.legaltext.applicability import Categories, applications_of

    words = {
        "large-suppliers": ("Large Supplier Party", "Supplier Party", "Party"),
        "small-suppliers": ("Small Supplier Party", "Supplier Party", "Party"),
        "electricity-networks": ("Electricity Network Party", "Network Party", "Party"),
        "gas-networks": ("Gas Network Party", "Network Party", "Party"),
        "other-sec-parties": ("Other SEC Party", "Party"),
        "dcc": ("DCC",),
    }
    places, categories = Places(code_with_terms()), Categories(words)
    return cpu_milliseconds(lambda: applications_of(places, categories), repeat=5)


@benchmark("a whole check of 1M words", unit="ms", budget=6_000)
def check_a_code() -> float:
    """Return milliseconds for everything that looks like a slip."""
    from engross.core.legaltext.checks import check

    code = code_with_terms()
    return cpu_milliseconds(lambda: check(code), repeat=3, warm_up=1)
