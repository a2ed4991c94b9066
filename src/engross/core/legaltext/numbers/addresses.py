"""Where in a code a number stands: names of documents, whole addresses, and their URL form."""

from typing import NamedTuple

from engross.core.legaltext.numbers.grammar import end_of_digits, end_of_letters, letters_value
from engross.core.legaltext.numbers.order import SortKey, sort_key
from engross.core.legaltext.provisions import root_label

FAMILIES = ("Section", "Schedule", "Appendix", "Annex")

_SLUGS = {family.lower(): family for family in FAMILIES}


class Address(NamedTuple):
    """A number within a document of a code; the number is '' where the whole document is meant."""

    document: str
    number: str = ""

    def __str__(self) -> str:
        if not self.number:
            return self.document
        root = root_letter(self.document)
        if root and self.number.startswith(root) and self.number[len(root) :][:1].isdecimal():
            return f"Section {self.number}"
        return f"{self.document}, {self.number}"

    @property
    def slug(self) -> str:
        """Return the address as a path: 'section/D/7.2', 'appendix/AB/5.1(a)'.

        A web address still percent-codes what it must; '/' and '~' within a name are '~1', '~0'.
        """
        head = document_slug(self.document)
        if not self.number:
            return head
        root = root_letter(self.document)
        rest = self.number[len(root) :] if root and self.number.startswith(root) else ""
        if rest[:1].isdecimal():
            return f"{head}/{_escaped(rest)}"
        # A Section's paragraph without its letter is marked, so that none is put before it.
        is_bare = bool(root) and self.number[0].isdecimal()
        return f"{head}/{'=' if is_bare or self.number[0] == '=' else ''}{_escaped(self.number)}"

    @property
    def sort_key(self) -> tuple[tuple[int, SortKey], SortKey]:
        """Return what sorts addresses: by document, then by number."""
        return document_key(self.document), sort_key(self.number)


def root_letter(document: str) -> str:
    """Return the letter that a Section's numbers begin with, '' in every other document."""
    label = root_label(document)
    return label if label.isalpha() else ""


def document_key(document: str) -> tuple[int, SortKey]:
    """Return what sorts documents: Sections, Schedules, Appendices A to Z, then AA; then others."""
    family, _, label = document.partition(" ")
    if family not in FAMILIES:
        return len(FAMILIES), sort_key(document)
    if label.isascii() and label.isalpha() and len(label) <= 3:
        return FAMILIES.index(family), ((0, letters_value(label)), label)
    return FAMILIES.index(family), ((1, *sort_key(label)[0]), label)


def document_slug(document: str) -> str:
    """Return a document's name as a path: 'section/D', 'appendix/AB'; others 'document/…'."""
    family, gap, label = document.partition(" ")
    if gap and label and family in FAMILIES:
        return f"{family.lower()}/{_escaped(label)}"
    return f"document/{_escaped(document)}"


def address_from_slug(slug: str) -> Address:
    """Return the address that a path names; the opposite of `Address.slug`.

    Raises ValueError where the path names none.
    """
    family, _, rest = slug.partition("/")
    label, _, number = rest.partition("/")
    if not label or "/" in number or (family not in _SLUGS and family != "document"):
        raise ValueError(f"{slug!r} is not the path of a provision")
    label = _plain(label)
    document = label if family == "document" else f"{_SLUGS[family]} {label}"
    root = root_letter(document) if number[:1].isdecimal() else ""
    return Address(document, root + _plain(number.removeprefix("=")))


def parse_address(text: str) -> Address:
    """Return the address that a person wrote: 'Section D7.2(a)', 'Appendix L, 5.1', 'D7.2'.

    Raises ValueError where the text is empty.
    """
    text = " ".join(text.split())
    if not text:
        raise ValueError("an address needs at least a number or a document")
    family, _, rest = text.partition(" ")
    if family not in FAMILIES or not rest:
        document, comma, number = text.rpartition(", ")
        if comma:
            return Address(document, number)
        root = _section_of(text)
        return Address(f"Section {root}", text) if root else Address(text)
    if family == "Section" and _section_of(rest):
        return Address(f"Section {_section_of(rest)}", rest)
    document, comma, number = rest.rpartition(", ")
    if not comma:
        document, _, number = rest.partition(" ")
    return Address(f"{family} {document}", number.removeprefix("§").strip())


def _section_of(number: str) -> str:
    """Return the letter of a number such as D7.2, '' where it is none."""
    end = end_of_letters(number, 0)
    if not 0 < end <= 2 or not number[:end].isupper() or end_of_digits(number, end) == end:
        return ""
    return number[:end]


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _plain(name: str) -> str:
    return name.replace("~1", "/").replace("~0", "~")
