"""Sheets as text: what the generator reads and writes."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

FICTIONAL = "fictional"
Row = Sequence[object]
Sheets = dict[str, str]


def sheet(columns: str, rows: Iterable[Row], *, basis: str = FICTIONAL) -> str:
    """Return a CSV with these columns and `basis`, which is the same in every row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*columns.split(), "basis"])
    writer.writerows([*("" if cell is None else cell for cell in row), basis] for row in rows)
    return out.getvalue()


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return a CSV file's rows by column."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def facts_of(path: Path) -> Mapping[str, Any]:
    """Return the figures of a file of published ones; numbers with a point stay exact."""
    facts: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)[
        "figures"
    ]
    return facts


def pick(name: str, low: int, high: int) -> int:
    """Return a whole number from `low` to `high`, always the same for one name."""
    number = int.from_bytes(sha256(name.encode()).digest()[:8], "big")
    return low + number % (high - low + 1)


def shares(total: int, names: Sequence[str], *, seed: str, least: int = 1) -> list[int]:
    """Return uneven parts of `total`, one for each name, that add up to it exactly."""
    weights = [pick(f"{seed} {name}", 20, 100) for name in names]
    spare = total - least * len(names)
    parts = [least + spare * weight // sum(weights) for weight in weights]
    for place in range(total - sum(parts)):
        parts[place % len(parts)] += 1
    return parts
