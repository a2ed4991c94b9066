"""A code's folder of TOML files, read from the disk and made into a Code."""

import os
import stat
import tomllib
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engross.core.codes import Code, CodeProblem, CodeRefused, code_from_tables
from engross.core.codes.extending import laid_over
from engross.core.codes.problems import nearest
from engross.core.codes.validation import FRAMEWORK_FILE, HEAD_FILE, PARAMETERS_FILE

# The code that another one extends: it says only in what it differs.
EXTENDS = "extends"
LARGEST_FILE_BYTES = 256 * 1024
MOST_FILES = 200
# A key of very many parts costs the square of its length to read, and stands on one line.
LONGEST_LINE = 4_000


def codes_root() -> Path:
    """Return the folder that holds one folder for each code.

    The environment variable ENGROSS_CODES names it; else it is `codes/` at the root of the
    checkout that this package runs from. Raises LookupError if there is none.
    """
    if named := os.environ.get("ENGROSS_CODES"):
        root = Path(named)
        if not root.is_dir():
            raise LookupError(
                f"ENGROSS_CODES names {root}, which is no folder. Name the folder of codes"
            )
        return root
    for parent in Path(__file__).resolve().parents:
        if any((parent / "codes").glob(f"*/{HEAD_FILE}")):
            return parent / "codes"
    raise LookupError("No folder of codes was found. Set ENGROSS_CODES to it")


def available_codes() -> tuple[str, ...]:
    """Return the keys of all codes in the folder of codes, in alphabetical order."""
    return tuple(sorted(found.parent.name for found in codes_root().glob(f"*/{HEAD_FILE}")))


def code_folder(key: str) -> Path:
    """Return the folder of the code `key`; raises LookupError, naming the nearest, if none."""
    known = available_codes()
    if key not in known:
        raise LookupError(f"There is no code '{key}'. {nearest(key, known)}")
    return codes_root() / key


@lru_cache(maxsize=4)
def loaded_code(key: str) -> Code:
    """Return the code with a key, read once in a process; raises as `load_code` does."""
    return load_code(key)


def load_code(code: str | Path) -> Code:
    """Return the code in a folder, or the one with that key.

    Raises CodeRefused with every problem of its data; LookupError if no code has that key.
    """
    folder = code if isinstance(code, Path) else code_folder(code)
    problems: list[CodeProblem] = []
    tables = _tables_in(folder, problems)
    problems += _place_problems(tables, folder)
    head = tables.get(HEAD_FILE)
    if isinstance(head, dict) and EXTENDS in head:
        tables = _extended(tables, head, folder, problems)
    return code_from_tables(tables, folder=f"codes/{folder.name}", earlier=problems)


def _tables_in(folder: Path, problems: list[CodeProblem]) -> dict[str, object]:
    tables: dict[str, object] = {}
    for name, path in _files_of(folder).items():
        table = _table_in(path, label=f"codes/{folder.name}/{name}", problems=problems)
        if table is not None:
            tables[name] = table
    return tables


def _extended(
    tables: dict[str, object], head: dict[str, object], folder: Path, problems: list[CodeProblem]
) -> dict[str, object]:
    """Return the tables of a code laid over those of the one that it extends."""
    named = head[EXTENDS]
    base = folder.parent / named if isinstance(named, str) else None
    if base is None or base == folder or not (base / HEAD_FILE).is_file():
        what = f"It extends {str(named)[:60]!r}, which is no code"
        problems.append(CodeProblem(f"codes/{folder.name}/{HEAD_FILE}", EXTENDS, what,
                                    "Name the folder of another code"))  # fmt: skip
        return tables
    below = _tables_in(base, problems)
    first = below.get(HEAD_FILE)
    if isinstance(first, dict) and EXTENDS in first:
        what = f"It extends '{base.name}', which itself extends another"
        problems.append(CodeProblem(f"codes/{folder.name}/{HEAD_FILE}", EXTENDS, what,
                                    "Extend that other code"))  # fmt: skip
    own_head = {name: value for name, value in head.items() if name != EXTENDS}
    return laid_over(below, {**tables, HEAD_FILE: own_head})


