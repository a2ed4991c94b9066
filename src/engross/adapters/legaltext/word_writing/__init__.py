"""Write texts as Word files: clean, or as a redline with real tracked changes.

Rejecting all changes gives the old text, accepting all the new one, exactly. Numbers are counted by
Word where it counts as the text does (`numbers.py`), else typed.
"""

from calendar import month_name
from collections.abc import Iterator, Sequence

from engross.adapters.legaltext.word_writing.numbers import (
    Counting,
    Numbered,
    counting_of,
    numbering_xml,
    printed,
)
from engross.adapters.legaltext.word_writing.package import package
from engross.adapters.legaltext.word_writing.paragraphs import ParagraphWriter, Side, same_parts
from engross.adapters.legaltext.word_writing.runs import Revisions, RunWriter, Stamp, Stretch
from engross.adapters.legaltext.word_writing.stretches import stretches
from engross.adapters.legaltext.word_writing.tables import TableWriter
from engross.adapters.legaltext.word_writing.writable import (
    losses_of,
    refuse_unwritable,
    refuse_unwritable_line,
)
from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.marks import listed
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Document, body_of
from engross.core.legaltext.redlines import RedlineLine, redline

__all__ = ["losses_of", "write_redline", "write_text"]

_OLD = ("kept", "deleted", "moved-from")
_GONE = ("deleted", "moved-from")
_NEW = ("kept", "inserted", "moved-to")


def write_text(code: Code, *, note: str = "") -> bytes:
    """Return a Word file of a text as it stands, without tracked changes.

    `note` stands at the head of every page; without one, what the text is called.
    Raises Refused for what a Word file cannot hold: control characters, a row without a cell.
    """
    places = Places(code)
    nodes = list(range(len(places)))
    return write_redline(Aligned(places, places, nodes, nodes), author="", note=note)


def write_redline(aligned: Aligned, *, author: str, day: str = "", note: str = "") -> bytes:
    """Return a Word file of two texts, with what differs as changes tracked under a name and day.

    `author` is the proposal's name, `day` an ISO date or '' for none; `note` stands at the head of
    every page, and without one what the text and the proposal are called. Raises Refused for what a
    Word file cannot hold: control characters, a row without a cell.
    """
    refuse_unwritable_line(f"{author}{note}")
    refuse_unwritable(aligned.old)
    if aligned.new is not aligned.old:
        refuse_unwritable(aligned.new)
    writer = _Writer(aligned, Stamp(author, day))
    body = "".join(writer.lines(redline(aligned)))
    documents = (*aligned.new.code.documents, *aligned.old.code.documents)
    return package(
        body + writer.paragraphs.empty("EngrossEnd"),
        numbering=numbering_xml(writer.lists),
        footnotes=writer.runs.footnotes,
        links=writer.runs.links,
        depth=max((1, *writer.depths)),
        language=documents[0].language if documents else "en",
        header=note or _header(aligned, author, day),
    )


