"""A whole file put together: its text, its notes, headers and footers, and Word's numbers."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal, cast

from lxml import etree
from lxml.etree import _Element as Element
from msgspec.structs import force_setattr

from engross.adapters.legaltext.word_reading.blocks import Blocks
from engross.adapters.legaltext.word_reading.names import PREFIXES, attribute, short
from engross.adapters.legaltext.word_reading.numbering import Counting, Numbering
from engross.adapters.legaltext.word_reading.opening import (
    LIMITS,
    SAFE,
    Limits,
    Package,
    main_part,
    open_package,
    refused,
    relations,
    too_much,
    tree_cost,
    unsound,
)
from engross.adapters.legaltext.word_reading.reading import Fields, Reading
from engross.adapters.legaltext.word_reading.styles import Styles
from engross.core.legaltext.tracked import (
    NotUnderstood,
    Side,
    Story,
    StoryKind,
    TrackedParagraph,
    TrackedTable,
    TrackedText,
)
from engross.core.legaltext.tracked_sides import groups
from engross.core.refusals import Reason, Refused

_PARAGRAPH: Final = tuple(f"{{{space}}}p" for space, prefix in PREFIXES.items() if prefix == "w")
_SIDES: Final[tuple[Side, Side]] = ("before", "after")
_SEPARATORS: Final = ("separator", "continuationSeparator", "continuationNotice")
_NAMED_AT_ONCE = 20
_NOTES: Final[dict[str, StoryKind]] = {"footnotes": "footnote", "endnotes": "endnote"}
_RUNNING: Final[dict[str, StoryKind]] = {"header": "header", "footer": "footer"}


def read_word(
    content: bytes, *, unknown: Literal["refuse", "name"] = "refuse", limits: Limits = LIMITS
) -> TrackedText:
    """Return a Word file's text with every tracked change, from its bytes.

    What is not understood is named: with `unknown="refuse"` in a refusal, else in `unknown` of
    the text. Macros are never run, addresses never followed, entities never resolved.
    Raises Refused if the file is no sound Word document or is larger than `limits`.
    """
    package = open_package(content, limits)
    try:
        text = _read(package)
    except RecursionError as problem:
        raise refused("The Word file nests its parts too deeply to be a document") from problem
    except etree.LxmlError as problem:
        raise unsound("A part", problem) from problem
    if text.unknown and unknown == "refuse":
        raise Refused(_reason(one) for one in text.unknown[:_NAMED_AT_ONCE])
    return text


def _reason(one: NotUnderstood) -> Reason:
    times = f", {one.count} times" if one.count > 1 else ""
    what = f"The Word file holds {one.element}, which is not understood, in {one.where}{times}"
    return Reason(what, "Accept or reject that change in Word, or ask for it to be named only")


def _read(package: Package) -> TrackedText:
    main = main_part(package)
    targets = relations(package, main)
    parts: dict[str, list[str]] = {}
    for relation in targets.values():
        if not relation.external:
            parts.setdefault(relation.kind, []).append(relation.target)
    numbering = Numbering(_first(package, parts, "numbering"))
    reading = Reading(Styles(_first(package, parts, "styles"), numbering), package.limits, targets)
    paragraphs = _main_text(package, main, reading)
    notes = list(_notes(package, parts, reading))
    running = list(_headers_and_footers(package, parts, reading))
    boxes = list(reading.stories.values())
    for name in sorted(numbering.unknown_formats):
        reading.notice(f"numbers of the form {name!r}, shown in figures")
    if "comments" in parts:
        reading.notice("comments, which are no part of the text")
    tables = tuple(table or TrackedTable() for table in reading.tables)
    # Word counts a text box on its own; headers and footers together, notes by their kind.
    together = [[one for one in notes if one.kind == kind] for kind in _NOTES.values()]
    for stories in (*together, running, *([one] for one in boxes)):
        _number([one.paragraphs for one in stories], tables, numbering)
    _number([paragraphs], tables, numbering)
    return TrackedText(
        tuple(paragraphs), tables, (*notes, *running, *boxes),
        (*reading.styles.changes, *reading.changes), reading.not_understood(), reading.told(),
        reading.styles.language,
    )  # fmt: skip


def _first(package: Package, parts: dict[str, list[str]], kind: str) -> Element | None:
    """Return the root of the part of a kind; None if the file has none."""
    names = [name for name in parts.get(kind, ()) if package.has(name)]
    return package.tree(names[0]) if names else None


def _main_text(package: Package, main: str, reading: Reading) -> list[TrackedParagraph]:
    """Return the paragraphs of the body, read block by block so that no tree is kept."""
    reading.part = main.rpartition("/")[2]
    body = _Body(Blocks(reading))
    parser = etree.XMLPullParser(events=("end",), tag=_PARAGRAPH, **SAFE)
    try:
        for piece in package.stream(main):
            parser.feed(piece)
            body.held += tree_cost(piece)
            for _, paragraph in parser.read_events():
                body.paragraph_ended(cast(Element, paragraph))
            if body.held > package.limits.tree_bytes:
                raise too_much("one of its tables holds too many elements")
        root = parser.close()
    except etree.XMLSyntaxError as problem:
        raise unsound(main, problem) from problem
    if short[root.tag] != "w:document":
        raise refused(f"{main} of the Word file is no document but {short[root.tag][:80]}")
    body.ended(root)
    return body.blocks.paragraphs


class _Body:
    """Reads the blocks of a body as they are parsed, and lets go of them."""

    def __init__(self, blocks: Blocks) -> None:
        self.blocks = blocks
        self.last: Element | None = None  # read; may not be removed before the parser goes on
        self.held = 0  # about the bytes that elements not yet read take

    def paragraph_ended(self, paragraph: Element) -> None:
        """Read what stands in the body up to a paragraph, if it stands right in the body."""
        body = paragraph.getparent()
        top = None if body is None else body.getparent()
        if top is None or body is None or short[body.tag] != "w:body":
            return
        if top.getparent() is not None:
            return
        while (one := body[0]) is not paragraph:
            if one is not self.last:
                self.blocks.block(one)
            body.remove(one)
        self.blocks.block(paragraph)
        paragraph.clear()
        self.last = paragraph
        self.held = 0

    def ended(self, root: Element) -> None:
        """Read what stands after the last paragraph."""
        for one in root:
            if short[one.tag] != "w:body":
                if short[one.tag] not in ("", "w:background"):
                    self.blocks.reading.strange(one)
                continue
            for block in one:
                if block is not self.last:
                    self.blocks.block(block)


def _notes(package: Package, parts: dict[str, list[str]], reading: Reading) -> Iterator[Story]:
    for part_kind, kind in _NOTES.items():
        for name in parts.get(part_kind, ()):
            if not package.has(name):
                continue
            root = _open(package, name, reading)
            for one in root:
                if short[one.tag] == f"w:{kind}" and attribute(one, "type") not in _SEPARATORS:
                    blocks = Blocks(reading)
                    blocks.read(one)
                    name_of_note = f"{kind} {attribute(one, 'id')}"
                    yield Story(kind, name_of_note, tuple(blocks.paragraphs))


def _headers_and_footers(
    package: Package, parts: dict[str, list[str]], reading: Reading
) -> Iterator[Story]:
    for part_kind, kind in _RUNNING.items():
        for name in sorted(set(parts.get(part_kind, ()))):
            if package.has(name):
                blocks = Blocks(reading)
                blocks.read(_open(package, name, reading))
                yield Story(kind, reading.part, tuple(blocks.paragraphs))


def _open(package: Package, name: str, reading: Reading) -> Element:
    """Return the root of a part, and let what is read next belong to it."""
    root = package.tree(name)
    reading.relations = relations(package, name)
    reading.part = name.rpartition("/")[2]
    reading.fields = Fields()
    return root


def _number(
    stories: Sequence[Sequence[TrackedParagraph]],
    tables: Sequence[TrackedTable],
    numbering: Numbering,
) -> None:
    """Set Word's numbers on both sides, counting through stories that share their counts."""
    for side in _SIDES:
        counting = Counting(numbering)
        attribute_name = f"number_{side}"
        for paragraphs in stories:
            for group in groups(paragraphs, tables, side):
                last = paragraphs[group[-1]]
                look = last.after if side == "after" else last.before
                if look.list:
                    number = counting.next(look.list, look.level)
                    if number and not getattr(last, attribute_name):
                        # Nobody has seen the paragraph yet: it is still being made.
                        force_setattr(last, attribute_name, number)
