"""Provisions and documents that can be edited, and strategies that draft them.

The words are few, so that the same sentences, headings and short lines come again and again; there
are numbers twice, none, and out of order; texts and documents that are empty; tables and marks.
"""

from dataclasses import dataclass, field

from hypothesis import strategies as st
from msgspec import UNSET

from engross.core.legaltext.provisions import (
    NOT_USED,
    Code,
    Document,
    Inline,
    Provision,
    Table,
    root_label,
)

WORDS = (
    "the",
    "Panel",
    "shall",
    "notify",
    "each",
    "Party",
    "of",
    "a",
    "Device,",
    "(or",
    "it)",
    "é",
)
SENTENCES = (
    NOT_USED, NOT_USED, "and", "", "the Panel;", "The Panel shall notify each Party.",
    "Each User shall keep a record of the Device for two years.",
    "The Authority may direct the Code Administrator to review the register.",
)  # fmt: skip
HEADINGS = (None, None, "General", "Notices", "Duties of the Panel", "")
NAMES = ("Section D", "Section E", "Appendix 2", "Schedule 1", "Section ZA")

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)
any_words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
texts = st.one_of(words, words, st.sampled_from(SENTENCES), any_words)
headings = st.sampled_from(HEADINGS)
rows = st.lists(st.lists(st.sampled_from(WORDS), max_size=3).map(tuple), max_size=4)
tables = st.one_of(st.none(), st.none(), st.none(), rows.map(tuple).map(Table))


@dataclass
class Draft:
    """A provision that can be edited; `number` is only printed where `label` is None."""

    text: str
    heading: str | None = None
    id: str | None = None
    label: str | None = ""
    number: str = ""
    table: Table | None = None
    marked: bool = False
    children: list["Draft"] = field(default_factory=list)

    def provision(self, parent_number: str) -> Provision:
        """Return what is drafted, under a parent of this number."""
        number = self.number if self.label is None else self.label and parent_number + self.label
        marks = (Inline("strong", 0, min(3, len(self.text))),) if self.text else UNSET
        return Provision(
            id=self.id,
            number=number,
            heading=self.heading,
            text=self.text,
            inlines=marks if self.marked else UNSET,
            table=UNSET if self.table is None else self.table,
            children=tuple(child.provision(number) for child in self.children),
        )


@dataclass
class DraftDocument:
    """A document that can be edited."""

    name: str
    title: str
    children: list[Draft]

    def document(self) -> Document:
        """Return what is drafted."""
        root = root_label(self.name)
        return Document(
            self.name, self.title, "en", tuple(c.provision(root) for c in self.children)
        )


Documents = list[DraftDocument]


def code_of(documents: Documents) -> Code:
    """Return what is drafted."""
    return Code(tuple(one.document() for one in documents))


def _label(level: int, at: int) -> str:
    return (str(at + 1), f".{at + 1}", f"({'abcdefghjk'[at % 10]})", f"({'ixvcl'[at % 5]})")[level]


@st.composite
def drafts(draw: st.DrawFn, level: int = 0) -> Draft:
    """Give a provision with what stands under it; its label is set by its siblings."""
    strange = draw(st.integers(0, 9)) == 0
    count = draw(st.integers(0, 3)) if level < 3 else 0
    part = Draft(
        text=draw(texts), heading=draw(headings), table=draw(tables),
        marked=draw(st.integers(0, 7)) == 0, label=None if strange else "",
        number=draw(st.sampled_from(("", "7", "D1", "D1.1"))) if strange else "",
        children=[draw(drafts(level + 1)) for _ in range(count)],
    )  # fmt: skip
    number_anew(part.children, level + 1)
    return part


def number_anew(siblings: list[Draft], level: int) -> None:
    """Give siblings the labels of their order, but for those that print a number of their own."""
    for at, part in enumerate(siblings):
        if part.label is not None:
            part.label = _label(min(level, 3), at)


@st.composite
def drafted(draw: st.DrawFn, max_documents: int = 2) -> Documents:
    """Give documents with provisions, without ids."""
    names = draw(st.lists(st.sampled_from(NAMES), max_size=max_documents, unique=True))
    found = []
    for name in names:
        children = draw(st.lists(drafts(), max_size=4))
        number_anew(children, 0)
        found.append(DraftDocument(name, draw(st.sampled_from(("", "Title"))), children))
    return found


def give_ids(documents: Documents) -> None:
    """Give every provision a permanent id."""
    for at, (siblings, place) in enumerate(slots(documents)):
        siblings[place].id = f"p-{at}"


def slots(documents: Documents) -> list[tuple[list[Draft], int]]:
    """Return where every provision hangs: its list of siblings and its index there."""
    found: list[tuple[list[Draft], int]] = []

    def walk(siblings: list[Draft]) -> None:
        for place, part in enumerate(siblings):
            found.append((siblings, place))
            walk(part.children)

    for document in documents:
        walk(document.children)
    return found
