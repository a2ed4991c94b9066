"""Small texts to store, and texts compared without their ids."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from engross.apps.legaltext.commands import ImportReport, import_code
from engross.core.legaltext.provisions import Code, Document, Provision

FIRST_DAY = date(2021, 1, 1)
PUBLISHED = datetime(2020, 12, 1, 9, 0, tzinfo=UTC)
NOW = datetime(2030, 1, 1, tzinfo=UTC)


def clause(number: str, text: str = "", *children: Provision, **more: Any) -> Provision:
    """Return a provision."""
    return Provision(number=number, text=text, children=children, **more)


def section(letter: str, *provisions: Provision, title: str = "") -> Document:
    """Return a Section."""
    return Document(f"Section {letter}", title or f"About {letter}", provisions=provisions)


def store(*documents: Document, on: date = FIRST_DAY, days: int = 0, **more: Any) -> ImportReport:
    """Take documents in, published so many days after the first were."""
    more.setdefault("published_at", PUBLISHED + timedelta(days=days))
    more.setdefault("at", NOW)
    return import_code(Code(documents), effective_on=on, by=None, **more)


def without_ids(code: Code | Document | None) -> Any:
    """Return a text with no ids: what it says, whoever says it."""
    if isinstance(code, Code):
        return Code(tuple(without_ids(document) for document in code.documents))
    if code is None:
        return None
    return replace(code, provisions=tuple(map(_nameless, code.provisions)))


def _nameless(provision: Provision) -> Provision:
    return replace(provision, id=None, children=tuple(map(_nameless, provision.children)))


def ids_by_number(code: Code | Document | None) -> dict[str, str | None]:
    """Return the id of every numbered provision."""
    waiting = list(code.documents if isinstance(code, Code) else [code])
    provisions = [one for each in waiting if each for one in each.provisions]
    found = {}
    while provisions:
        provision = provisions.pop()
        found[provision.number] = provision.id
        provisions.extend(provision.children)
    return found
