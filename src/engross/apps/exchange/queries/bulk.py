"""What there is as bulk files: every register as anyone may read it, and the code's provisions."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import Q, QuerySet

from engross.apps.audit.queries import events_after
from engross.apps.exchange.models import FORMS, BulkFile
from engross.apps.legaltext.models import DocumentVersion, Placement
from engross.apps.legaltext.queries.texts import documents_as_at
from engross.apps.registers.queries import Asked, plain_rows, rows_to_export
from engross.apps.registers.registers import Register, all_registers
from engross.core.legaltext.places import Places
from engross.core.registers.columns import Column, Kind, Value

BULK_FORMS = FORMS
PROVISIONS = "code-provisions"
_NARROWING = ("register.correct", "register.withdraw", "register.import")
ENTRY = Column("entry", "The lasting id of the entry", Kind.IDENTIFIER)
_TEXT_COLUMNS = (
    Column("document", "What the document is called"),
    Column("address", "The address of the provision in the code"),
    Column("id", "The lasting id of the provision", Kind.IDENTIFIER),
    Column("heading", "Its heading, if it has one"),
    Column("text", "Its words"),
    Column("effective_from", "First day it reads so, at this address", Kind.DAY),
    Column("effective_until", "First day it no longer does; empty while it does", Kind.DAY),
)

Rows = Iterable[Mapping[str, Value]]


@dataclass(frozen=True)
class Dataset:
    """What is written to one file in each format; `rows` gives them anew each time."""

    name: str
    title: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Callable[[], Rows]


def datasets() -> dict[str, Dataset]:
    """Return everything that there are files of, by name."""
    found = {register.name: _of_register(register) for register in all_registers()}
    found[PROVISIONS] = Dataset(
        PROVISIONS, "Provisions of the code",
        "Every provision of the code with what it said, from which day until which",
        _TEXT_COLUMNS, cache(_provisions),
    )  # fmt: skip
    return dict(sorted(found.items()))


def bulk_files() -> QuerySet[BulkFile]:
    """Return the files that there are, by name and format."""
    return BulkFile.objects.order_by("name", "form")


def may_hold_too_much(file: BulkFile) -> bool:
    """Say whether something in a file may be for everybody no longer.

    So it is from the moment on at which a row that has a class is changed, taken back or imported
    again until the file is written anew.
    """
    register = next((each for each in all_registers() if each.name == file.name), None)
    if register is None or register.marked_by is None:
        return False
    about = Q(subject=file.name) | Q(subject__startswith=f"{file.name}/")
    return events_after(file.position).filter(about, action__in=_NARROWING).exists()


def changed_after(position: int) -> Mapping[str, int]:
    """Return the last position after one at which each dataset may have changed, by its name."""
    dependents = _dependents()
    events = events_after(position).values_list("pk", "action", "subject")
    last: dict[str, int] = {}
    for pk, action, subject in events.iterator(2000):
        if action.startswith("text."):
            last[PROVISIONS] = pk
        elif action.startswith("register."):
            for name in dependents.get(subject.partition("/")[0], ()):
                last[name] = pk
    return last


def _dependents() -> Mapping[str, set[str]]:
    """Return which registers write what each register names, itself among them."""
    found: dict[str, set[str]] = defaultdict(set)
    for register in all_registers():
        found[register.name].add(register.name)
        for column in register.columns:
            if column.refers_to:
                found[column.refers_to].add(register.name)
    return found


def _of_register(register: Register) -> Dataset:
    def rows() -> Iterator[Mapping[str, Value]]:
        # As anyone reads it: what has a narrower class is in no file.
        for row in plain_rows(register, rows_to_export(register, Asked())):
            yield {**row, "entry": str(row["entry"])}

    columns = (ENTRY, *register.all_columns)
    return Dataset(register.name, register.title, register.meaning, columns, rows)


def _provisions() -> list[dict[str, Value]]:
    """Return each provision as often as its address or words changed, document by document."""
    days: dict[int, set[date]] = defaultdict(set)
    for model in (DocumentVersion, Placement):
        live = model.objects.known_at(None).order_by("document", "effective_from")
        spans = live.values_list("document", "effective_from", "effective_until").distinct()
        for document, first, until in spans:
            days[document] |= {first} if until is None else {first, until}
    return [row for document in days for row in _stretches(document, sorted(days[document]))]


def _stretches(document: int, days: list[date]) -> list[dict[str, Value]]:
    """Return what stood in a document, each for as long as it stood so, the earliest first."""
    ended: list[dict[str, Value]] = []
    standing: dict[tuple[Value, ...], dict[str, Value]] = {}
    for day in days:
        now = {tuple(row.values()): row for row in _standing(document, day)}
        for key in [key for key in standing if key not in now]:
            ended.append({**standing.pop(key), "effective_until": day})
        for key, row in now.items():
            standing.setdefault(key, {**row, "effective_from": day, "effective_until": None})
    return [*ended, *standing.values()]


def _standing(document: int, day: date) -> Iterator[dict[str, Value]]:
    places = Places(documents_as_at([document], on=day))
    for node, provision in enumerate(places.provisions):
        if provision is not None:
            yield {
                "document": places.documents[node].document, "address": places.addresses[node],
                "id": provision.id, "heading": provision.heading, "text": provision.text,
            }  # fmt: skip
