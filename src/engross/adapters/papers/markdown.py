"""Markdown as a paper's blocks: headings, paragraphs, lists, notes and placed fences."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from engross.adapters.papers.markings import Markings
from engross.core.reports.papers import (
    Block,
    Bullets,
    CrossReference,
    Emphasis,
    Heading,
    Inlines,
    Link,
    Note,
    Paragraph,
    Strong,
    Text,
)

Place = Callable[[str, str], Block]
_LABEL = re.compile(r"\s*\{(#(?P<label>[a-z0-9-]+))?\s*(?P<bare>-)?\}\s*$")
_TARGETS = ("#section:", "#table:", "#figure:")
_ADDRESSES = ("https://", "http://", "mailto:")
_LEVELS = 3


class MarkdownRefused(ValueError):
    """Markdown that a paper cannot print; `remedy` says what to write instead."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.remedy = remedy


def blocks_of(text: str, markings: Markings, place: Place) -> tuple[Block, ...]:
    """Return Markdown as blocks; `place` is handed the head and content of each fence.

    Raises MarkdownRefused for what a paper cannot print, such as a picture.
    """
    tree = SyntaxTreeNode(_reader().parse(text))
    return tuple(_Reading(markings, place).blocks(tree.children))


def narrative(text: str) -> tuple[Block, ...]:
    """Return what a person wrote for a paper as blocks; headings in it become strong words.

    Nothing in it can place a table, name a figure or lead anywhere but to the web: a fence, a
    picture and any other link are shown as their words.
    """
    markings = Markings()

    def as_words(info: str, content: str) -> Block:
        return Paragraph((Text(content.strip() or info),))

    found = _Reading(markings, as_words, is_narrative=True)
    clean = str(text).replace("\ue000", "").replace("\ue001", "")
    return tuple(found.blocks(SyntaxTreeNode(_reader().parse(clean)).children))


def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(["html_block", "html_inline"])


class _Reading:
    """One walk through the tree of a Markdown text."""

    def __init__(self, markings: Markings, place: Place, *, is_narrative: bool = False) -> None:
        self._markings = markings
        self._place = place
        self._is_narrative = is_narrative

    def blocks(self, nodes: list[SyntaxTreeNode]) -> Iterator[Block]:
        for node in nodes:
            match node.type:
                case "heading":
                    yield self._heading(node)
                case "paragraph":
                    yield from self._paragraph(node)
                case "bullet_list" | "ordered_list":
                    items = tuple(tuple(self.blocks(item.children)) for item in node.children)
                    yield Bullets(items, is_ordered=node.type == "ordered_list")
                case "blockquote":
                    yield Note(self._quoted(node))
                case "fence":
                    yield self._place(node.info.strip(), node.content)
                case "code_block":
                    yield Paragraph(self._markings.inlines(node.content.strip()))
                case "hr":
                    continue
                case _:
                    raise MarkdownRefused(f"A paper cannot print a {node.type}", "Take it out")

    def _heading(self, node: SyntaxTreeNode) -> Block:
        inlines = self._inlines(node)
        if self._is_narrative:
            return Paragraph((Strong(inlines),))
        level = int(node.tag[1:])
        if level > _LEVELS:
            raise MarkdownRefused(f"A heading of level {level}", f"Use 1 to {_LEVELS} signs #")
        return _labelled(Heading(level, inlines))

    def _paragraph(self, node: SyntaxTreeNode) -> Iterator[Block]:
        words = node.children[0].content if node.children else ""
        if (found := self._markings.blocks(words)) is not None:
            yield from found
        elif inlines := self._inlines(node):
            yield Paragraph(inlines)

    def _quoted(self, node: SyntaxTreeNode) -> Inlines:
        return tuple(each for child in node.children for each in self._inlines(child))

    def _inlines(self, node: SyntaxTreeNode) -> Inlines:
        inline = [child for child in node.children if child.type == "inline"]
        return tuple(each for child in inline for each in self._children(child))

    def _children(self, node: SyntaxTreeNode) -> Inlines:
        return tuple(each for child in node.children for each in self._inline(child))

    def _inline(self, node: SyntaxTreeNode) -> Inlines:
        match node.type:
            case "text" | "code_inline":
                return self._markings.inlines(node.content)
            case "softbreak" | "hardbreak":
                return (Text(" "),)
            case "strong":
                return (Strong(self._children(node)),)
            case "em":
                return (Emphasis(self._children(node)),)
            case "link":
                return self._link(node)
            case "image" if self._is_narrative:
                return self._children(node)
        raise MarkdownRefused(f"A paper cannot print a {node.type}", "Take it out")

    def _link(self, node: SyntaxTreeNode) -> Inlines:
        # Judged as a browser reads it: `%6a` hides the j of a script's address.
        address = self._markings.plain(unquote(str(node.attrs.get("href", ""))))
        words = self._children(node)
        if address.lower().startswith(_ADDRESSES):
            return (Link(address, words or (Text(address),)),)
        if self._is_narrative:
            return words
        if not address.startswith(_TARGETS):
            raise MarkdownRefused(
                f"A link to '{address}'", f"Start it with {', '.join(_ADDRESSES)} or #table:"
            )
        if words:
            raise MarkdownRefused(
                f"The pointer to {address} has words of its own", f"Write []({address})"
            )
        return (CrossReference(address.removeprefix("#")),)


def _labelled(heading: Heading) -> Heading:
    last = heading.inlines[-1] if heading.inlines else None
    if not isinstance(last, Text) or not (found := _LABEL.search(last.text)):
        return heading
    words = Text(last.text[: found.start()])
    return replace(
        heading,
        inlines=(*heading.inlines[:-1], *([words] if words.text else [])),
        label=found["label"] or "",
        is_numbered=not found["bare"],
    )
