"""Check that requirements.lock is hashed, names no host, and meets pyproject.toml."""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PIN = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?P<rest>(?:.*\\\n)*.*)$", re.MULTILINE
)


def wanted(pyproject: str) -> list[Requirement]:
    """Return what pyproject.toml asks for: dependencies, and those of development."""
    table = tomllib.loads(pyproject)
    groups = table.get("dependency-groups", {})
    texts = [*table["project"]["dependencies"], *groups.get("dev", [])]
    return [Requirement(text) for text in texts]


def faults_of_lock(lock: str, pyproject: str) -> list[str]:
    """Return each way in which the lock is not what pyproject.toml needs."""
    pins = {canonicalize_name(m["name"]): m for m in PIN.finditer(lock)}
    faults = [f"{name} has no hash" for name, m in pins.items() if "--hash=" not in m["rest"]]
    faults += ["it names a host: run `make lock`"] if "://" in lock else []
    for need in wanted(pyproject):
        pin = pins.get(canonicalize_name(need.name))
        if pin is None:
            faults.append(f"{need.name} is missing: run `make lock`")
        elif not need.specifier.contains(pin["version"], prereleases=True):
            faults.append(f"{need} is not met by {pin['version']}: run `make lock`")
    return faults


def main() -> int:
    """Print the lock's faults; return 1 if there are any."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    faults = faults_of_lock(lock, (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for fault in faults:
        print(f"requirements.lock: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
