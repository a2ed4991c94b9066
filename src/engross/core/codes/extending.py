"""A code that says only in what it differs from another: its tables laid over the other's."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engross.core.codes.codes import Code, OptionList

Tables = Mapping[str, Any]


def laid_over(base: Tables, own: Tables) -> dict[str, Any]:
    """Return the tables of a code's files with those of a code that extends it laid over them.

    A list's options replace those of the same key, in all their spells, and are added else; what
    the list names under `removed` goes. Everything else replaces what bears its name, table by
    table.
    """
    files = {name: own[name] for name in own if name not in base}
    for name, table in base.items():
        files[name] = _merged(table, own[name]) if name in own else table
    return files


def _merged(base: Any, own: Any) -> Any:
    if not isinstance(base, Mapping) or not isinstance(own, Mapping):
        return own
    if isinstance(base.get("option"), list) and isinstance(own.get("option", []), list):
        return _merged_list(base, own)
    found = dict(base)
    for name, value in own.items():
        found[name] = _merged(base[name], value) if name in base else value
    return found


def _merged_list(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    changed: dict[str, list[Any]] = {}
    for option in own.get("option", []):
        changed.setdefault(_key(option), []).append(option)
    gone = {each for each in own.get("removed", []) if isinstance(each, str)}
    options: list[Any] = []
    for option in base["option"]:
        key = _key(option)
        if key not in changed and key not in gone:
            options.append(option)
        elif key in changed and key not in gone:
            # All spells of it, in the place of the first.
            options += changed[key]
            gone.add(key)
    known = {_key(option) for option in base["option"]}
    options += [each for key, spells in changed.items() if key not in known for each in spells]
    rest = {name: value for name, value in own.items() if name not in ("option", "removed")}
    return {**base, **rest, "option": options}


def _key(option: Any) -> str:
    return str(option.get("key", "")) if isinstance(option, Mapping) else ""


def own_part(code: Code, base: Code) -> Code:
    """Return of a code only what it does not share with the one that it extends."""
    return replace(
        code,
        parameters={
            name: parameter for name, parameter in code.parameters.items()
            if base.parameters.get(name) != parameter
        },
        lists={
            name: _own_options(options, base.lists[name]) for name, options in code.lists.items()
        },
    )  # fmt: skip


def _own_options(options: OptionList, base: OptionList) -> OptionList:
    own = tuple(each for each in options.options if each not in base.options)
    said = tuple(each for each in options.assumptions if each not in base.assumptions)
    return replace(options, options=own, assumptions=said)
