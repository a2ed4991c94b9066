"""Find what an editor's address names, or say what is called like it."""

from functools import cached_property

from rapidfuzz import fuzz, process

from engross.core.legaltext.places import Places
from engross.core.refusals import Reason, Refused


class Addresses:
    """The addresses of a text, as people write them."""

    def __init__(self, places: Places) -> None:
        self.places = places

    @cached_property
    def _nodes(self) -> dict[str, list[int]]:
        """The nodes that bear an address in any document."""
        found: dict[str, list[int]] = {}
        for node, address in enumerate(self.places.addresses):
            found.setdefault(address, []).append(node)
        return found

    def find(self, said: str) -> int:
        """Return the node that an address names.

        Raises Refused where nothing bears it, or things in several documents do.
        """
        node = self.places.find(said)
        if node is not None:
            return node
        nodes = self._in_document(said) or self._nodes.get(said, [])
        nodes = nodes or self._nodes.get(said.removeprefix("Section "), [])
        if len(nodes) == 1:
            return nodes[0]
        if nodes:
            shown = ", ".join(self.places.keys[node] for node in nodes)
            raise Refused(Reason(f"'{said}' may be any of {shown}", "Say in which document it is"))
        raise Refused(Reason(f"Nothing is called '{said}'", self._remedy(said)))

    def _in_document(self, said: str) -> list[int]:
        for sign in ("/", ", "):
            document, found, address = said.partition(sign)
            if found:
                nodes = [
                    node
                    for node in self._nodes.get(address, [])
                    if self.places.documents[node].document == document
                ]
                if nodes:
                    return nodes
        return []

    def _remedy(self, said: str) -> str:
        close = process.extractOne(said, self._nodes.keys(), scorer=fuzz.ratio, score_cutoff=60)
        nearest = f"; the nearest is '{close[0]}'" if close and close[0] else ""
        return f"Name a provision by its number or id{nearest}"

    def provision(self, said: str) -> int:
        """Return the provision that an address names. Raises Refused for a document."""
        node = self.find(said)
        if self.places.provisions[node] is None:
            raise Refused(Reason(f"'{said}' is a document", "Name a provision in it"))
        return node

    def document(self, said: str) -> int:
        """Return the document that a name names. Raises Refused for a provision."""
        node = self.find(said)
        if self.places.provisions[node] is not None:
            raise Refused(Reason(f"'{said}' is not a document", "Name a document"))
        return node
