"""Write a draft out as a text. What nothing touched is the base's own object, not a copy."""

from collections.abc import Iterator, Sequence

import msgspec

from engross.core.legaltext.applying.drafts import Draft
from engross.core.legaltext.applying.wordings import body_of_node
from engross.core.legaltext.provisions import Code, Document, Provision, root_label


def written(draft: Draft) -> Code:
    """Return the text of a draft. Raises ValueError where an edit finds something else."""
    writer = _Writer(draft)
    return Code(tuple(writer.document(node) for node in draft.children(-1)))


class _Writer:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.base = len(draft.places)
        self.own = {
            *draft.labels,
            *draft.ids,
            *draft.headings,
            *draft.said,
            *draft.pieces,
            *range(self.base, self.base + len(draft.added)),
        }
        self.touched = set(self._with_ancestors())

    def _with_ancestors(self) -> Iterator[int]:
        """Yield what is not written as it was: what is spoken of, and all above it."""
        draft = self.draft
        parents = draft.places.parents
        gone = {parents[node] for node in (*draft.removed, *draft.away)}
        held = {draft.parent(node) for node in draft.placed_at}
        self.reordered = gone | held
        seen: set[int] = set()
        for node in (*self.own, *gone, *held, *draft.document_fields):
            above = node
            while above >= 0 and above not in seen:
                seen.add(above)
                above = draft.parent(above)
        return iter(seen)

    def document(self, node: int) -> Document:
        draft = self.draft
        part = draft.added[node - self.base] if node >= self.base else draft.places.documents[node]
        if not isinstance(part, Document):
            raise ValueError(f"node {node} is a provision, not a document")
        if node not in self.touched:
            return part
        fields = draft.document_fields.get(node, {})
        stem = root_label(fields.get("document", part.document))
        provisions = tuple(self.provision(child, stem) for child in draft.children(node))
        return msgspec.structs.replace(part, provisions=provisions, **fields)

    def provision(self, node: int, stem: str) -> Provision:
        """Return a provision with all under it, `stem` being the number above it."""
        draft = self.draft
        children: Sequence[int]
        if node not in self.touched:
            if draft.places.stems[node] == stem:
                return draft.places.provision(node)
            part, children = draft.places.provision(node), draft.places.children[node]
        else:
            part = body_of_node(draft, node) if node in self.own else draft.places.provision(node)
            # Most of what is touched was reworded, and what stands under it is as it was.
            children = (draft.children if node in self.reordered else draft.base_children)(node)
        number = self._number(node, stem)
        under = tuple(self.provision(child, number or stem) for child in children)
        return msgspec.structs.replace(part, number=number, children=under)

    def _number(self, node: int, stem: str) -> str:
        label, inherits = self.draft.labels.get(node) or self.draft.places.labels[node]
        return stem + label if inherits else label