class _Writer:
    def __init__(self, aligned: Aligned, stamp: Stamp) -> None:
        self.aligned = aligned
        self.runs = RunWriter(Revisions(stamp))
        self.paragraphs = ParagraphWriter(self.runs)
        self.tables = TableWriter(self.paragraphs)
        self.lists: list[Counting] = []
        self.gone_until, self.types_gone = 0, False
        self.moves: dict[tuple[int, int], str] = {}
        self.depths_old = _depths(aligned.old)
        self.depths_new = self.depths_old if aligned.new is aligned.old else _depths(aligned.new)

    @property
    def depths(self) -> Sequence[int]:
        """How deep every provision of both texts stands."""
        return (*self.depths_old, *self.depths_new)

    def lines(self, lines: list[RedlineLine]) -> Iterator[str]:
        """Yield the file's paragraphs and tables in order."""
        for at, line in enumerate(lines):
            if line.fate in _GONE and at >= self.gone_until:
                self.gone_until, self.types_gone = self._before_a_typed_one(lines, at)
            node = line.new if line.fate in _NEW else line.old
            places = self.aligned.new if line.fate in _NEW else self.aligned.old
            if places.parents[node] < 0:
                yield self._title(line)
            else:
                yield self._provision(line)

    def _before_a_typed_one(self, lines: Sequence[RedlineLine], at: int) -> tuple[int, bool]:
        """Return where what goes from here on ends, and whether a typed number stands behind it.

        LibreOffice gives the clause behind a deleted one the deleted one's list: where its number
        is typed it would have two. So what goes is not counted there either.
        """
        end = next((n for n in range(at, len(lines)) if lines[n].fate not in _GONE), len(lines))
        if end == len(lines) or not self.lists:
            return end, False
        trying = self.lists[-1].copy()
        for line in lines[at:end]:
            if self.aligned.old.parents[line.old] < 0:
                return end, False
            gone, _ = self._sides(line)
            trying.counts(gone and gone.numbered, None)
        if self.aligned.new.parents[lines[end].new] < 0:
            return end, False
        old, new = self._sides(lines[end])
        is_numbered = any(side and side.numbered.printed for side in (old, new))
        counted = trying.counts(old and old.numbered, new and new.numbered)
        return end, is_numbered and not counted

    def _sides(self, line: RedlineLine) -> tuple[Side | None, Side | None]:
        """Return a provision as it was and as it is, None where it does not stand."""
        aligned, is_old, is_new = self.aligned, line.fate in _OLD, line.fate in _NEW
        old = self._side(aligned.old, line.old, self.depths_old) if is_old else None
        new = self._side(aligned.new, line.new, self.depths_new) if is_new else None
        return old, new

    def _title(self, line: RedlineLine) -> str:
        old = self.aligned.old.documents[line.old] if line.fate in _OLD else None
        new = self.aligned.new.documents[line.new] if line.fate in _NEW else None
        roots = (line.old if old is not None else None, line.new if new is not None else None)
        self.lists.append(counting_of(self.aligned, *roots))
        if old is not None and new is not None:
            names = stretches(old.document, new.document)
            titles = stretches(_tail(old), _tail(new))
        else:
            only = new or self.aligned.old.documents[line.old]
            sign = "-" if new is None else "+"
            names = [Stretch(sign, only.document, (), ())]
            titles = [Stretch(sign, tail, (), ()) for tail in (_tail(only),) if tail]
        content = self.runs.styled(names, "EngrossDocument") + self.runs.changed(titles)
        # Word moves a clause, but a whole document goes and comes.
        fate = {"moved-from": "deleted", "moved-to": "inserted"}.get(line.fate, line.fate)
        return self.paragraphs.styled("EngrossTitle", content, fate)

    def _provision(self, line: RedlineLine) -> str:
        old, new = self._sides(line)
        if old is not None and new is not None:
            return self._kept(old, new)
        side = new or self._side(self.aligned.old, line.old, self.depths_old)
        is_typed = line.fate in _GONE and self.types_gone
        counted = -1 if is_typed else self._list(old, new)
        move = ""
        if line.fate in ("moved-from", "moved-to"):
            move = self.moves.setdefault((line.old, line.new), f"move{len(self.moves) + 1}")
        written = self.paragraphs.whole(side, counted, line.fate, move)
        table = side.provision.table
        return written + (self.tables.whole(table, line.fate) if table else "")

    def _kept(self, old: Side, new: Side) -> str:
        if not same_parts(old, new):
            gone = self.paragraphs.whole(old, self._list(old, None), "deleted")
            come = self.paragraphs.whole(new, self._list(None, new), "inserted")
            return gone + come + self._table(old, new)
        counted = self._list(old, new)
        before, after = old.provision, new.provision
        same_look = old[1:] == new[1:] and before.id == after.id
        if old == new or (same_look and body_of(before)[:3] == body_of(after)[:3]):
            return self.paragraphs.whole(new, counted, "kept") + self._table(old, new)
        heading = stretches(before.heading or "", after.heading or "")
        text = stretches(before.text, after.text, listed(before.inlines), listed(after.inlines))
        written = self.paragraphs.changed(old, new, counted, heading=heading, text=text)
        return written + self._table(old, new)

    def _table(self, old: Side, new: Side) -> str:
        before, after = old.provision.table or None, new.provision.table or None
        if before and after:
            if before == after:
                return self.tables.whole(after, "kept")
            return self.tables.changed(before, after)
        if before:
            return self.tables.whole(before, "deleted")
        return self.tables.whole(after, "inserted") if after else ""

    def _side(self, places: Places, node: int, depths: Sequence[int]) -> Side:
        numbered = Numbered(printed(places, node), depths[node])
        provision = places.provision(node)
        is_whole = numbered.printed == provision.number
        is_odd = is_whole and numbered.printed.startswith("(") and bool(places.stems[node])
        return Side(provision, numbered, is_whole, is_odd)

    def _list(self, old: Side | None, new: Side | None) -> int:
        """Return the list that counts a provision on both sides; -1 where its number is typed."""
        if not self.lists or (old and old.is_odd) or (new and new.is_odd):
            return -1
        counts = self.lists[-1].counts(old and old.numbered, new and new.numbered)
        return len(self.lists) - 1 if counts else -1


def _header(aligned: Aligned, author: str, day: str) -> str:
    """Return what stands at the head of every page: the one document, and whose changes."""
    documents = aligned.new.code.documents or aligned.old.code.documents
    name = f"{documents[0].document}{_tail(documents[0])}" if len(documents) == 1 else ""
    return "  ·  ".join(part for part in (name, author, _shown_day(day)) if part)


def _shown_day(day: str) -> str:
    return f"{int(day[8:10])} {month_name[int(day[5:7])]} {day[:4]}" if day else ""


def _tail(document: Document) -> str:
    return f": {document.title}" if document.title else ""


def _depths(places: Places) -> list[int]:
    depths: list[int] = []
    for parent in places.parents:
        depths.append(0 if parent < 0 else depths[parent] + 1)
    return depths
