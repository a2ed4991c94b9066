"""What one pytest run came to, kept in a file so that the run over both databases can tell."""

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

# Names the file; conftest.py adds a line to it when a run ends.
VARIABLE = "ENGROSS_TEST_OUTCOME"


@dataclass
class Outcome:
    """The counts of one run, and why each skipped test was skipped."""

    passed: int = 0
    failed: int = 0
    deselected: int = 0
    skips: dict[str, int] = field(default_factory=dict)

    def keep(self, path: Path) -> None:
        """Write this outcome to `path`."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "Outcome | None":
        """Return the outcome in `path`; None if the run died before it wrote one."""
        if not path.exists():
            return None
        return cls(**json.loads(path.read_text(encoding="utf-8")))


def skip_sentence(skips: dict[str, int]) -> str:
    """Return one line that says which tests were skipped and why."""
    if not skips:
        return "Skipped: nothing."
    reasons = "; ".join(f"{count} ({reason})" for reason, count in Counter(skips).most_common())
    return f"Skipped: {reasons}."
