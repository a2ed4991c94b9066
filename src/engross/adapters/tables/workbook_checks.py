"""What is looked at in a workbook before it is opened: how large it is, and how it would grow.

A workbook is packed XML. A few kilobytes can unpack to gigabytes, one cell far away can span a
rectangle of billions, and a text stored once can be pointed to from a million cells.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from engross.adapters.tables.limits import FileRefused, Limits, refuse
from engross.core.refusals import Reason

_PIECE = 1_000_000
_LONGEST_TAIL = 200_000
_MOST_MEMBERS = 2000
_NEEDED = "xl/workbook.xml"
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_POINTER = re.compile(rb"""\bt\s*=\s*["']s["']""")
_POINTED = re.compile(rb"""\bt\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v\b[^>]*>\s*(\d{1,9})\s*<""")
_CELL = rb"<(?:\w+:)?c\b([^>]*)>"
_ERROR = re.compile(rb"""<(?:\w+:)?c\b([^>]*\bt\s*=\s*["']e["'][^>]*)>""")
_NO_RESULT = re.compile(_CELL + rb"\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_TEXT_CELL = re.compile(rb"""\bt\s*=\s*["']str["']""")
_MOST_CELLS_NAMED = 200


@dataclass
class _Found:
    """What one sheet's XML says about its cells."""

    row: int = 0
    column: int = 0
    text_bytes: int = 0
    troubles: list[str] = field(default_factory=list)


def refuse_harmful(file_name: str, packed: zipfile.ZipFile, limits: Limits) -> None:
    """Raise FileRefused if the workbook is too large to open, or its cells cannot be trusted."""
    _refuse_size(file_name, packed, limits)
    lengths = _shared_text_lengths(packed)
    for member in packed.infolist():
        if member.filename.startswith("xl/") and member.filename.endswith(".xml"):
            _refuse_sheet(file_name, member.filename, _scan(packed, member, lengths), limits)


def _refuse_size(file_name: str, packed: zipfile.ZipFile, limits: Limits) -> None:
    members = packed.infolist()
    if _NEEDED not in packed.namelist():
        what = "it is no .xlsx workbook; other packed formats (.xlsb, .ods) are not read"
        raise refuse(file_name, what, "Save it as .xlsx")
    if len(members) > _MOST_MEMBERS:
        raise refuse(file_name, f"it is packed from {len(members):,} parts", "Save it afresh")
    unpacked = sum(member.file_size for member in members)
    size = max(1, sum(member.compress_size for member in members))
    too_tight = unpacked > limits.small_bytes and unpacked > limits.times_packed * size
    if unpacked > limits.unpacked_bytes or too_tight:
        what = (
            f"it unpacks to {unpacked / 1_000_000:,.0f} MB, {unpacked / size:,.0f} times its size"
        )
        remedy = "Delete unused sheets, rows and formats, or save the sheet as CSV"
        raise refuse(file_name, what, remedy)


def _refuse_sheet(file_name: str, part: str, found: _Found, limits: Limits) -> None:
    if found.row * found.column > limits.grid_cells:
        what = f"the cells of {part} span {found.row:,} rows and {found.column:,} columns"
        raise refuse(file_name, what, "Delete what stands far to the right or far below")
    if found.text_bytes > limits.text_bytes:
        what = f"the cells of {part} hold {found.text_bytes / 1_000_000:,.0f} MB of text"
        raise refuse(file_name, what, "Split it into several files")
    if found.troubles:
        remedy = "Correct the formula, or replace it by its value"
        raise FileRefused(
            Reason(f"{file_name}: {each} in {part}", remedy)
            for each in found.troubles[:_MOST_CELLS_NAMED]
        )


def _scan(packed: zipfile.ZipFile, member: zipfile.ZipInfo, lengths: list[int]) -> _Found:
    found = _Found()
    longest = max(lengths, default=0)
    columns: set[bytes] = set()
    for piece in _pieces(packed, member, b"<c"):
        for letters, row in _PLACE.findall(piece):
            columns.add(letters)
            found.row = max(found.row, int(row))
        pointed = [int(each) for each in _POINTED.findall(piece)]
        pointers = len(_POINTER.findall(piece)) if pointed or b's"' in piece else 0
        found.text_bytes += sum(lengths[each] for each in pointed if each < len(lengths))
        found.text_bytes += longest * max(0, pointers - len(pointed))
        found.troubles += _troubles(piece)
    found.column = max(map(_column_number, columns), default=0)
    return found


def _troubles(piece: bytes) -> list[str]:
    troubles = [f"cell {_place(match[1])} holds an error" for match in _ERROR.finditer(piece)]
    for match in _NO_RESULT.finditer(piece) if b"<f" in piece else ():
        if not _TEXT_CELL.search(match[1]):
            troubles.append(f"cell {_place(match[1])} holds a formula without a result")
    return troubles


def _place(attributes: bytes) -> str:
    match = _PLACE.search(attributes)
    return (match[1] + match[2]).decode() if match else "?"


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _shared_text_lengths(packed: zipfile.ZipFile) -> list[int]:
    """Return how long each shared text is at most, in the order that cells point to them."""
    lengths: list[int] = []
    for member in packed.infolist():
        if member.filename.lower().endswith("sharedstrings.xml"):
            for piece in _pieces(packed, member, b"</si>", after=True):
                lengths += [len(each) for each in piece.split(b"</si>")[:-1]]
    return lengths


def _pieces(
    packed: zipfile.ZipFile, member: zipfile.ZipInfo, mark: bytes, *, after: bool = False
) -> Iterator[bytes]:
    """Return the member's content in pieces that begin at `mark`, or end after it."""
    tail = b""
    with packed.open(member) as stream:
        while piece := stream.read(_PIECE):
            piece = tail + piece
            cut = piece.rfind(mark)
            cut = cut + len(mark) if after and cut >= 0 else cut
            if cut <= 0 and len(piece) < _PIECE + _LONGEST_TAIL:
                tail = piece
                continue
            cut = cut if cut > 0 else len(piece)
            yield piece[:cut]
            tail = piece[cut:]
    if tail:
        yield tail
