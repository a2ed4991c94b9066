"""Print the reference of registers: what each holds, column by column.

python -m tools.reference_registers
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import django

from engross.core.registers.columns import Column
from tools.reference_parts import line, table

if TYPE_CHECKING:
    from engross.apps.registers.registers import MarkedBy, Register

HEAD = """# Registers

<!-- Made by `python -m tools.reference_registers` from each app's registers.py. Change that. -->

A register keeps facts as rows. Each has one declaration, from which its template, import, export,
staff screens, list, history and API follow. Every register also has the column `basis`.

What a column takes: *day* is `2021-09-30`; *month* is `2021-09`; *flag* is `yes` or `no`;
*identifier* is kept as text, so that `0012` and `6.20.1` survive; *choice* is a key, name or alias
of a list that the code sets ([the SEC's](code-sec.md), [the example's](code-example.md));
*reference* is an entry of the register that is named. A row that holds from a day until another
has `held_from`, the first day, and `held_until`, the first day on which it no longer holds.
"""


def sections(registers: "Iterable[Register]") -> list[str]:
    """Return the lines that tell every register, in alphabetical order."""
    lines: list[str] = []
    for register in sorted(registers, key=lambda each: each.name):
        lines += ["", f"## {register.title}", "", f"`{register.name}`: {register.meaning}."]
        lines += [_told_apart(register), ""]
        rows = [_row(column) for column in register.columns]
        lines += table(("Column", "Kind", "Must", "Meaning", "Takes"), rows)
    return lines


def _told_apart(register: "Register") -> str:
    key = " + ".join(f"`{name}`" for name in register.key)
    told = f"One entry for each {key}."
    if register.filters:
        told += f" Can be filtered by {', '.join(f'`{name}`' for name in register.filters)}."
    if register.is_held:
        told += " As at a day: the rows that hold on it."
    elif register.day:
        told += f" As at a day: the rows up to it, by `{register.day}`."
    if register.marked_by:
        told += f" {_marked(register.marked_by)}"
    return told


def _marked(by: "MarkedBy") -> str:
    """Return whom rows reach that are not for everybody."""
    told = f"Who may read a row is told by `{by.column}`"
    circle = [f"the Parties in `{name}`" for name in by.parties]
    circle += [f"the body by `{by.body}`"] if by.body else []
    return f"{told}; its circle is {' and '.join(circle)}." if circle else f"{told}."


def _row(column: Column) -> tuple[str, ...]:
    takes = f"such as `{column.example}`" if column.example else ""
    if column.choices:
        takes = f"list `{column.choices}`"
    elif column.refers_to:
        takes = f"register `{column.refers_to}`"
    elif column.identifies:
        takes = "the lasting reference of what the row is about"
    must = "yes" if column.required else ""
    if column.default is not None:
        must = f"else {line(column.default)}"
    return f"`{column.name}`", column.kind.value, must, column.meaning, takes


def main() -> None:
    """Print the page."""
    django.setup()
    from engross.apps.registers.registers import all_registers

    print(HEAD + "\n".join(sections(all_registers())))


if __name__ == "__main__":
    main()
