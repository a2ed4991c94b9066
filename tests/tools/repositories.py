"""Small repositories to look for faults in."""

import subprocess
from collections.abc import Mapping
from pathlib import Path


def repository(folder: Path, files: Mapping[str, str]) -> Path:
    """Make `folder` a git repository that holds the given files, by name and text."""
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
