"""Check that every generated file is what its generator writes today.

    python -m tools.check_generated [--write]

A generator is a command that prints the file. Each stands in GENERATED, under the file's
path in the repository; `make generate` writes them all anew.
"""

import difflib
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

# File -> module and arguments for `python -m`, which prints the file's text.
CODE_REFERENCE = "engross.adapters.code_reference"
GENERATED: dict[str, list[str]] = {
    "docs/reference/assumptions.md": [CODE_REFERENCE, "assumptions.md"],
    "docs/reference/code-example.md": [CODE_REFERENCE, "code-example.md"],
    "docs/reference/code-sec.md": [CODE_REFERENCE, "code-sec.md"],
    "docs/reference/code-sec-code-manager.md": [CODE_REFERENCE, "code-sec-code-manager.md"],
    "docs/reference/how-example-is-changed.md": ["tools.reference_framework", "example"],
    "docs/reference/how-sec-is-changed.md": ["tools.reference_framework", "sec"],
    "docs/reference/how-sec-code-manager-is-changed.md": [
        "tools.reference_framework",
        "sec-code-manager",
    ],
    "docs/reference/figures.md": ["tools.reference_figures"],
    "docs/reference/legal-text.md": ["tools.reference_legal_text"],
    "docs/reference/legal-text.schema.json": ["tools.reference_legal_text", "schema"],
    "docs/reference/registers.md": ["tools.reference_registers"],
    "docs/reference/settings.md": ["tools.reference_settings"],
}


class GeneratorFailed(Exception):
    """A generator did not end well; the text is what it said."""


def text_from(module: Sequence[str], root: Path) -> str:
    """Return what the generator prints; raise GeneratorFailed if it fails."""
    done = subprocess.run(
        [sys.executable, "-m", *module],
        cwd=root,
        env={"DJANGO_SETTINGS_MODULE": "engross.config.settings_test", **os.environ},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise GeneratorFailed(f"`python -m {' '.join(module)}` failed: {done.stderr.strip()}")
    return done.stdout


def difference(name: str, module: Sequence[str], root: Path) -> str:
    """Return how the kept file differs from what its generator prints; '' if it does not."""
    path = root / name
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    fresh = text_from(module, root)
    lines = difflib.unified_diff(
        kept.splitlines(), fresh.splitlines(), f"{name} (kept)", f"{name} (generated)", lineterm=""
    )
    return "\n".join(lines)


def write(name: str, module: Sequence[str], root: Path) -> None:
    """Write the generated file anew."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text_from(module, root), encoding="utf-8")


def main(
    arguments: Sequence[str],
    generated: Mapping[str, Sequence[str]] = GENERATED,
    root: Path = ROOT,
) -> int:
    """Compare every generated file, or write it; return 1 if one is stale or fails."""
    stale = 0
    for name, module in generated.items():
        try:
            if "--write" in arguments:
                write(name, module, root)
                print(f"{name} written")
            elif told := difference(name, module, root):
                print(f"{told}\n{name} is stale: run `make generate`\n")
                stale += 1
        except GeneratorFailed as problem:
            print(f"{name}: {problem}")
            stale += 1
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
