"""Real law to measure with: Title 34 of the District of Columbia Code, from the corpus.

Read from files by day of publication, each section's paragraphs nested as they are marked, chapters
above them; as canonical text, or as plain lines, one provision each.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from engross.core.legaltext.provisions import Code, Document, Provision, provisions_of

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("ENGROSS_CORPUS", ROOT.parent / "shared" / "data"))
TITLE_34 = CORPUS / "legal" / "dc-code-title-34"
LAW = "{https://code.dccouncil.us/schemas/dc-library}"
INCLUDE = "{http://www.w3.org/2001/XInclude}include"
SKIPPED = {f"{LAW}annotations", f"{LAW}num", f"{LAW}heading", f"{LAW}text", f"{LAW}prefix"}


def files_as_of(publications: int) -> dict[str, Path]:
    """Return the file of every path after so many publications; 0 is the base."""
    manifest = json.loads((TITLE_34 / "manifest.json").read_text())
    base = TITLE_34 / "base" / manifest["base"]["published"]
    files = {str(path.relative_to(base)): path for path in sorted(base.rglob("*.xml"))}
    for one in manifest["publications"][:publications]:
        for change in one["changed"]:
            files[change["path"]] = TITLE_34 / "deltas" / one["published"] / change["path"]
        for path in one["removed"]:
            files.pop(path, None)
    return files


def _words(element: etree._Element | None) -> str:
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def _provision(element: etree._Element, parent_number: str) -> Provision:
    number = _words(element.find(f"{LAW}num"))
    prefix = _words(element.find(f"{LAW}prefix"))
    whole = f"{prefix} {number}" if prefix else parent_number + number
    texts = [_words(text) for text in element.findall(f"{LAW}text")]
    children = tuple(
        _provision(child, "" if prefix else whole)
        for child in element.iterchildren("{*}*")
        if child.tag not in SKIPPED
    )
    heading = _words(element.find(f"{LAW}heading")) or None
    return Provision(number=whole, heading=heading, text=" ".join(texts), children=children)


def title_34(publications: int, times: int = 1) -> Code:
    """Return Title 34 after so many publications as one document, said so many times over."""
    files = files_as_of(publications)
    index = etree.parse(files["index.xml"]).getroot()
    for include in list(index.iter(INCLUDE)):
        path = str(include.get("href")).removeprefix("./")
        parent = include.getparent()
        if path in files and parent is not None:
            parent.replace(include, etree.parse(files[path]).getroot())
    top = _provision(index, "")
    return Code((Document("Title 34", top.heading or "", "en", top.children * times),))


def lines_of(code: Code) -> Iterator[str]:
    """Yield a code as plain lines: documents, then each provision with its number first."""
    for document in code.documents:
        yield f"# {document.document}: {document.title}"
        for part in provisions_of(document):
            cells = [cell for row in part.table.rows for cell in row] if part.table else []
            yield " ".join(filter(None, (part.number, part.heading, part.text, *cells)))
