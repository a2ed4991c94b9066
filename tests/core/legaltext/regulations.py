"""Reads a US regulation of the corpus with its answer key: marked definitions, uses, references.

The texts become a code like any other, whose provisions bear the file's labels as ids; the marks go
into the key and nowhere else.
"""

from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from engross.core.legaltext.provisions import Code, Document, Provision, provisions_of

NS = "{eregs}"
HOLDERS = {f"{NS}{name}" for name in ("section", "paragraph", "interpSection", "interpParagraph")}
HEADINGS = [f"{NS}{name}" for name in ("subject", "title")]


@dataclass
class Key:
    """What the file marks, by the label of the paragraph and the span in its text."""

    definitions: set[tuple[str, str]] = field(default_factory=set)
    uses: set[tuple[str, int, int, str]] = field(default_factory=set)
    references: set[tuple[str, int, int, str]] = field(default_factory=set)
    external: set[tuple[str, int, int]] = field(default_factory=set)
    marked: set[str] = field(default_factory=set)


class Regulation:
    """One version of a part: the code, and the key to it."""

    def __init__(self, path: Path) -> None:
        root = ET.parse(path).getroot()
        part = root.find(f"{NS}part")
        assert part is not None
        self.part = part.get("label", "")
        self.key = Key()
        self._unlabelled = 0
        content = part.find(f"{NS}content")
        documents = [self._sections(content)]
        documents += [self._appendix(each) for each in content.iter(f"{NS}appendix")]
        documents += [self._commentary(each) for each in content.iter(f"{NS}interpretations")]
        self.code = Code(tuple(documents))
        self.texts = {
            one.id or "": one.text for document in documents for one in provisions_of(document)
        }

    def _sections(self, content: ET.Element) -> Document:
        provisions = tuple(self._provision(each) for each in content.iter(f"{NS}section"))
        return Document(f"Part {self.part}", provisions=provisions)

    def _appendix(self, element: ET.Element) -> Document:
        provisions = tuple(
            self._provision(paragraph)
            for section in element.iter(f"{NS}appendixSection")
            for paragraph in section.findall(f"{NS}paragraph")
        )
        return Document(f"Appendix {element.get('appendixLetter')}", provisions=provisions)

    def _commentary(self, element: ET.Element) -> Document:
        sections = element.findall(f"{NS}interpSection")
        return Document(
            "Supplement I", provisions=tuple(self._provision(each) for each in sections)
        )

    def _provision(self, element: ET.Element) -> Provision:
        self._unlabelled += 1
        label = element.get("label") or f"unlabelled-{self._unlabelled}"
        heading = next(
            (found.text for name in HEADINGS if (found := element.find(name)) is not None), None
        )
        content = element.find(f"{NS}content")
        children = tuple(self._provision(each) for each in element if each.tag in HOLDERS)
        return Provision(
            id=label,
            number=self._number(element.get("label") or ""),
            heading=heading or None,
            text=self._text(content, label) if content is not None else "",
            children=children,
        )

    def _number(self, label: str) -> str:
        """Return the printed number: '1002.2(c)(1)', or '2(c)(1)-1' of a comment."""
        pieces = label.removeprefix(f"{self.part}-").split("-") if label else []
        if "Interp" in pieces:
            at = pieces.index("Interp")
            head = pieces[0] + "".join(f"({piece})" for piece in pieces[1:at])
            tail = pieces[at + 1 :]
            return head + (f"-{tail[0]}" if tail else "") + "".join(f".{each}" for each in tail[1:])
        if not pieces or not pieces[0].isdigit():
            return "-".join(pieces)
        return f"{self.part}.{pieces[0]}" + "".join(f"({piece})" for piece in pieces[1:])

    def _text(self, content: ET.Element, label: str) -> str:
        text = content.text or ""
        for element in content:
            words = "".join(element.itertext())
            self._mark(element, label, len(text), len(text) + len(words))
            text += words + (element.tail or "")
        return text

    def _mark(self, element: ET.Element, label: str, start: int, end: int) -> None:
        target, kind = element.get("target", ""), element.get("reftype")
        if element.tag == f"{NS}def":
            self.key.definitions.add((element.get("term", ""), label))
        if element.tag != f"{NS}ref":
            return
        self.key.marked.add(label)
        if kind == "term":
            self.key.uses.add((label, start, end, target))
        elif kind == "internal":
            self.key.references.add((label, start, end, target))
        else:
            self.key.external.add((label, start, end))
