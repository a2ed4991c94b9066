"""What differs between two texts, provision by provision: a view for people and programs.

What stays as it was is not listed, and what stands under a moved or renumbered clause goes with it
unlisted.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import get_args

from msgspec import UNSET, UnsetType

from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.aligning import align
from engross.core.legaltext.comparison_entries import (
    Comparison,
    Entry,
    Inlines,
    Kind,
    Marked,
    Part,
    Provisions,
    Summary,
    TableChange,
    Tokens,
)
from engross.core.legaltext.moves import moves
from engross.core.legaltext.placeholders import keeps_place
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Provision, Table, own_label
from engross.core.legaltext.tables_compared import compared_tables
from engross.core.legaltext.tokens import Segment, count_tokens, parted_edits, token_edits, turned

__all__ = ["Comparison", "Entry", "compare", "compared"]

Order = tuple[int, int, int]


def compare(old: Code, new: Code) -> Comparison:
    """Return what differs between two texts."""
    return compared(align(old, new))


def compared(aligned: Aligned) -> Comparison:
    """Return what differs between two texts whose pairs are known."""
    comparing = _Comparing(aligned)
    entries = [entry for _, entry in sorted(comparing.entries(), key=lambda one: one[0])]
    return Comparison(tuple(entries), _summary(aligned, entries))


class _Comparing:
    def __init__(self, aligned: Aligned) -> None:
        self.aligned = aligned
        self.old, self.new = aligned.old, aligned.new
        self.moved = set(moves(aligned))
        self.several = max(len(self.old.roots), len(self.new.roots)) > 1
        self._stands: dict[int, int] = {}

    def entries(self) -> Iterator[tuple[Order, Entry]]:
        """Yield every entry with its place in the order of reading."""
        aligned = self.aligned
        parts = {part for parts in aligned.splits.values() for part in parts[1:]}
        for node, was in enumerate(aligned.old_of):
            if was < 0 and node not in parts:
                yield (node, 0, 0), self._whole("inserted", self.new, node)
        gone = {part for parts in aligned.joins.values() for part in parts[1:]}
        for node, to in enumerate(aligned.new_of):
            if to < 0 and node not in gone:
                yield (self._stood(node), 1, node), self._whole("deleted", self.old, node)
        for node in self._changed():
            entry = self._pair(node, aligned.new_of[node])
            if entry is not None:
                yield (aligned.new_of[node], 0, 0), entry

    def _changed(self) -> Iterable[int]:
        """Return the old nodes whose pair is not the same in every way, or stands elsewhere."""
        new_parts, moved, joins = self.new.provisions, self.moved, self.aligned.joins
        for node, (to, one) in enumerate(
            zip(self.aligned.new_of, self.old.provisions, strict=True)
        ):
            if to < 0:
                continue
            other = new_parts[to]
            if (
                one is None
                or other is None
                or (
                    one.text != other.text
                    or one.number != other.number
                    or one.heading != other.heading
                    or one.table != other.table
                    or one.inlines != other.inlines
                    or node in moved
                    or to in joins
                )
            ):
                yield node

    def _stood(self, node: int) -> int:
        """Return the new node after which something that was taken away is to be read."""
        found = self._stands.get(node)
        if found is None:
            found = self._stands[node] = self._after_sibling(node)
        return found

    def _after_sibling(self, node: int) -> int:
        parent = self.old.parents[node]
        siblings = self.old.roots if parent < 0 else self.old.children[parent]
        new_of = self.aligned.new_of
        for sibling in reversed(siblings[: bisect_left(siblings, node)]):
            if new_of[sibling] >= 0 and sibling not in self.moved:
                return self.new.end_of(new_of[sibling]) - 1
        if parent < 0:
            return -1
        return new_of[parent] if new_of[parent] >= 0 else self._stood(parent)

    def _whole(self, kind: Kind, places: Places, node: int) -> Entry:
        """Return the entry of something inserted or deleted as a whole."""
        address, document = places.addresses[node], places.documents[node]
        old, new = (None, address) if kind == "inserted" else (address, None)
        part, sign = places.provisions[node], "+" if kind == "inserted" else "-"
        if part is None:
            title: Tokens | UnsetType = _single(sign, document.title) or UNSET
            return Entry((kind,), old, new, document=document.document, heading=title)
        return Entry(
            (kind,),
            old,
            new,
            _single(sign, part.text),
            document=document.document if self.several else UNSET,
            heading=_single(sign, part.heading or "") or UNSET,
            table=_table_of(kind, part),
        )

    def _pair(self, node: int, to: int) -> Entry | None:
        """Return the entry of a pair; None where nothing is to be said of it."""
        one, other = self.old.provisions[node], self.new.provisions[to]
        if one is None or other is None:
            return self._document(node, to)
        parts, tokens = self._tokens(node, to, one, other)
        heading = _changed_tokens(one.heading, other.heading)
        table = _changed_table(one, other)
        inlines = _changed_inlines(one, other)
        said = bool(heading or table or inlines or (_edited(tokens) if parts else tokens))
        kinds = self._kinds(node, to, said)
        if not kinds:
            return None
        document, old_document = self._documents(node, to)
        return Entry(
            kinds,
            self.old.addresses[node],
            self.new.addresses[to],
            tokens,
            document=document,
            old_document=old_document,
            heading=heading or UNSET,
            table=table or UNSET,
            inlines=inlines or UNSET,
            parts=parts or UNSET,
        )

    def _kinds(self, node: int, to: int, said: bool) -> tuple[Kind, ...]:
        kinds: list[Kind] = []
        was, now = self.old.provision(node).text, self.new.provision(to).text
        if keeps_place(now) and was and not keeps_place(was):
            kinds.append("deleted")
        elif keeps_place(was) and now and not keeps_place(now):
            kinds.append("inserted")
        elif said:
            kinds.append("changed")
        if node in self.aligned.splits:
            kinds.append("split")
        if to in self.aligned.joins:
            kinds.append("joined")
        if node in self.moved:
            kinds.append("moved")
        elif self._renumbered(node, to):
            kinds.append("renumbered")
        return tuple(kinds)

    def _renumbered(self, node: int, to: int) -> bool:
        """Say whether a provision's own label is another, not only what stands before it."""
        number, now = self.old.number(node), self.new.number(to)
        if number == now:
            return False
        return own_label(number, _stem(self.old, node)) != own_label(now, _stem(self.new, to))

    def _documents(self, node: int, to: int) -> tuple[str | UnsetType, str | UnsetType]:
        """Return the document that an entry names, and the old one where it is another."""
        if not self.several:
            return UNSET, UNSET
        was, now = self.old.documents[node], self.new.documents[to]
        moved = was.document != now.document
        return now.document, was.document if moved else UNSET

    def _document(self, node: int, to: int) -> Entry | None:
        was, now = self.old.documents[node], self.new.documents[to]
        title = _changed_tokens(was.title, now.title)
        language = (was.language, now.language)
        renamed = was.document != now.document
        kinds: list[Kind] = []
        if title or language[0] != language[1]:
            kinds.append("changed")
        if node in self.moved:
            kinds.append("moved")
        if renamed:
            kinds.append("renumbered")
        if not kinds:
            return None
        return Entry(
            tuple(kinds),
            "",
            "",
            document=now.document,
            old_document=was.document if renamed else UNSET,
            heading=title or UNSET,
            language=language if language[0] != language[1] else UNSET,
        )

    def _tokens(
        self, node: int, to: int, one: Provision, other: Provision
    ) -> tuple[tuple[Part, ...], Tokens]:
        """Return the tokens of a pair's text, and the parts it was split into or joined from."""
        if node in self.aligned.splits:
            return _parted(self.new, self.aligned.splits[node], one.text, "+")
        if to in self.aligned.joins:
            return _parted(self.old, self.aligned.joins[to], other.text, "-")
        return (), () if one.text == other.text else tuple(token_edits(one.text, other.text))