def folders_of(key: str) -> tuple[Path, ...]:
    """Return the folder of a code, and that of the code which it extends, if it does.

    Raises LookupError if no code has the key.
    """
    own = code_folder(key)
    table = _table_in(own / HEAD_FILE, label=key, problems=[])
    named = table.get(EXTENDS) if table else None
    return (own, own.parent / named) if isinstance(named, str) else (own,)


def folder_with(key: str, name: str) -> Path:
    """Return the folder that holds a code's files of a kind: its own, else that which it extends.

    `name` is a file or folder in it, such as 'papers'. Raises LookupError if no code has the key.
    """
    folders = folders_of(key)
    return next((each for each in folders if (each / name).exists()), folders[0])


def _files_of(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        problem = CodeProblem(str(folder), "", "There is no such folder", "Name a code's folder")
        raise CodeRefused([problem])
    lists = sorted((folder / "lists").glob("*.toml"))
    if len(lists) > MOST_FILES:
        what = f"There are {len(lists)} lists, more than {MOST_FILES}"
        raise CodeRefused([CodeProblem(f"{folder}/lists", "", what, "Keep only the code's lists")])
    heads = (folder / name for name in (HEAD_FILE, PARAMETERS_FILE, FRAMEWORK_FILE))
    found = {path.name: path for path in heads if path.exists()}
    return found | {f"lists/{path.name}": path for path in lists}


def _table_in(path: Path, *, label: str, problems: list[CodeProblem]) -> dict[str, object] | None:
    """Return the table of a TOML file; None, with a problem noted, if it cannot be read."""

    def refuse(what: str, remedy: str, *, key: str = "") -> None:
        problems.append(CodeProblem(label, key, what, remedy))

    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST_FILE_BYTES:
            refuse(
                f"It is no plain file of at most {LARGEST_FILE_BYTES // 1024} KB",
                "Split it, or take out what is not the code's data",
            )
            return None
        text = path.read_bytes().decode("utf-8")
        if line := _overlong_line(text):
            what = f"It is longer than {LONGEST_LINE} characters"
            refuse(what, "Break it into several lines", key=f"line {line}")
            return None
        return tomllib.loads(text, parse_float=Decimal)
    except OSError as error:
        refuse(f"It cannot be read: {error.strerror}", "Check that the file can be opened")
    except UnicodeDecodeError as error:
        refuse(f"Byte {error.start} is not UTF-8", "Save the file as UTF-8")
    except (ValueError, ArithmeticError, RecursionError) as error:
        refuse(f"It is not TOML: {error}", "Correct it where the message points")
    return None


def _overlong_line(text: str) -> int:
    """Return the number of the first overlong line, 0 if there is none."""
    lines = enumerate(text.split("\n"), start=1)
    return next((number for number, line in lines if len(line) > LONGEST_LINE), 0)


def _place_problems(tables: dict[str, object], folder: Path) -> list[CodeProblem]:
    """Return what only this machine can tell: the folder's name, and whether a zone exists."""
    head = tables.get(HEAD_FILE)
    if not isinstance(head, dict):
        return []
    file = f"codes/{folder.name}/{HEAD_FILE}"
    problems = []
    if isinstance(head.get("key"), str) and head["key"] != folder.name:
        what = f"The key is '{head['key'][:60]}' but the folder is '{folder.name}'"
        problems.append(CodeProblem(file, "key", what, "Give both one name"))
    calendar = head.get("calendar")
    zone = calendar.get("time_zone") if isinstance(calendar, dict) else None
    if isinstance(zone, str) and not _is_time_zone(zone):
        what = f"'{zone[:60]}' is not a time zone"
        problems.append(CodeProblem(file, "calendar, time_zone", what, "Write it as Europe/London"))
    return problems


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
