"""Run every check, one after another, and tell at the end which found something.

    python -m tools.check [NAME ...]

A check that finds nothing prints one line; one that does prints what it said.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTHON = sys.executable

CHECKS: dict[str, list[str]] = {
    "style": [f"{BIN}/ruff", "check", "."],
    "layout": [f"{BIN}/ruff", "format", "--check", "."],
    "types": [f"{BIN}/mypy"],
    "layers": [f"{BIN}/lint-imports", "--no-cache"],
    "dependencies": [f"{BIN}/deptry", "src"],
    "lock": [PYTHON, "-m", "tools.check_lock"],
    "settings": [PYTHON, "-m", "django", "check", "--fail-level", "WARNING"],
    "migrations": [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"],
    "upgrades": [PYTHON, "-m", "tools.check_migrations"],
    "docs": [PYTHON, "-m", "tools.check_docs"],
    "generated": [PYTHON, "-m", "tools.check_generated"],
    "numbers": [PYTHON, "-m", "tools.check_no_published_numbers"],
    "paths": [PYTHON, "-m", "tools.check_machine_paths"],
}


def run_check(name: str) -> bool:
    """Run one check and print how it ended; return whether it found nothing."""
    environment = {"DJANGO_SETTINGS_MODULE": "engross.config.settings_test", **os.environ}
    began = time.monotonic()
    done = subprocess.run(
        CHECKS[name], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    seconds = time.monotonic() - began
    verdict = "ok" if done.returncode == 0 else "FAULTS"
    print(f"{name:<14}{verdict:<8}{seconds:5.1f} s", flush=True)
    if done.returncode:
        print((done.stdout + done.stderr).rstrip() + "\n", flush=True)
    return done.returncode == 0


def main(names: Sequence[str]) -> int:
    """Run the named checks, or all; return 1 if any found something, 2 for a wrong name."""
    if unknown := [name for name in names if name not in CHECKS]:
        print(f"No check called {', '.join(unknown)}; there are {', '.join(CHECKS)}")
        return 2
    faulty = [name for name in names or CHECKS if not run_check(name)]
    print(f"\nFaults in: {', '.join(faulty)}" if faulty else "\nAll checks passed.")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
