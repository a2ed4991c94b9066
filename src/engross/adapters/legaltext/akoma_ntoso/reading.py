"""Akoma Ntoso read: hierarchy as provisions, whatever names its levels bear."""

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element
from msgspec import UNSET, UnsetType

from engross.adapters.legaltext.akoma_ntoso.inlines import Reader, local_name
from engross.adapters.legaltext.akoma_ntoso.names import SPACE
from engross.core.legaltext.marks import Inlines, kept
from engross.core.legaltext.provisions import Code, Document, Provision, Table, root_label
from engross.core.refusals import Reason, Refused

DEEPEST = 64
MOST_BYTES = 200_000_000
# The schema's hierarchical elements, and a cross heading, which stands among them.
_HIERARCHY = frozenset(
    (
        *("alinea", "article", "book", "chapter", "clause", "crossHeading", "division"),
        *("hcontainer", "indent", "item", "level", "list", "paragraph", "part", "point"),
        *("proviso", "rule", "section", "subchapter", "subclause", "subdivision", "sublist"),
        *("subparagraph", "subpart", "subrule", "subsection", "subtitle", "title", "tome"),
        "transitional",
    )
)
# Also as UTF-16 writes them.
_DECLARATIONS = tuple(
    f"<!{word}".encode(form)
    for word in ("DOCTYPE", "ENTITY")
    for form in ("utf-8", "utf-16-le", "utf-16-be")
)
_DOCUMENTS = ("act", "doc", "bill", "statement", "portion")


def read_akoma(data: bytes) -> Code:
    """Return the documents of an Akoma Ntoso file.

    Raises Refused for what is no sound XML, no Akoma Ntoso, or tries to reach outside itself.
    """
    root = _parsed(data)
    found = [_document(element) for element in root.iter(*(_named(name) for name in _DOCUMENTS))]
    if not found:
        raise _refused("holds no act, bill or other document with a text")
    return Code(tuple(found))


def _refused(what: str) -> Refused:
    return Refused(Reason(f"The Akoma Ntoso file {what}", "Give a file of Akoma Ntoso 3.0"))


def _parsed(data: bytes) -> Element:
    if len(data) > MOST_BYTES:
        raise _refused(f"is larger than {MOST_BYTES // 1_000_000} MB")
    if any(sign in data for sign in _DECLARATIONS):
        raise _refused("declares entities, which are not followed")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=len(data) > 5_000_000
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise _refused(f"is not sound XML: {problem}") from problem
    if root.tag != _named("akomaNtoso"):
        raise _refused(f"begins with {root.tag!r}, not with akomaNtoso")
    return root


def _named(name: str) -> str:
    return f"{{{SPACE}}}{name}"


def _document(act: Element) -> Document:
    number = act.find(f".//{_named('docNumber')}")
    title = act.find(f".//{_named('docTitle')}")
    language = act.find(f".//{_named('FRBRlanguage')}")
    name = _text(number) if number is not None else act.get("name", "")
    body = next(
        (one for one in act if local_name(one) in ("body", "mainBody", "portionBody")), None
    )
    provisions: tuple[Provision, ...] = ()
    if body is not None:
        provisions = tuple(_provisions(body, root_label(name), 1))
    return Document(
        name,
        _text(title) if title is not None else "",
        "en" if language is None else language.get("language", "en"),
        provisions,
    )


def _provisions(parent: Element, stem: str, depth: int) -> Iterator[Provision]:
    """Yield what stands under an element; a text between or behind its parts is one of its own."""
    if depth > DEEPEST:
        raise _refused(f"nests its provisions more than {DEEPEST} deep")
    for child in parent:
        name = local_name(child)
        if name in _HIERARCHY and child.get("class") != "empty":
            yield _provision(child, stem, depth)
        elif name == "wrapUp" or (name == "p" and depth == 1):
            text, marks, table = _block(child)
            yield Provision(text=text, inlines=marks, table=table)


def _provision(element: Element, stem: str, depth: int) -> Provision:
    parts = {local_name(child): child for child in reversed(element) if local_name(child)}
    number = _number(parts["num"], stem) if "num" in parts else ""
    heading = _text(parts["heading"]) if "heading" in parts else None
    block = parts.get("intro", parts.get("content"))
    text, marks, table = _block(block) if block is not None else ("", UNSET, UNSET)
    children = tuple(_provisions(element, number or stem, depth + 1))
    if local_name(element) == "crossHeading":
        heading = _text(element)
    return Provision(element.get("wId"), number, heading, text, marks, table, children)


def _number(num: Element, stem: str) -> str:
    whole = num.get("title")
    if whole is not None:
        return whole
    shown = _text(num).strip().rstrip(".")
    return stem + shown if shown.startswith("(") else shown


def _text(element: Element) -> str:
    reader = Reader()
    reader.take(element)
    return reader.text


def _block(block: Element) -> tuple[str, Inlines | UnsetType, Table | UnsetType]:
    """Return the text, marks and table of an intro or content; its paragraphs are lines."""
    reader = Reader()
    table: Table | None = None
    said = 0
    holders = [block] if local_name(block) == "p" else list(block)
    for part in holders:
        if local_name(part) == "table":
            table = table or _table(part)
        elif local_name(part):
            if said:
                reader.take_line_end()
            reader.take(part)
            said += 1
    return reader.text, kept(reader.marks), table or UNSET


def _table(element: Element) -> Table:
    rows = []
    for line in element.iter(_named("tr")):
        cells = [one for one in line if local_name(one) in ("td", "th")]
        rows.append(tuple("\n".join(_text(part) for part in cell) for cell in cells))
    return Table(tuple(rows))
