"""A code's text as Akoma Ntoso: one act for each document, and what changed it."""

from collections.abc import Sequence
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from engross.adapters.legaltext.akoma_ntoso.inlines import fill
from engross.adapters.legaltext.akoma_ntoso.modifications import modifications
from engross.adapters.legaltext.akoma_ntoso.names import (
    AUTHOR,
    SPACE,
    Positions,
    level_of,
    qualified,
)
from engross.core.legaltext.change_sets import ChangeSet
from engross.core.legaltext.marks import listed
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Document, Table
from engross.core.refusals import Reason, Refused

_AS_DEFAULT: Any = {None: SPACE}  # lxml takes None for a namespace without prefix
UNDATED = "0001-01-01"  # the schema wants a day where none is known


def write_akoma(
    code: Code, *, day: str = "", country: str = "gb", changes: Sequence[ChangeSet] = ()
) -> bytes:
    """Return a text as Akoma Ntoso 3.0: a document collection, or an act where it is one document.

    `day` is the ISO date from which the text holds; `changes` are the sets that made it, whose
    keys name provisions of this text. Raises Refused for what XML cannot hold.
    """
    try:
        root = _Writer(code, day or UNDATED, country, changes).root()
    except ValueError as problem:
        raise Refused(
            Reason(f"The text cannot be written as Akoma Ntoso: {problem}", "Change the text there")
        ) from problem
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


class _Writer:
    def __init__(self, code: Code, day: str, country: str, changes: Sequence[ChangeSet]) -> None:
        self.places = Places(code)
        self.day, self.country, self.changes = day, country, changes
        self.positions = Positions()
        self.eids: dict[int, str] = {}

    def root(self) -> Element:
        root = etree.Element(qualified("akomaNtoso"), nsmap=_AS_DEFAULT)
        roots = self.places.roots
        if len(roots) == 1:
            self._act(root, roots[0])
            return root
        collection = etree.SubElement(root, qualified("documentCollection"), name="code")
        self._meta(collection, "code", "en")
        body = etree.SubElement(collection, qualified("collectionBody"))
        for node in roots:
            self._act(etree.SubElement(body, qualified("component")), node)
        if not roots:
            raise ValueError("it holds no document")
        return root

    def _act(self, parent: Element, root: int) -> None:
        document = self.places.documents[root]
        act = etree.SubElement(parent, qualified("act"), name=document.document or "document")
        meta = self._meta(act, document.document, document.language)
        self._preface(act, document)
        body = etree.SubElement(act, qualified("body"))
        for node in self.places.children[root]:
            self._provision(body, node, 1, "")
        if not self.places.children[root]:
            etree.SubElement(body, qualified("section"), {"class": "empty"})
        self._modifications(meta, root)

    def _meta(self, parent: Element, name: str, language: str) -> Element:
        meta = etree.SubElement(parent, qualified("meta"))
        identification = etree.SubElement(meta, qualified("identification"), source=AUTHOR)
        where = f"/akn/{self.country}/act/{_slug(name)}"
        for part, tail in (
            ("FRBRWork", ""),
            ("FRBRExpression", f"/{language}@{self.day}"),
            ("FRBRManifestation", f"/{language}@{self.day}.xml"),
        ):
            level = etree.SubElement(identification, qualified(part))
            etree.SubElement(level, qualified("FRBRthis"), value=where + tail)
            etree.SubElement(level, qualified("FRBRuri"), value=where + tail)
            etree.SubElement(level, qualified("FRBRdate"), date=self.day, name="effective")
            etree.SubElement(level, qualified("FRBRauthor"), href=AUTHOR)
            if part == "FRBRWork":
                etree.SubElement(level, qualified("FRBRcountry"), value=self.country)
            elif part == "FRBRExpression":
                etree.SubElement(level, qualified("FRBRlanguage"), language=language or "en")
        return meta

    def _preface(self, act: Element, document: Document) -> None:
        preface = etree.SubElement(act, qualified("preface"))
        title = etree.SubElement(etree.SubElement(preface, qualified("longTitle")), qualified("p"))
        fill(etree.SubElement(title, qualified("docNumber")), document.document, ())
        fill(etree.SubElement(title, qualified("docTitle")), document.title, ())

    def _provision(self, parent: Element, node: int, depth: int, above: str) -> None:
        provision, label = self.places.provision(node), self.places.labels[node][0]
        name, short = level_of(depth)
        eid = self.eids[node] = self.positions.named(above, short, label)
        attributes = {"eId": eid} | ({"wId": provision.id} if provision.id else {})
        element = etree.SubElement(parent, qualified(name), attributes)
        if provision.number:
            inherits = self.places.labels[node][1]
            shown = label if inherits and label.startswith("(") else provision.number
            number = etree.SubElement(element, qualified("num"), title=provision.number)
            fill(number, shown, ())
        if provision.heading is not None:
            fill(etree.SubElement(element, qualified("heading")), provision.heading, ())
        children = self.places.children[node]
        marks = listed(provision.inlines)
        if provision.text or marks or provision.table:
            block = etree.SubElement(element, qualified("intro" if children else "content"))
            fill(etree.SubElement(block, qualified("p")), provision.text, marks)
            if provision.table:
                _table(block, provision.table)
        for child in children:
            self._provision(element, child, depth + 1, eid)

    def _modifications(self, meta: Element, root: int) -> None:
        """Add an analysis of the changes that fell into a document."""
        inside = range(root, self.places.end_of(root))
        found = [
            modification
            for change_set in self.changes
            for modification in modifications(change_set, self.places, self.eids, inside)
        ]
        if not found:
            return
        analysis = etree.SubElement(meta, qualified("analysis"), source=AUTHOR)
        passive = etree.SubElement(analysis, qualified("passiveModifications"))
        for modification in found:
            passive.append(modification)


def _table(block: Element, table: Table) -> None:
    if not table.rows or not all(table.rows):
        raise ValueError("a table has no row, or a row has no cell")
    element = etree.SubElement(block, qualified("table"))
    for row in table.rows:
        line = etree.SubElement(element, qualified("tr"))
        for cell in row:
            held = etree.SubElement(line, qualified("td"))
            fill(etree.SubElement(held, qualified("p")), cell, ())


def _slug(name: str) -> str:
    return "-".join("".join(sign if sign.isalnum() else " " for sign in name.lower()).split())
