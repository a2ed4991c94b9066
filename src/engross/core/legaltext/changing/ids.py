"""The permanent ids of a new text: its own, else those of what it was."""

from engross.core.legaltext.aligned import NONE, Aligned
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Document, Provision


def result_ids(aligned: Aligned) -> list[str | None]:
    """Return the id that every node of the new text bears: its own, else the one it inherits.

    An id that another provision of the new text bears is not inherited: no two have the same.
    """
    own, old = _ids(aligned.new), _ids(aligned.old)
    if not any(old):
        return own
    taken = set(own)
    return [
        mine if mine is not None or before == NONE or old[before] in taken else old[before]
        for mine, before in zip(own, aligned.old_of, strict=True)
    ]


def _ids(places: Places) -> list[str | None]:
    return [None if provision is None else provision.id for provision in places.provisions]


def with_ids(aligned: Aligned) -> Code:
    """Return the new text, its provisions without an id bearing those of what they were."""
    ids = result_ids(aligned)
    places = aligned.new
    if ids == _ids(places):
        return places.code
    made: list[Provision | None] = list(places.provisions)
    for node in range(len(places) - 1, -1, -1):
        provision = made[node]
        if provision is None:
            continue
        children = tuple([made[child] for child in places.children[node]])
        made[node] = Provision(
            ids[node],
            provision.number,
            provision.heading,
            provision.text,
            provision.inlines,
            provision.table,
            children,  # type: ignore[arg-type]
        )
    documents = (
        Document(
            document.document,
            document.title,
            document.language,
            tuple([made[child] for child in places.children[root]]),  # type: ignore[misc]
        )
        for document, root in zip(places.code.documents, places.roots, strict=True)
    )
    return Code(tuple(documents))
