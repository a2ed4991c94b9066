"""The permanent ids of a new text: its own, else those of what it was."""

from collections.abc import Sequence

from msgspec.structs import replace

from engross.core.legaltext.aligned import NONE, Aligned
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Provision


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
    return bearing(aligned.new, result_ids(aligned))


def bearing(places: Places, ids: Sequence[str | None]) -> Code:
    """Return a text whose nodes bear these ids; itself where they do already."""
    if ids == _ids(places):
        return places.code
    made: dict[int, tuple[Provision, ...]] = {}
    for node in range(len(places) - 1, -1, -1):
        provision = places.provisions[node]
        made[node] = tuple([child for one in places.children[node] for child in made.pop(one)])
        if provision is not None:
            made[node] = (replace(provision, id=ids[node], children=made[node]),)
    documents = zip(places.code.documents, places.roots, strict=True)
    return Code(tuple(replace(document, provisions=made[root]) for document, root in documents))
