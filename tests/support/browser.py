"""The Chromium that the journeys drive: the machine's own, else Debian's where we are root.

The one without windows comes first: it draws the same pages with half the work.

    python -m tests.support.browser [--install]

prints where it is; with --install it is first installed where that is possible.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]
WHY_NONE = (
    f"no Chromium: install one (Debian: apt-get install {SHELL}), "
    "or name its program in ENGROSS_CHROMIUM"
)


def find_chromium(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return the path of the browser to drive, ENGROSS_CHROMIUM first; None without one."""
    if named := environment.get("ENGROSS_CHROMIUM"):
        return named if Path(named).exists() else None
    path = environment.get("PATH", os.defpath)
    found = (shutil.which(name, path=f"/usr/bin{os.pathsep}{path}") for name in NAMES)
    return next((program for program in found if program), None)


def can_install() -> bool:
    """Return whether Debian's package can be installed: as root, where there is apt-get."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install() -> bool:
    """Install Debian's Chromium; return whether that worked."""
    print("Installing Debian's Chromium for the browser tests ...", flush=True)
    script = Path(__file__).parents[2] / "tools" / "install_packages.sh"
    done = subprocess.run(["sh", script, SHELL, "fonts-liberation"], check=False)
    return done.returncode == 0


def main(arguments: Sequence[str]) -> int:
    """Print where the browser is; having none is for the tests to say, not a failure here."""
    if "--install" in arguments and find_chromium() is None and can_install():
        install()
    print(f"Browser: {find_chromium() or WHY_NONE}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
