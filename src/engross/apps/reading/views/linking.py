"""Links in the words of a text: terms to their definitions, references to what they name."""

from collections.abc import Iterable
from html import escape

from engross.adapters.legaltext.redlines.linked import Block, Linking, blocks_of
from engross.adapters.legaltext.redlines.words import Around
from engross.apps.reading.queries import CodeLayers
from engross.apps.reading.views.paths import Paths
from engross.core.legaltext.references import Link, Status
from engross.core.legaltext.terms import Use

MOST_REFERRERS = 12
_SAID = {
    Status.UNRESOLVED: "not found",
    Status.NOT_USED: "not used any more",
    Status.HEADING_MISMATCH: "now under another heading",
}


class Linker:
    """Writes the links of one document of a text, in the form that is kept: see `on_day`."""

    def __init__(self, code: CodeLayers, document: str) -> None:
        self.code, self.document = code, document
        self.paths = Paths(code)
        self._terms: dict[int, str] = {}

    def linking(self) -> Linking:
        """Return what is put into the words of the document, and after them."""
        return Linking(self.paths.own, self.around, self.referrers)

    def around(self, node: int) -> list[Around]:
        """Return the links in the text of a provision, in order."""
        layers = self.code.layers
        found = [self._defined(at) for at in layers.definitions_in.get(node, ())]
        found += [self._reference(link) for link in layers.links_from.get(node, ())]
        found += [self._use(use) for use in layers.uses_in(node)]
        return _apart(found)

    def referrers(self, node: int) -> str:
        """Return, folded, what refers to a provision; '' where nothing does."""
        links = self.code.layers.links_to.get(node, ())
        sources = list(dict.fromkeys(link.node for link in links if link.node != node))
        if not sources:
            return ""
        listed = "".join(f"<li>{self._source(each)}</li>" for each in sources[:MOST_REFERRERS])
        if len(sources) > MOST_REFERRERS:
            more = f"{self.paths.page(node)}#where-used"
            listed += f'<li><a href="{more}">and {len(sources) - MOST_REFERRERS} more</a></li>'
        places = "1 place" if len(sources) == 1 else f"{len(sources)} places"
        number = escape(self.code.places.shown(node))
        return (
            f'<details class="referrers"><summary><span class="unseen">{number} is </span>'
            f"Referred to in {places}</summary><ul>{listed}</ul></details>"
        )

    def _source(self, node: int) -> str:
        place = self.paths.place(node, seen_from=self.document)
        return f'<a href="{place}">{escape(source_name(self.code, node))}</a>'

    def _defined(self, at: int) -> Around:
        definition = self.code.layers.definitions[at]
        entry = self.code.layers.entry_of[at]
        opening = f'<a class="defined" href="{self.paths.term(entry)}">'
        return Around(definition.start, definition.end, opening, "</a>")

    def _use(self, use: Use) -> Around:
        at = use.definition
        opening = self._terms.get(at)
        if opening is None:
            entry = self.code.layers.entry_of[at]
            place = self.paths.place(self.code.layers.definitions[at].node, seen_from=self.document)
            name = self.paths.term_name(entry)
            opening = self._terms[at] = f'<a class="term" href="{place}" data-term="{name}">'
        return Around(use.start, use.end, opening, "</a>")

    def _reference(self, link: Link) -> Around:
        start, end = link.reference.start, link.reference.end
        if link.status is Status.EXTERNAL:
            return Around(start, end, "", "")
        said = _SAID.get(link.status, "")
        mark = f' <span class="link-mark">[{said}]</span>' if said else ""
        if not link.targets:
            return Around(start, end, '<span class="unresolved">', f"</span>{mark}")
        target = link.targets[0]
        place = self.paths.place(target, seen_from=self.document)
        # A whole document is too much to open in place.
        is_clause = self.code.places.provisions[target] is not None
        source = f' data-clause="{self.paths.page(target)}"' if is_clause else ""
        opening = f'<a class="reference" href="{place}"{source}>'
        return Around(start, end, opening, f"</a>{mark}")


def elsewhere(code: CodeLayers, nodes: Iterable[int], *, with_referrers: bool) -> list[Block]:
    """Return provisions of one document as blocks for another page than that document's.

    Their links lead to that page: none is short.
    """
    linking = Linker(code, "").linking()
    if not with_referrers:
        linking = linking._replace(after=lambda node: "")
    return list(blocks_of(code.places, nodes, linking))


def source_name(code: CodeLayers, node: int) -> str:
    """Return what a provision is called for people: a definition by its term."""
    defined = code.layers.definitions_in.get(node)
    shown = str(code.address_of(node))
    if not defined or code.places.number(node):
        return shown
    return f"{shown}, {code.layers.definitions[defined[0]].term}"


def _apart(found: Iterable[Around]) -> list[Around]:
    """Return what goes around spans in order; of two that overlap, the first."""
    apart: list[Around] = []
    for each in sorted(found):
        if not apart or each.start >= apart[-1].end:
            apart.append(each)
    return apart
