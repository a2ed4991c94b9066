"""A small code with versions, and change sets drafted on them by editing its text."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from engross.apps.legaltext.commands import publish_version
from engross.apps.legaltext.queries import code_of_version
from engross.apps.releases.commands import save_change_set
from engross.apps.releases.models import ChangeSetVersion
from engross.core.legaltext.aligning import align
from engross.core.legaltext.change_sets import ChangeSet
from engross.core.legaltext.changing import changes_from
from engross.core.legaltext.provisions import Code, Document, Provision
from tests import factories
from tests.support.stored_texts import clause, section

DAY = date(2021, 11, 4)
AT = datetime(2021, 11, 1, 9, 0, tzinfo=UTC)
BASE = Code((
    section("D", clause("D1", "Any Party may raise a proposal."),
            clause("D2", "The Panel shall meet every month."),
            clause("D3", "A proposal shall be decided within 20 Working Days.")),
    section("E", clause("E1", "Each Party shall pay its Charges within 30 days.")),
))  # fmt: skip


def published(code: Code = BASE, version: str = "46.0", *, days: int = 0, **more: Any) -> None:
    """Publish a whole text as a version, some days after the first."""
    publish_version(version, code, effective_on=DAY + timedelta(days=days), by=None,
                    at=AT + timedelta(days=days), whole=True, **more)  # fmt: skip


def reworded(code: Code, number: str, text: str) -> Code:
    """Return a text in which one clause reads otherwise; '' takes it away."""
    return Code(tuple(_document(each, number, text) for each in code.documents))


def _document(document: Document, number: str, text: str) -> Document:
    provisions = (_provision(each, number, text) for each in document.provisions)
    return replace(document, provisions=tuple(each for each in provisions if each))


def _provision(provision: Provision, number: str, text: str) -> Provision | None:
    if provision.number != number:
        return provision
    return replace(provision, text=text) if text else None


def drafted(name: str, edit: Callable[[Code], Code], *, on: str = "46.0") -> ChangeSet:
    """Return a change set that makes an edit to the text of a version."""
    base = code_of_version(on) or Code()
    return changes_from(align(base, edit(base)), name)


def saved(
    name: str, number: str, text: str, *, on: str = "46.0", at: datetime = AT, **more: Any
) -> ChangeSetVersion:
    """Save a change set that rewords one clause."""
    made = drafted(name, lambda code: reworded(code, number, text), on=on)
    return save_change_set(name, made, base_version=on, by=None, at=at, **more)


def released(key: str = "November 2021") -> str:
    """Record a release, and return its name."""
    factories.release(key, DAY)
    return key
