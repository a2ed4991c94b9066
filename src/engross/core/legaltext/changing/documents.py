"""Documents that come, go, change places or are called something else."""

from collections.abc import Iterator

from engross.core.legaltext.aligned import NONE
from engross.core.legaltext.change_sets import (
    DeleteDocument,
    InsertDocument,
    MoveDocument,
    Operation,
    SetDocument,
)
from engross.core.legaltext.changing.links import Links
from engross.core.legaltext.provisions import Document


def document_operations(links: Links) -> Iterator[tuple[float, Operation]]:
    """Yield what becomes of documents, each with the node of the new text it is about."""
    for new in links.new.roots:
        if links.old_of[new] == NONE:
            yield new, _inserted(links, new)
            continue
        if new in links.moved:
            yield new, _moved(links, new)
        for operation in _renamed(links, new):
            yield new, operation
    for old in links.old.roots:
        if links.new_of[old] == NONE:
            yield links.behind(old), _deleted(links, old)


def _inserted(links: Links, new: int) -> InsertDocument:
    payload = links.added.document(links.new, new, links.cut_off)
    return InsertDocument(links.new_key(new), payload, links.new_document_before(new))


def _deleted(links: Links, old: int) -> DeleteDocument:
    payload = links.taken.document(links.old, old, links.put_in)
    return DeleteDocument(links.key(old), payload, links.document_before(old))


def _moved(links: Links, new: int) -> MoveDocument:
    old = links.old_of[new]
    return MoveDocument(links.key(old), links.document_before(old), links.new_document_before(new))


def _renamed(links: Links, new: int) -> Iterator[SetDocument]:
    old = links.old_of[new]
    was: Document = links.old.documents[old]
    now: Document = links.new.documents[new]
    if was.document != now.document:
        yield SetDocument(links.key(old), "document", was.document, now.document)
    if was.title != now.title:
        yield SetDocument(links.key(old), "title", was.title, now.title)
    if was.language != now.language:
        yield SetDocument(links.key(old), "language", was.language, now.language)