def _stem(places: Places, node: int) -> str:
    """Return the number of the nearest numbered thing above a node."""
    above = places.parents[node]
    while places.parents[above] >= 0 and not places.number(above):
        above = places.parents[above]
    return places.number(above)


def _parted(
    places: Places, nodes: tuple[int, ...], whole: str, sign: str
) -> tuple[tuple[Part, ...], Tokens]:
    """Return the parts and the tokens of a split ('+'), or of a join ('-'), read backwards."""
    runs = parted_edits(whole, [places.provision(node).text for node in nodes])
    parts: list[Part] = []
    segments: list[Segment] = []
    for at, (node, run) in enumerate(zip(nodes, runs, strict=True)):
        heading = places.provision(node).heading if at else None
        parts.append(Part(places.addresses[node], len(segments), _single(sign, heading or "")))
        segments += run if sign == "+" else turned(run)
    return tuple(parts), tuple(segments)


def _edited(tokens: Tokens) -> bool:
    """Say whether more than white space was taken away or put there."""
    return any(sign != "=" and not text.isspace() for sign, text in tokens)


def _single(sign: str, text: str) -> Tokens:
    if not text:
        return ()
    return (("+", text),) if sign == "+" else (("-", text),)


def _changed_tokens(was: str | None, now: str | None) -> Tokens:
    return () if was == now else tuple(token_edits(was or "", now or ""))


