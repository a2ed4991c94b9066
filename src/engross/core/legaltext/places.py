"""Where every provision of a text stands: a flat index over the tree, made once and walked quickly.

A node is a whole number: documents and provisions in reading order, so that what stands under a
node are the nodes that follow it, up to `end_of[node]`. Everything that compares, changes or merges
texts works on nodes and never on addresses, and turns nodes into keys only to write them down.
"""

from functools import cached_property

from engross.core.legaltext.provisions import Code, Document, Provision, own_label, root_label


class Places:
    """The nodes of a text.

    `provisions[n]` is None where `n` is a document; `documents[n]` is the document that a node
    stands in; `parents[n]` is -1 for a document; `children[n]` are nodes in order.
    """

    def __init__(self, code: Code) -> None:
        self.code = code
        self.provisions: list[Provision | None] = []
        self.documents: list[Document] = []
        self.parents: list[int] = []
        self.children: list[list[int]] = []
        self.roots: list[int] = []
        for document in code.documents:
            self._add_document(document)

    def _add_document(self, document: Document) -> None:
        provisions, parents, children = self.provisions, self.parents, self.children
        root = len(parents)
        self.roots.append(root)
        provisions.append(None)
        parents.append(-1)
        children.append([])
        waiting = [(iter(document.provisions), root, children[root])]
        while waiting:
            rest, parent, siblings = waiting.pop()
            for provision in rest:
                node = len(parents)
                provisions.append(provision)
                parents.append(parent)
                siblings.append(node)
                children.append([])
                if provision.children:
                    waiting.append((rest, parent, siblings))
                    waiting.append((iter(provision.children), node, children[node]))
                    break
        self.documents.extend([document] * (len(parents) - root))

    def __len__(self) -> int:
        return len(self.parents)

    def provision(self, node: int) -> Provision:
        """Return the provision at a node. Raises ValueError for a document's node."""
        provision = self.provisions[node]
        if provision is None:
            raise ValueError(f"node {node} is a document, not a provision")
        return provision

    def number(self, node: int) -> str:
        """Return a node's number as printed; a document's is what its numbers begin with."""
        provision = self.provisions[node]
        return self.root_numbers[node] if provision is None else provision.number

    def parts_under(self, node: int) -> tuple[Provision, ...]:
        """Return the provisions just under a node, each with all that stands under it."""
        part = self.provisions[node]
        return self.documents[node].provisions if part is None else part.children

    def end_of(self, node: int) -> int:
        """Return the first node after all that stands under this one."""
        while self.children[node]:
            node = self.children[node][-1]
        return node + 1

    def previous_sibling(self, node: int) -> int | None:
        """Return the sibling just before a node; None where it comes first."""
        parent = self.parents[node]
        siblings = self.roots if parent < 0 else self.children[parent]
        at = siblings.index(node)
        return siblings[at - 1] if at else None

    @cached_property
    def root_numbers(self) -> dict[int, str]:
        """What the numbers of each document begin with, by its node."""
        return {root: root_label(self.documents[root].document) for root in self.roots}

    @cached_property
    def stems(self) -> list[str]:
        """The number of the nearest numbered thing above every node; '' where there is none."""
        stems: list[str] = []
        provisions, roots = self.provisions, self.root_numbers
        for parent in self.parents:
            above = provisions[parent] if parent >= 0 else None
            number = roots.get(parent, "") if above is None else above.number
            stems.append(number or (stems[parent] if parent >= 0 else ""))
        return stems

    @cached_property
    def labels(self) -> list[tuple[str, bool]]:
        """What every node's number adds to its stem, and whether it begins with it: `own_label`."""
        return [
            (self.root_numbers[node], False)
            if provision is None
            else own_label(provision.number, stem)
            for node, (provision, stem) in enumerate(zip(self.provisions, self.stems, strict=True))
        ]

    @cached_property
    def addresses(self) -> list[str]:
        """The address of every node within its document: its number, and no two alike.

        The second provision that bears one number is 'D7.2#2'; the second unnumbered paragraph
        under it 'D7.2¶2'; the first at the top of a document '¶1'. A document's address is ''.
        """
        found: list[str] = [""] * len(self.parents)
        seen: dict[str, int] = {}
        unnumbered: dict[int, int] = {}
        for node, provision in enumerate(self.provisions):
            if provision is None:
                seen, unnumbered = {}, {}
            elif provision.number:
                times = seen[provision.number] = seen.get(provision.number, 0) + 1
                number = provision.number
                found[node] = number if times == 1 else f"{number}#{times}"
            else:
                parent = self.parents[node]
                times = unnumbered[parent] = unnumbered.get(parent, 0) + 1
                found[node] = f"{found[parent]}¶{times}"
        return found

    @cached_property
    def keys(self) -> list[str]:
        """What names every node in a change set: its permanent id, else document and address."""
        return [
            provision.id
            if provision is not None and provision.id
            else f"{document.document}/{address}"
            if provision is not None
            else document.document
            for provision, document, address in zip(
                self.provisions, self.documents, self.addresses, strict=True
            )
        ]

    @cached_property
    def nodes(self) -> dict[str, int]:
        """The node of every key."""
        return {key: node for node, key in enumerate(self.keys)}

    def find(self, key: str) -> int | None:
        """Return the node that a key names; None where nothing bears it."""
        return self.nodes.get(key)

    def shown(self, node: int) -> str:
        """Return a node's address for people: 'Section D7.2', 'Appendix L, 5.1', 'Section D'."""
        document = self.documents[node].document
        address = self.addresses[node]
        if not address:
            return document
        letter = self.root_numbers.get(self.root_of(node), "")
        if letter and address.startswith(letter):
            return f"Section {address}"
        return f"{document}, {address}"

    def root_of(self, node: int) -> int:
        """Return the node of the document that a node stands in."""
        while self.parents[node] >= 0:
            node = self.parents[node]
        return node
