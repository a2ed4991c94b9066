"""What provisions that stay say otherwise than they did: headings, texts, marks and tables."""

from collections.abc import Iterator, Sequence

from msgspec import UNSET

from engross.core.legaltext.change_sets import (
    EditTable,
    Format,
    Key,
    Operation,
    Replace,
    SetHeading,
    SetTable,
    TextEdit,
)
from engross.core.legaltext.changing.links import Links
from engross.core.legaltext.changing.parting import join_operations, split_operations
from engross.core.legaltext.changing.tables import table_edits
from engross.core.legaltext.changing.texts import text_edits
from engross.core.legaltext.inverting import inverted_edits
from engross.core.legaltext.marks import Inlines, listed, shifted
from engross.core.legaltext.provisions import Provision, Table, short_hash


def wording_operations(links: Links) -> Iterator[tuple[float, Operation]]:
    """Yield what is said otherwise, each with the node of the new text."""
    for was, node in _touched(links):
        before, after = links.old.provision(was), links.new.provision(node)
        key = links.key(was)
        if was in links.splits:
            found = split_operations(links, was)
        elif node in links.joins:
            found = join_operations(links, node)
        else:
            found = text_operations(key, before, after)
        own = (*heading_operations(key, before, after), *found)
        for operation in (*own, *table_operations(key, before, after)):
            yield node, operation


def body_operations(key: Key, before: Provision, after: Provision) -> Iterator[Operation]:
    """Yield how one wording becomes another: heading, text, marks and table."""
    yield from heading_operations(key, before, after)
    yield from text_operations(key, before, after)
    yield from table_operations(key, before, after)


def heading_operations(key: Key, before: Provision, after: Provision) -> Iterator[Operation]:
    """Yield that a heading is another one; nothing where it is not."""
    if before.heading != after.heading:
        yield SetHeading(key, before.heading, after.heading)


def _touched(links: Links) -> list[tuple[int, int]]:
    """Return the pairs that read otherwise, quickly: most of a text is as it was."""
    old, new = links.old.provisions, links.new.provisions
    changed = [
        (was, node)
        for was, node in links.pairs
        if (before := old[was]) is not None
        and (after := new[node]) is not None
        and not (
            before.text == after.text
            and before.heading == after.heading
            and before.inlines == after.inlines
            and before.table == after.table
        )
    ]
    parted = [(was, links.new_of[was]) for was in links.splits]
    joined = [(links.old_of[node], node) for node in links.joins]
    return list(dict.fromkeys(changed + parted + joined))


def text_operations(key: Key, before: Provision, after: Provision) -> Iterator[Operation]:
    """Yield how one text with its marks becomes another; nothing where they are alike."""
    edits: Sequence[TextEdit] = ()
    if before.text != after.text:
        edits = text_edits(before.text, after.text)
        hashes = short_hash(before.text), short_hash(after.text)
        yield Replace(key, hashes, tuple(edits))
    old, new = listed(before.inlines), listed(after.inlines)
    if not marks_follow(old, new, edits):
        yield Format(key, old, new)


def marks_follow(old: Inlines, new: Inlines, edits: Sequence[TextEdit]) -> bool:
    """Tell whether shifting marks with the edits gives the new ones, and back the old ones."""
    if not (old or new):
        return True
    return shifted(old, edits) == new and shifted(new, inverted_edits(edits)) == old


def table_operations(key: Key, before: Provision, after: Provision) -> Iterator[Operation]:
    """Yield how one table becomes another; none where they are alike."""
    old, new = _table(before), _table(after)
    if old == new:
        return
    if old is None or new is None:
        yield SetTable(key, old, new)
        return
    rows, cells = table_edits(old, new)
    yield EditTable(key, rows, cells)


def _table(provision: Provision) -> Table | None:
    return None if provision.table is UNSET else provision.table
