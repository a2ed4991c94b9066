"""Check that a migration leaves the version before running.

Old and new processes run side by side while a deployment is upgraded. A migration may therefore
add, and may not take away or rename what the old ones still read, nor demand of them a value
that they do not write. One that cleans up after a version that stopped using something says so:
`TAKES_AWAY = "unused since 0.4"`.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.repository import ROOT

TAKING = {"RemoveField", "DeleteModel", "RenameField", "RenameModel", "AlterModelTable"}
EXCUSE = "TAKES_AWAY"


def _keywords(call: ast.Call) -> dict[str, ast.expr]:
    return {each.arg: each.value for each in call.keywords if each.arg}


def _is_true(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is True


def _demands(call: ast.Call) -> bool:
    """Say whether an added field must have a value that nobody gives it."""
    given = _keywords(call)
    field = given.get("field", call.args[2] if len(call.args) > 2 else None)
    if not isinstance(field, ast.Call):
        return False
    own = _keywords(field)
    if getattr(field.func, "attr", "") == "ManyToManyField":
        return False
    return not ({"default", "db_default"} & own.keys() or _is_true(own.get("null")))


def faults_in(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line of each operation that the version before would not survive, and why."""
    tree = ast.parse(source)
    if any(isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == EXCUSE
           for node in tree.body):  # fmt: skip
        return
    made_here = set(_models_made(tree))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", "")
        if name in TAKING:
            yield node.lineno, f"{name} takes away what the version before still uses"
        elif name == "AddField" and _demands(node) and _model_of(node) not in made_here:
            yield node.lineno, "AddField demands a value that the version before does not write"


def _models_made(tree: ast.AST) -> Iterator[str]:
    """Yield the models that a migration makes: nobody writes to them before it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "CreateModel":
            yield _text_of(node, "name").lower()


def _model_of(node: ast.Call) -> str:
    return _text_of(node, "model_name").lower()


def _text_of(node: ast.Call, name: str) -> str:
    found = [each.value for each in node.keywords if each.arg == name]
    return str(getattr(found[0], "value", "")) if found else ""


def migrations(root: Path = ROOT) -> list[Path]:
    """Return the migrations of the apps, in their order."""
    return sorted((root / "src/engross/apps").glob("*/migrations/[0-9]*.py"))


def main() -> int:
    """Print each fault with its place; return 1 if there is any."""
    count = 0
    for path in migrations():
        for line, why in faults_in(path.read_text(encoding="utf-8")):
            print(f"{path.relative_to(ROOT)}:{line}: {why}. Add first, take away a version later.")
            count += 1
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
