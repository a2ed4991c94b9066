"""Make the virtual environment, with only what Python itself brings.

Runs before anything is installed, so it uses the standard library alone.
"""

import sys
import venv
from pathlib import Path


def main(folder: Path) -> int:
    """Make `folder` a fresh virtual environment with pip; return the exit status."""
    try:
        import ensurepip  # noqa: F401  (Debian ships it apart from Python)
    except ImportError:
        print(
            f"{sys.executable} has no 'ensurepip', which makes virtual environments. "
            "On Debian or Ubuntu: apt-get install python3-venv",
            file=sys.stderr,
        )
        return 1
    print(f"Installing into {folder} with Python {sys.version.split()[0]} ...")
    venv.create(folder, clear=True, with_pip=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
