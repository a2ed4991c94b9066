"""Title 34 of the District of Columbia Code, from the corpus: a small reader for tests.

A section of law becomes a document 'Section 34-1151' of our model, its paragraphs provisions. What
a section says outside its paragraphs (notes, 'Repealed.') are unnumbered provisions. The
annotations below a section tell its history and are no text: they are left out, and only the
effective days in them are read. Runs of blanks count as one.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from engross.core.legaltext.provisions import Document, Inline, Provision

LAW = "{https://code.dccouncil.us/schemas/dc-library}"
INCLUDE = "{http://www.w3.org/2001/XInclude}include"
# What a file says, as nested lists: ["34-1151", "Utility payment plans.", "a text", ["(a)", ...]].
Shape = list[Any]


class Title34:
    """The corpus: what each publication changed."""

    def __init__(self, corpus: Path) -> None:
        self.folder = corpus / "legal" / "dc-code-title-34"

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the corpus says of itself."""
        return dict(json.loads((self.folder / "manifest.json").read_text(encoding="utf-8")))

    def publications(self) -> Iterator[tuple[date, dict[str, Path], list[str]]]:
        """Yield each publication, the base first: its day, files it changed, paths it removed."""
        base = self.folder / "base" / self.manifest["base"]["published"]
        files = {str(path.relative_to(base)): path for path in sorted(base.rglob("*.xml"))}
        yield date.fromisoformat(self.manifest["base"]["published"]), files, []
        for one in self.manifest["publications"]:
            day = one["published"]
            changed = {
                each["path"]: self.folder / "deltas" / day / each["path"] for each in one["changed"]
            }
            yield date.fromisoformat(day), changed, one["removed"]


def document_name(path: str) -> str:
    """Return what the document of a file is called: 'Section 34-101'; the contents' 'Title 34'."""
    return "Title 34" if path == "index.xml" else f"Section {Path(path).stem}"


def read(path: Path) -> ElementTree.Element:
    """Return a file's root element."""
    return ElementTree.parse(path).getroot()


def effective_days(root: ElementTree.Element) -> set[date]:
    """Return the days on which the laws named below a section took effect."""
    found = (each.get("eff") for each in root.iter(f"{LAW}annotation"))
    return {date.fromisoformat(each) for each in found if each}


def document_of(root: ElementTree.Element, name: str) -> Document:
    """Return a file as a document of our model; its own number is what the document is called."""
    is_contents = root.tag == f"{LAW}container"
    number = "" if is_contents else name.partition(" ")[2]
    made = _provision(root, number)
    own = (Provision(text=made.text, inlines=made.inlines),) if made.text else ()
    return Document(name, made.heading or "", "en", (*own, *made.children))


def _provision(element: ElementTree.Element, number: str) -> Provision:
    heading, text, children = None, Provision(), list[Provision]()
    for child in element:
        tag = child.tag.removeprefix(LAW)
        if tag == "heading":
            heading = _plain(child)
        elif tag in ("para", "container"):
            children.append(_provision(child, _number(child, number)))
        elif child.tag == INCLUDE:
            children.append(Provision(text=child.get("href", "")))
        elif tag not in ("num", "prefix", "annotations", "annotation"):
            worded = _worded(child)
            if tag == "text" and not children and not text.text:
                text = worded
            elif worded.text:
                children.append(worded)
    return Provision(None, number, heading, text.text, text.inlines, children=tuple(children))


def _number(element: ElementTree.Element, above: str) -> str:
    own = _plain(element.find(f"{LAW}num"))
    prefix = _plain(element.find(f"{LAW}prefix"))
    return f"{prefix} {own}" if prefix else above + own


def _worded(element: ElementTree.Element) -> Provision:
    """Return a text with its citations as links and its emphasis."""
    text, marks = "", []
    for kind, note, run in _runs(element):
        # Blanks between runs count once, whichever run has them.
        added = re.sub(r"\s+", " ", run)
        added = added.lstrip() if not text or text.endswith(" ") else added
        if kind and added.strip():
            marks.append(Inline(kind, len(text), len(text) + len(added), note))  # type: ignore[arg-type]
        text += added
    end = len(text.rstrip())
    kept = [Inline(m.kind, m.start, min(m.end, end), m.note) for m in marks if m.start < end]
    return Provision(text=text[:end], inlines=tuple(kept)) if kept else Provision(text=text[:end])


def _runs(element: ElementTree.Element) -> Iterator[tuple[str, str, str]]:
    yield "", "", element.text or ""
    for child in element:
        whole = "".join(child.itertext())
        kind = {f"{LAW}cite": "link", f"{LAW}em": "emphasis"}.get(child.tag, "")
        yield kind, child.get("path") or child.get("doc") or "", whole
        yield "", "", child.tail or ""


def _plain(element: ElementTree.Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def shape_of_file(root: ElementTree.Element) -> Shape:
    """Return what a file says, read from it alone: number, heading, then texts and paragraphs."""
    own = [_plain(root.find(f"{LAW}{name}")) for name in ("prefix", "num", "heading")]
    shape: Shape = [" ".join(filter(None, own[:2])), own[2]]
    for child in root:
        tag = child.tag.removeprefix(LAW)
        if tag in ("para", "container"):
            shape.append(shape_of_file(child))
        elif child.tag == INCLUDE:
            shape.append(child.get("href"))
        elif tag not in ("num", "prefix", "heading", "annotations", "annotation"):
            shape += filter(None, [_plain(child)])
    return shape


def shape_of_document(document: Document) -> Shape:
    """Return the same of a document as storage gives it."""
    number = document.document.removeprefix("Section ")
    shape: Shape = [number, document.title]
    return shape + [_shape(each, "" if number == "Title 34" else number)
                    for each in document.provisions]  # fmt: skip


def _shape(provision: Provision, above: str) -> Shape | str:
    if not provision.number:
        return provision.text
    own = provision.number.removeprefix(above) if above else provision.number
    above = "" if provision.number.startswith(("Chapter", "Sub", "Part")) else provision.number
    texts = [provision.text] if provision.text else []
    below = [_shape(child, above) for child in provision.children]
    return [own, provision.heading or "", *texts, *below]
