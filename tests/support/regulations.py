"""Federal regulations and their notices in the XML of github.com/cfpb/regulations-xml.

A regulation is one document; a paragraph's number is its label without the part's ('14-b-3'), and
its marker ('(3)') opens its heading, or its text where it has none. Tables of contents, which say
nothing of their own, are left out, and so is the analysis beside a rule. A notice says what it does
label by label.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element
from msgspec.structs import replace

from engross.core.legaltext.editing import Instruction
from engross.core.legaltext.editing.instructions import (
    Delete,
    InsertAfter,
    InsertUnder,
    Renumber,
    SetHeading,
    SetText,
)
from engross.core.legaltext.provisions import Code, Document, Provision, provisions_of

_TITLES = ("title", "subject", "appendixTitle", "reserved")
_HOLDERS = ("content", "subpart")
_PROVISIONS = ("section", "paragraph", "appendix", "appendixSection", "interpretations",
               "interpSection", "interpParagraph")  # fmt: skip


class Change(NamedTuple):
    """What a notice does with a label: added, modified or deleted.

    `provisions` are what the label shall read as, or only what shall stand under it.
    """

    operation: str
    number: str
    provisions: tuple[Provision, ...]
    parent: str
    after: str


class Notice(NamedTuple):
    """A notice: the version it speaks of, the one it leads to, and its changes in order."""

    left: str
    right: str
    changes: tuple[Change, ...]


def read_regulation(path: Path) -> Code:
    """Return a whole version of a regulation."""
    root = etree.parse(path).getroot()
    (part,) = (one for one in root if _name(one) == "part")
    label = part.get("label", "")
    return Code((Document(f"12 CFR {label}", provisions=tuple(_within(part, label))),))


def read_notice(path: Path) -> Notice:
    """Return what a notice does."""
    root = etree.parse(path).getroot()
    (said,) = (one for one in root if _name(one) == "changeset")
    (cfr,) = (one for one in root.iter("{eregs}cfr"))
    part = cfr.findtext("{eregs}section") or ""
    changes = tuple(_change(one, part) for one in said if _name(one) == "change")
    return Notice(said.get("leftDocumentNumber", ""), said.get("rightDocumentNumber", ""), changes)


def _change(element: Element, part: str) -> Change:
    return Change(
        element.get("operation", ""),
        _number(element.get("label", ""), part),
        tuple(_within(element, part)),
        _number(element.get("parent", ""), part),
        _number(element.get("after", ""), part),
    )


def _number(label: str, part: str) -> str:
    return label.removeprefix(f"{part}-")


def _name(element: Element) -> str:
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _within(element: Element, part: str) -> Iterator[Provision]:
    for one in element:
        if _name(one) in _PROVISIONS:
            yield _provision(one, part)
        elif _name(one) in _HOLDERS:
            yield from _within(one, part)


def _provision(element: Element, part: str) -> Provision:
    parts = {_name(one): _said(one) for one in element}
    headings = [parts[name] for name in _TITLES if name in parts]
    text = parts.get("content", "") if _name(element) not in ("section", "appendix") else ""
    marker = element.get("marker", "").strip()
    return Provision(
        number=_number(element.get("label", ""), part),
        heading=" ".join([marker, *headings]).strip() if headings else None,
        text=text if headings else f"{marker} {text}".strip(),
        children=tuple(_within(element, part)),
    )


def _said(element: Element) -> str:
    return " ".join("".join(str(text) for text in element.itertext()).split())


def own_texts(part: Code | Provision) -> dict[str, str]:
    """Return what every label says of its own: heading and text in one."""
    return {
        one.number: f"{one.heading or ''} {one.text}".strip()
        for one in provisions_of(part)
        if one.number
    }


def said_by(change: Change) -> dict[str, str]:
    """Return what a change lets labels say."""
    return {number: text for one in change.provisions for number, text in own_texts(one).items()}


def covers(change: Change, number: str) -> bool:
    """Tell whether a change speaks of a label, or of what it stands under."""
    named = {change.number, *said_by(change)}
    return any(number == one or number.startswith(f"{one}-") for one in named)


def is_seen_in(code: Code, change: Change) -> bool:
    """Tell whether a text reads as a change would have it."""
    texts = own_texts(code)
    if not change.provisions:
        return change.number not in texts
    return all(texts.get(number) == text for number, text in said_by(change).items())


class Conversion:
    """A notice as instructions to an editor of its left version, by address."""

    def __init__(self, base: Code, changes: Iterable[Change]) -> None:
        self.base = {one.number: one for one in provisions_of(base) if one.number}
        self.wanted: dict[str, Provision] = {}
        self.removed: dict[str, None] = {}
        self.added: dict[str, Change] = {}
        for change in changes:
            self._take(change)

    def _take(self, change: Change) -> None:
        stands, provisions = self.base.get(change.number), change.provisions
        if stands is None:
            self.added[change.number] = change
        elif not provisions:
            self.removed[change.number] = None
        elif provisions[0].number.startswith(f"{change.number}-"):
            self._modify(stands, replace(stands, children=provisions))
        else:
            self._modify(stands, provisions[0])

    def _modify(self, old: Provision, new: Provision) -> None:
        """Let a provision and all under it read as a new one does."""
        self.wanted[old.number] = new
        stay = {child.number for child in new.children}
        self.removed.update((one.number, None) for one in old.children if one.number not in stay)
        after = ""
        for child in new.children:
            if child.number in self.base:
                self._modify(self.base[child.number], child)
            else:
                self.added[child.number] = Change(
                    "added", child.number, (child,), old.number, after
                )
            after = child.number

    def instructions(self) -> Iterator[Instruction]:
        """Yield what an editor is told, in the order of the notice."""
        for number, wanted in self.wanted.items():
            stands = self.base[number]
            if wanted.text != stands.text:
                yield SetText(number, wanted.text)
            if wanted.number != number:
                yield Renumber(number, wanted.number)
            if wanted.heading != stands.heading:
                yield SetHeading(number, wanted.heading)
        for number in self.removed:
            yield Delete(number)
        for change in self.added.values():
            if self._parent(change) not in self.added:
                yield self._placed(change)

    def _placed(self, change: Change) -> Instruction:
        provision = self._whole(change)
        after = change.after
        while after in self.added:
            after = self.added[after].after
        if after:
            return InsertAfter(after, provision)
        first = bool(change.after)
        return InsertUnder(self._parent(change), provision, first=first)

    def _whole(self, change: Change) -> Provision:
        """Return what is added with what the notice adds under it."""
        (provision,) = change.provisions
        under = tuple(
            self._whole(one) for one in self.added.values() if self._parent(one) == change.number
        )
        return replace(provision, children=(*provision.children, *under))

    def _parent(self, change: Change) -> str:
        return change.parent or change.number.rpartition("-")[0]
