"""Taking in a code's illustrative text: all its versions, and the change sets that made them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.db import transaction

from engross.adapters.legaltext.change_set_json import change_set_from_json
from engross.adapters.legaltext.numbered_text import read_numbered_text
from engross.apps.accounts.models import User
from engross.apps.legaltext.commands import ImportReport, publish_version
from engross.apps.legaltext.models import CodeVersion
from engross.apps.legaltext.queries import code_as_at
from engross.apps.proposals.queries import proposal_called
from engross.apps.releases.commands.change_sets import save_change_set
from engross.apps.releases.models import ChangeSet, ChangeSetVersion
from engross.apps.releases.queries import change_set_of
from engross.core.legaltext.change_sets import ChangeSet as Said
from engross.core.legaltext.merging import merge
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code
from engross.core.refusals import Reason, Refused

MORNING = time(9, tzinfo=UTC)


@dataclass(frozen=True)
class Loaded:
    """What was taken in: a report for each version, and the change sets that are open."""

    statement: str
    versions: tuple[ImportReport, ...]
    open_sets: tuple[str, ...]


@transaction.atomic
def load_illustrative(folder: Path, *, by: User | None, at: datetime) -> Loaded:
    """Take in the illustrative text of a code: its versions on their days, and its change sets.

    `folder` holds illustrative.toml, documents/ and changes/. The versions are text only: the
    register of versions says when the code's own were made, and does not get them. A set that
    names a proposal that is not on the register is kept without it. Raises Refused if there is
    text already, or if a version's change sets do not fit together.
    """
    if CodeVersion.objects.filter(recordings__isnull=False).exists():
        what = "The code has text already"
        raise Refused(Reason(what, "Take the illustrative text into an empty deployment"))
    loading = _Loading(folder, tomllib.loads((folder / "illustrative.toml").read_text("utf-8")),
                       by, at)  # fmt: skip
    reports = [loading.publish(version) for version in loading.told["version"]]
    last = loading.told["version"][-1]
    moment = datetime.combine(last["published_on"], MORNING)
    for name in loading.waiting:
        loading.save(name, at=moment)
    return Loaded(loading.told["statement"], tuple(reports), tuple(sorted(loading.waiting)))


class _Loading:
    """One taking in under way."""

    def __init__(
        self, folder: Path, told: Mapping[str, Any], by: User | None, at: datetime
    ) -> None:
        self.folder, self.told, self.by, self.at = folder, told, by, at
        self.sets = {each["name"]: each for each in told["change_set"]}
        taken = {name for version in told["version"] for name in version["change_sets"]}
        self.waiting = [name for name in self.sets if name not in taken]

    def publish(self, version: Mapping[str, Any]) -> ImportReport:
        """Publish a version: the first from its documents, a later one from its change sets."""
        moment = datetime.combine(version["published_on"], MORNING)
        names = version["change_sets"]
        saved = [self.save(name, at=moment) for name in names]
        code = self._merged(version["effective_on"], saved) if names else self._first()
        report = publish_version(
            version["number"], code, effective_on=version["effective_on"], by=self.by, at=self.at,
            published_at=moment, whole=True, is_identified=bool(names), in_register=False,
            notice="" if names else self.told["statement"],
        )  # fmt: skip
        made = CodeVersion.objects.get(key=version["number"])
        ChangeSet.objects.filter(name__in=names).update(published_in=made)
        return report

    def save(self, name: str, *, at: datetime) -> ChangeSetVersion:
        """Save a change set as drafted on its base."""
        told = self.sets[name]
        proposal = told.get("proposal", "")
        known = proposal_called(proposal) is not None
        return save_change_set(
            name, self._said(name), base_version=told["base"], by=self.by, at=at,
            proposal=proposal if known else "", title=told["title"],
        )  # fmt: skip

    def _said(self, name: str) -> Said:
        path = self.folder / "changes" / f"{name}.json"
        return change_set_from_json(path.read_bytes(), name=path.name)

    def _first(self) -> Code:
        return Code(tuple(
            document
            for name in self.told["documents"]
            for document in self._read(name).documents
        ))  # fmt: skip

    def _read(self, name: str) -> Code:
        path = self.folder / "documents" / f"{name}.md"
        return read_numbered_text(path.read_text("utf-8"), name=name).code

    def _merged(self, on: date, saved: list[ChangeSetVersion]) -> Code:
        merged = merge(Places(code_as_at(on=on)), [change_set_of(each) for each in saved])
        if not merged.complete:
            named = ", ".join(sorted(each.change_set.name for each in saved))
            what = f"The change sets {named} conflict at {merged.conflicts[0].address}"
            raise Refused(Reason(what, "Let each version take in sets that agree"))
        return merged.code
