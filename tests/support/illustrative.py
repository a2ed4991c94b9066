"""The illustrative text of a code: its first version, and every later one made from change sets."""

import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from engross.adapters.code_folder import code_folder
from engross.adapters.legaltext.numbered_text import read_numbered_text
from engross.core.legaltext.applying import apply, apply_operations
from engross.core.legaltext.change_sets import ChangeSet
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Document


class IllustrativeText:
    """What stands in a code's `illustrative` folder."""

    def __init__(self, code: str) -> None:
        self.folder = code_folder(code) / "illustrative"
        self.meta: dict[str, Any] = tomllib.loads(self._read("illustrative.toml"))

    @cached_property
    def remarks(self) -> list[str]:
        """What the reader found odd in the first version's files."""
        return [remark for name in self.meta["documents"] for remark in self._file(name).remarks]

    @cached_property
    def change_sets(self) -> dict[str, ChangeSet]:
        """Every change set by its name."""
        return {
            each["name"]: msgspec.json.decode(
                self._read(f"changes/{each['name']}.json"), type=ChangeSet
            )
            for each in self.meta["change_set"]
        }

    @cached_property
    def versions(self) -> dict[str, Code]:
        """Every version by its number, in order."""
        found: dict[str, Code] = {}
        text = Code(tuple(self._documents()))
        for version in self.meta["version"]:
            sets = [self.change_sets[name].operations for name in version["change_sets"]]
            text = apply_operations(Places(text), sets) if sets else text
            found[version["number"]] = text
        return found

    @property
    def newest(self) -> Code:
        """The last version."""
        return self.versions[self.meta["version"][-1]["number"]]

    @cached_property
    def open_names(self) -> list[str]:
        """The names of the change sets that no version took in."""
        taken = {name for version in self.meta["version"] for name in version["change_sets"]}
        return [name for name in self.change_sets if name not in taken]

    def base_of(self, name: str) -> Code:
        """Return the version that a change set was drafted on."""
        return self.versions[self.change_sets[name].base_version]

    def with_set(self, name: str) -> Code:
        """Return what a change set makes of the version that it was drafted on."""
        return apply(self.base_of(name), self.change_sets[name]).code

    def _documents(self) -> list[Document]:
        return [
            document
            for name in self.meta["documents"]
            for document in self._file(name).code.documents
        ]

    def _file(self, name: str) -> Any:
        return read_numbered_text(self._read(f"documents/{name}.md"), name=name)

    def _read(self, path: str) -> str:
        return Path(self.folder / path).read_text(encoding="utf-8")
