"""What an instruction makes of a provision's own wording: heading, text, marks and table."""

from msgspec import UNSET
from msgspec.structs import replace

from engross.core.legaltext.changing.texts import text_edits
from engross.core.legaltext.editing.instructions import (
    DeleteRow,
    InsertRow,
    ReplaceWords,
    SetCell,
    SetHeading,
    SetTable,
    SetText,
    Wording,
)
from engross.core.legaltext.marks import kept, listed, shifted
from engross.core.legaltext.provisions import NOT_USED, Provision, Table
from engross.core.refusals import Reason, Refused


def reworded(stands: Provision, instruction: Wording) -> Provision:
    """Return a provision as an instruction wants it; marks go along with the text.

    Raises Refused where it has not the words, the row or the column that are spoken of.
    """
    match instruction:
        case SetText():
            return with_text(stands, instruction.text)
        case ReplaceWords():
            return with_text(stands, _replaced(stands, instruction))
        case SetHeading():
            return replace(stands, heading=instruction.heading)
        case SetTable():
            table = UNSET if instruction.rows is None else Table(instruction.rows)
            return replace(stands, table=table)
        case _:
            return replace(stands, table=Table(_rows(stands, instruction)))


def with_text(stands: Provision, text: str) -> Provision:
    """Return a provision that reads otherwise, its marks over the words they were over."""
    marks = shifted(listed(stands.inlines), text_edits(stands.text, text))
    return replace(stands, text=text, inlines=kept(marks))


def not_used(stands: Provision) -> Provision:
    """Return what is left of a provision that is not used: its number."""
    return replace(stands, heading=None, text=NOT_USED, inlines=UNSET, table=UNSET)


def found_once(text: str, words: str, at: str) -> int:
    """Return where words stand in a text. Raises Refused unless they stand in it once."""
    times = text.count(words) if words else 0
    if times != 1:
        count = "not" if times == 0 else f"{times} times"
        what = f"'{words}' stands {count} in {at}"
        raise Refused(Reason(what, "Give words that stand in it once"))
    return text.index(words)


def _replaced(stands: Provision, instruction: ReplaceWords) -> str:
    find, put = instruction.find, instruction.put
    if instruction.every and find and find in stands.text:
        return stands.text.replace(find, put)
    at = found_once(stands.text, find, instruction.at)
    return stands.text[:at] + put + stands.text[at + len(find) :]


def _rows(
    stands: Provision, instruction: SetCell | InsertRow | DeleteRow
) -> tuple[tuple[str, ...], ...]:
    rows = [list(row) for row in stands.table.rows] if stands.table else []
    match instruction:
        case InsertRow():
            _require(0 <= instruction.after <= len(rows), instruction.at, "row", instruction.after)
            rows.insert(instruction.after, list(instruction.cells))
        case DeleteRow():
            _require(0 < instruction.row <= len(rows), instruction.at, "row", instruction.row)
            del rows[instruction.row - 1]
        case SetCell():
            _require(0 < instruction.row <= len(rows), instruction.at, "row", instruction.row)
            cells, column = rows[instruction.row - 1], instruction.column
            _require(0 < column <= len(cells), instruction.at, "column", column)
            cells[column - 1] = instruction.text
    return tuple(tuple(row) for row in rows)


def _require(there: bool, at: str, kind: str, number: int) -> None:
    if not there:
        what = f"The table of {at} has no {kind} {number}"
        raise Refused(Reason(what, "Rows and columns count from 1"))
