"""References followed through a whole code: what each names, and which a change breaks."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from engross.core.legaltext.numbers import Address, expand_range, parts
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import NOT_USED, root_label
from engross.core.legaltext.references.grammar import Reference, references_in
from engross.core.legaltext.references.styles import SEC_STYLE, ReferenceStyle

_DASHES = str.maketrans({"–": "-", "—": "-", "‘": "'", "’": "'", "\u00a0": " "})


class Status(StrEnum):
    """How a reference stands in a code."""

    RESOLVED = "resolved"
    UNRESOLVED = "unresolved"
    HEADING_MISMATCH = "heading mismatch"
    NOT_USED = "not used"  # what it names has been removed
    EXTERNAL = "external"


class Link(NamedTuple):
    """A reference in a code: the node whose text holds it, and the nodes that it names."""

    node: int
    reference: Reference
    targets: tuple[int, ...]
    status: Status


class Broken(NamedTuple):
    """A reference that does not stand in a candidate text as it did in its base.

    `was` is how it stood in the base, None where the reference is new; `moved_to` is where what it
    named now stands, '' where that is gone or unknown.
    """

    address: str
    quote: str
    link: Link
    was: Status | None
    moved_to: str = ""


def links_of(places: Places, style: ReferenceStyle = SEC_STYLE) -> list[Link]:
    """Return every reference of a code with what it names, in reading order."""
    resolver = Resolver(places)
    found: list[Link] = []
    for node, provision in enumerate(places.provisions):
        if provision is not None and provision.text:
            here = resolver.address(node)
            for reference in references_in(provision.text, here, style):
                found.append(resolver.link(node, reference))
    return found


class Resolver:
    """Finds what references name in one code."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.roots = {places.documents[root].document: root for root in places.roots}
        self.nodes: dict[tuple[str, str], int] = {}
        self.numbers: dict[str, list[str]] = {}
        for node, provision in enumerate(places.provisions):
            if provision is not None and provision.number:
                document = places.documents[node].document
                self.nodes.setdefault((document, provision.number), node)
                self.numbers.setdefault(document, []).append(provision.number)

    def address(self, node: int) -> Address:
        """Return the address that a node's text stands at: of the nearest number above it."""
        number = self.places.number(node) or self.places.stems[node]
        return Address(self.places.documents[node].document, number)

    def link(self, node: int, reference: Reference) -> Link:
        """Return a reference of a node's text with what it names."""
        if reference.kind == "external":
            return Link(node, reference, (), Status.EXTERNAL)
        targets = self._targets(node, reference)
        return Link(node, reference, targets, self._status(reference, targets))

    def _targets(self, node: int, reference: Reference) -> tuple[int, ...]:
        if not reference.number:
            root = self.roots.get(reference.document)
            return () if root is None else (root,)
        first = self._relative(node, reference) if reference.label else None
        if first is None:
            first = self._numbered(reference.document, reference.number)
        if first is None or not reference.is_range:
            return () if first is None else (first,)
        return self._range(first, reference)

    def _numbered(self, document: str, number: str) -> int | None:
        """Return the node of a number; 'paragraph 2.3' in Section C may leave out the C."""
        found = self.nodes.get((document, number))
        if found is None and document.startswith("Section "):
            found = self.nodes.get((document, root_label(document) + number))
        return found

    def _relative(self, node: int, reference: Reference) -> int | None:
        """Return the nearest provision that a label such as '(b)(ii)' names, inside out."""
        places = self.places
        if places.documents[node].document != reference.document:
            return None
        above = node
        while above >= 0:
            found = self._under(above, reference.label)
            if found is not None:
                return found
            above = places.parents[above]
        return None

    def _under(self, node: int, label: str) -> int | None:
        places = self.places
        for part in parts(label):
            for child in places.children[node]:
                if places.labels[child][0] == part:
                    node = child
                    break
            else:
                return None
        return node

    def _range(self, first: int, reference: Reference) -> tuple[int, ...]:
        """Return the nodes of a range; none where its last number does not exist."""
        places, number = self.places, self.places.number(first)
        until = reference.until
        siblings = places.children[places.parents[first]] if places.parents[first] >= 0 else []
        for at, node in enumerate(siblings):
            if places.number(node) == until or (
                reference.label and places.labels[node][0] == parts(until)[-1]
            ):
                start = siblings.index(first)
                return tuple(siblings[start : at + 1])
        if (reference.document, until) not in self.nodes:
            return ()
        listed = expand_range(number, until, self.numbers[reference.document])
        return tuple(self.nodes[reference.document, each] for each in listed)

    def _status(self, reference: Reference, targets: tuple[int, ...]) -> Status:
        if not targets:
            return Status.UNRESOLVED
        target = self.places.provisions[targets[-1]]
        if target is not None and target.text.strip() == NOT_USED:
            return Status.NOT_USED
        heading = target.heading if target else self.places.documents[targets[-1]].title
        if reference.heading and heading and _plain(heading) != _plain(reference.heading):
            return Status.HEADING_MISMATCH
        return Status.RESOLVED


def _plain(heading: str) -> str:
    return " ".join(heading.translate(_DASHES).casefold().split()).rstrip(".:")


def references_broken_by(
    base: Places, candidate: Places, style: ReferenceStyle = SEC_STYLE
) -> list[Broken]:
    """Return the references of a candidate text that do not stand as they did in its base.

    That is: what resolved, and no longer does; what is new and does not resolve; and what still
    resolves, but to another provision than before, where permanent ids tell.
    """
    before = {_name(base, link): link for link in links_of(base, style)}
    return list(_broken(base, candidate, before, links_of(candidate, style)))


def _broken(
    base: Places, candidate: Places, before: dict[tuple[str, str], Link], links: list[Link]
) -> Iterator[Broken]:
    nodes = {each.id: node for node, each in enumerate(candidate.provisions) if each and each.id}
    for link in links:
        if link.status is Status.EXTERNAL:
            continue
        name = _name(candidate, link)
        old = before.get(name)
        ids = _ids(base, old) if old else ()
        moved = ids != _ids(candidate, link) and all(ids) and any(each in nodes for each in ids)
        was_fine = old is None or old.status is Status.RESOLVED
        if was_fine and (link.status is not Status.RESOLVED or (moved and old is not None)):
            now = nodes.get(ids[0] or "") if moved and ids else None
            moved_to = candidate.shown(now) if now is not None else ""
            shown = candidate.shown(link.node)
            yield Broken(shown, name[1], link, old.status if old else None, moved_to)


def _name(places: Places, link: Link) -> tuple[str, str]:
    """Return what names a reference in both texts: whose text it is in, and its words."""
    provision = places.provision(link.node)
    return places.keys[link.node], provision.text[link.reference.start : link.reference.end]


def _ids(places: Places, link: Link) -> tuple[str | None, ...]:
    """Return the ids of a reference's ends: a clause put into a range breaks nothing."""
    ends = (link.targets[0], link.targets[-1]) if link.targets else ()
    targets = (places.provisions[node] for node in ends)
    return tuple(target.id if target else None for target in targets)