def _rows(part: Provision) -> tuple[tuple[str, ...], ...]:
    return part.table.rows if isinstance(part.table, Table) else ()


def _changed_table(one: Provision, other: Provision) -> TableChange | None:
    was, now = _rows(one), _rows(other)
    return None if was == now else compared_tables(was, now)


def _table_of(kind: Kind, part: Provision) -> TableChange | UnsetType:
    rows = _rows(part)
    if not rows:
        return UNSET
    return compared_tables((), rows) if kind == "inserted" else compared_tables(rows, ())


def _changed_inlines(one: Provision, other: Provision) -> tuple[Inlines, Inlines] | None:
    """Return the marks before and after, where the text is the same and they are not."""
    was, now = one.inlines or (), other.inlines or ()
    return (was, now) if one.text == other.text and was != now else None


def _summary(aligned: Aligned, entries: list[Entry]) -> Summary:
    """Return the comparison in figures."""
    old, new = aligned.old, aligned.new
    kinds = Counter(kind for entry in entries for kind in entry.kinds)
    pairs = sum(
        to >= 0 and part is not None
        for to, part in zip(aligned.new_of, old.provisions, strict=True)
    )
    said = sum(bool(entry.old and entry.new) for entry in entries)
    put, gone = _marked(entries)
    return Summary(
        {kind: kinds[kind] for kind in get_args(Kind)},
        Provisions(len(old) - len(old.roots), len(new) - len(new.roots), pairs - said),
        Marked(put, gone),
    )


def _marked(entries: list[Entry]) -> tuple[int, int]:
    """Return how many tokens were put there, and how many taken away."""
    texts: dict[str, list[str]] = {"=": [], "+": [], "-": []}
    for entry in entries:
        for sign, text in entry.tokens:
            texts[sign].append(text)
        if entry.heading or entry.parts or entry.table:
            for sign, text in _marked_beside(entry):
                texts[sign].append(text)
    return count_tokens("\n".join(texts["+"])), count_tokens("\n".join(texts["-"]))


def _marked_beside(entry: Entry) -> Iterator[Segment]:
    """Yield the segments of an entry that are not of its text."""
    yield from entry.heading or ()
    for part in entry.parts or ():
        yield from part.heading
    if entry.table:
        for row in entry.table.rows:
            for cell in row.cells:
                yield from cell.tokens
