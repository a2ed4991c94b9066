"""A legal text on its way from an old version to a new one: a tree that can be edited in place."""

from benchmarks.legal_texts import label
from engross.core.legaltext.provisions import (
    Code,
    Document,
    Provision,
    own_label,
    root_label,
)


class Node:
    """A provision or document; `old` is its node in the old text, -1 for a new one."""

    __slots__ = ("children", "document", "label", "old", "parent", "part", "text", "touched")

    def __init__(self, part: Provision | None, document: Document | None, old: int) -> None:
        self.part, self.document, self.old = part, document, old
        self.text = part.text if part else ""
        self.parent: Node | None = None
        self.children: list[Node] = []
        self.label = ("", True)  # its own label, and whether the parent's number stands before it
        self.touched = False

    def all(self) -> list["Node"]:
        """Return it and what stands under it, in reading order."""
        return [self, *(under for child in self.children for under in child.all())]

    @property
    def above(self) -> "Node":
        """The parent; only a document has none."""
        if self.parent is None:
            raise ValueError("a document stands under nothing")
        return self.parent

    @property
    def level(self) -> int:
        """How deep it stands: 0 for a document."""
        return 0 if self.parent is None else 1 + self.parent.level

    @property
    def place(self) -> int:
        """Its index among its siblings."""
        return self.above.children.index(self)


class Tree:
    """All nodes of an old text, and the documents as they now stand."""

    def __init__(self, code: Code) -> None:
        self.nodes: list[Node] = []
        self.roots = [self._document(document) for document in code.documents]

    def _document(self, document: Document) -> Node:
        root = Node(None, document, len(self.nodes))
        self.nodes.append(root)
        for provision in document.provisions:
            self._provision(provision, root, root_label(document.document))
        return root

    def _provision(self, provision: Provision, parent: Node, parent_number: str) -> None:
        node = Node(provision, None, len(self.nodes))
        node.label = own_label(provision.number, parent_number)
        node.parent = parent
        parent.children.append(node)
        self.nodes.append(node)
        for child in provision.children:
            self._provision(child, node, provision.number)

    def stands(self, node: Node) -> bool:
        """Say whether a node is still in the text."""
        while node.parent is not None:
            if node not in node.parent.children:
                return False
            node = node.parent
        return True

    def detach(self, node: Node) -> None:
        """Take a node out, with all under it."""
        node.above.children.remove(node)

    def attach(self, node: Node, parent: Node, at: int, *, shift: bool) -> None:
        """Hang a node in: its siblings are numbered anew, or it takes a suffix ('D7.2A')."""
        before = [child for child in parent.children[:at] if child.label[0]]
        near = before[-1] if before else None
        attached = all(child.label[1] for child in parent.children if child.label[0])
        parent.children.insert(at, node)
        node.parent, node.label = parent, ("?", attached)
        if shift or near is None:
            self.number_anew(parent)
            return
        taken = {child.label[0] for child in parent.children}
        stem = near.label[0].rstrip(")")
        close = ")" if stem.startswith("(") else ""
        labels = (f"{stem}{suffix}{close}" for suffix in "ABCDEFGHJKLMNOPQRSTUVWXYZ")
        node.label = (next(one for one in labels if one not in taken), attached)

    @staticmethod
    def number_anew(parent: Node) -> None:
        """Give the numbered children of a node their labels in order."""
        numbered = [child for child in parent.children if child.label[0]]
        for index, child in enumerate(numbered):
            own = str(index + 1) if child.level == 1 else label(child.level - 1, index)
            child.label = (own, child.label[1])

    def numbers(self) -> dict[int, str]:
        """Return the number that every node now bears, by `id` of the node."""
        found: dict[int, str] = {}
        for root in self.roots:
            found[id(root)] = root_label(root.document.document) if root.document else ""
            for node in root.all()[1:]:
                own, attached = node.label
                found[id(node)] = found[id(node.above)] + own if own and attached else own
        return found

    def written(self) -> tuple[Code, list[Node]]:
        """Return the text as it now stands, and its nodes in reading order."""
        numbers = self.numbers()

        def provision(node: Node) -> Provision:
            part = node.part or Provision()
            return Provision(
                id=part.id,
                number=numbers[id(node)],
                heading=part.heading,
                text=node.text,
                inlines=part.inlines,
                table=part.table,
                children=tuple(provision(child) for child in node.children),
            )

        documents = []
        for root in self.roots:
            name = root.document or Document("")
            children = tuple(provision(child) for child in root.children)
            documents.append(Document(name.document, name.title, name.language, children))
        return Code(tuple(documents)), [node for root in self.roots for node in root.all()]
