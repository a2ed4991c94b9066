"""A generated code of any size, for measuring: sections, clauses, paragraphs and sub-paragraphs.

    code = legal_code(provisions=30_000, words=1_000_000, seed=1)
    new, truth = edited(code, Plan(edited=0.05), seed=2)      # benchmarks/legal_edits.py

The same seed gives the same text on every machine. Short boilerplate ('[Not Used]', 'and') and
whole sentences come again in many places, as they do in law; no provision has a permanent id.
"""

from collections.abc import Sequence
from random import Random

from benchmarks.legal_words import (
    BOILERPLATE,
    HEADINGS,
    ITEMS,
    MODALS,
    OBJECTS,
    PARTICIPLES,
    QUALIFIERS,
    SUBJECTS,
    TERMS,
    VERBS,
)
from engross.core.legaltext.provisions import Code, Document, Provision, Table

LETTERS = "ABCDEFGHIJKLMNPTX"
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv",
         "xv", "xvi", "xvii", "xviii", "xix", "xx")  # fmt: skip
PROVISIONS_IN_A_DOCUMENT = 700


class Drafter:
    """Writes headings, sentences and lines of lists."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def _filled(self, phrase: str) -> str:
        choice = self.random.choice
        if "{" not in phrase:
            return phrase
        parts = phrase.split("{")
        kinds = {
            "t": lambda: choice(TERMS),
            "n": lambda: str(self.random.randrange(2, 60)),
            "v": lambda: choice(PARTICIPLES),
            "r": self._reference,
        }
        return parts[0] + "".join(kinds[part[0]]() + part[2:] for part in parts[1:])

    def _reference(self) -> str:
        choice = self.random.choice
        letter = choice(LETTERS)
        return f"Section {letter}{self.random.randrange(1, 12)}.{self.random.randrange(1, 9)}"

    def sentence(self, words: int) -> str:
        """Return a sentence of about so many words."""
        choice = self.random.choice
        said = self._filled(
            f"{choice(SUBJECTS)} {choice(MODALS)} {choice(VERBS)} {choice(OBJECTS)}"
        )
        while said.count(" ") + 1 < words - 4:
            said += choice((", ", " ", " ")) + self._filled(choice(QUALIFIERS))
        return said[0].upper() + said[1:]

    def paragraph(self, words: int) -> str:
        """Return one to three sentences of about so many words together."""
        parts = max(1, round(words / 35))
        return ". ".join(self.sentence(words // parts) for _ in range(parts))

    def heading(self) -> str:
        """Return a heading such as 'Duties of the Panel'."""
        return self._filled(self.random.choice(HEADINGS))

    def item(self, words: int) -> str:
        """Return a sub-paragraph: a line of a list, of about so many words."""
        said = self._filled(self.random.choice(ITEMS))
        while said.count(" ") + 1 < words - 4:
            said = f"{said[:-1]} {self._filled(self.random.choice(QUALIFIERS))};"
        return said


def label(level: int, index: int) -> str:
    """Return a child's own label at a level: 1 is '.3', 2 is '(c)', 3 is '(iii)', from index 0."""
    if level <= 1:
        return f".{index + 1}"
    if level == 2:
        letters = "abcdefghjklmnopqrstuvwxyz"
        return f"({letters[index] if index < 25 else 'a' + letters[index % 25]})"
    return f"({ROMAN[index % len(ROMAN)]})"


class _Generator:
    def __init__(self, random: Random, words: float) -> None:
        self.random = random
        self.draft = Drafter(random)
        self.words = words  # of a provision, on average
        self.made = 0

    def text(self, level: int) -> str:
        if self.random.random() < 0.06:
            return self.random.choice(BOILERPLATE)
        long = self.words * (1.5 if level == 1 else 0.9)
        length = max(6, round(self.random.gauss(long, long / 3)))
        return self.draft.paragraph(length) if level == 1 else self.draft.item(length)

    def provision(self, number: str, level: int) -> Provision:
        self.made += 1
        text, random = self.text(level), self.random
        if text == "[Not Used]":
            return Provision(number=number, text=text)
        children: tuple[Provision, ...] = ()
        if level < 3 and random.random() < (0.4 if level == 1 else 0.16):
            text = f"{text.rstrip('.;')}:"
            count = random.randrange(2, 9)
            children = tuple(
                self.provision(number + label(level + 1, at), level + 1) for at in range(count)
            )
            if level == 1 and random.random() < 0.15:
                children += (self.closing(),)
        elif level == 1:
            text = f"{text.rstrip('.')}."
        if level == 1 and random.random() < 0.01:
            return Provision(number=number, text=text, table=self.table(), children=children)
        return Provision(number=number, text=text, children=children)

    def closing(self) -> Provision:
        self.made += 1
        return Provision(text=f"{self.draft.sentence(round(self.words / 2))}.")

    def table(self) -> Table:
        heads = ("Item", "Responsible Party", "Period")
        count = self.random.randrange(2, 8)
        rows = [(str(at + 1), self.random.choice(TERMS), self.draft.item(8)) for at in range(count)]
        return Table(rows=(heads, *rows))

    def clause(self, number: str) -> Provision:
        self.made += 1
        children = tuple(
            self.provision(f"{number}.{at + 1}", 1) for at in range(self.random.randrange(3, 16))
        )
        return Provision(number=number, heading=self.draft.heading(), children=children)

    def document(self, name: str, root: str, size: int = PROVISIONS_IN_A_DOCUMENT) -> Document:
        began = self.made
        clauses: list[Provision] = []
        while self.made - began < size:
            clauses.append(self.clause(f"{root}{len(clauses) + 1}"))
        title = f"{self.draft.heading()} and {self.draft.heading()}"
        return Document(name, title, "en", tuple(clauses))


def legal_code(*, provisions: int = 30_000, words: int = 1_000_000, seed: int = 1) -> Code:
    """Return a code of at least so many provisions, of about so many words, without ids."""
    random = Random(seed)  # noqa: S311 - for measuring, not for secrets
    generator = _Generator(random, 1.06 * words / provisions)
    documents = [
        generator.document(f"Section {letter}", letter)
        for letter in LETTERS
        if generator.made < provisions
    ]
    while generator.made < provisions:
        documents.append(generator.document(f"Appendix {len(documents) - len(LETTERS) + 1}", ""))
    return Code(tuple(documents))


def code_of_documents(sizes: Sequence[int], *, words: int, seed: int = 1) -> Code:
    """Return a code of a document for each size: Sections by letter first, then Appendices."""
    random = Random(seed)  # noqa: S311 - for measuring, not for secrets
    generator = _Generator(random, 1.06 * words / sum(sizes))
    names = [(f"Section {letter}", letter) for letter in LETTERS]
    names += [(f"Appendix {number}", "") for number in range(1, len(sizes))]
    return Code(tuple(
        generator.document(name, root, size)
        for (name, root), size in zip(names, sizes, strict=False)
    ))  # fmt: skip
