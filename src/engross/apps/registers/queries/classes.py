"""Who may read which row: the rule of `core.access` as a database filter and on rows at hand."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from engross.apps.files.queries import entries_named_for, people_named_for
from engross.apps.registers.models import RecordedRow
from engross.apps.registers.queries.codes import active_code
from engross.apps.registers.registers import MarkedBy, Register, register_named
from engross.core.access import Marking, Reach, Reader, may_read, reach_of
from engross.core.registers.columns import Column

# The register of those who own what is Amber.
PARTIES = "parties"


def readable_rows(register: Register, reader: Reader) -> Q:
    """Return the condition for the rows that a reader may read; `may_read` said in the database."""
    by = register.marked_by
    if by is None or reader.handles_all:
        return Q()
    found = _of_reach(by, Reach.ANYONE)
    if reader.is_within and Reach.PARTIES in reader.reaches:
        found |= _of_reach(by, Reach.PARTIES)
    if Reach.CIRCLE in reader.reaches:
        for circle in _circles(register, by, reader):
            found |= _of_reach(by, Reach.CIRCLE) & circle
    if reader.person is not None:
        named = Q(entry__in=entries_named_for(reader.person, register.name))
        found |= named & of_reaches(by, reader.reaches)
    return found


def of_reaches(by: MarkedBy, reaches: Collection[Reach]) -> Q:
    """Return the condition for classes that reach so far; one that is unknown reaches the named."""
    beyond = [value for each in Reach if each not in reaches for value in values_reaching(by, each)]
    if Reach.NAMED in reaches:
        return ~Q(**{f"{by.column}__in": beyond})
    within = [value for each in reaches for value in values_reaching(by, each)]
    return Q(**{f"{by.column}__in": within})


def _of_reach(by: MarkedBy, reach: Reach) -> Q:
    return Q(**{f"{by.column}__in": values_reaching(by, reach)})


def values_reaching(by: MarkedBy, reach: Reach) -> list[str]:
    """Return what the column that marks a row may hold for its class to reach so far."""
    code = active_code()
    return sorted(
        option.key
        for option in code.options(by.classes)
        if reach_of(code, class_of_option(by, option.key)) is reach
    )


def class_of_option(by: MarkedBy, key: str) -> str:
    """Return the class that an option stands for; empty, which reaches nobody, if it is unknown."""
    if by.classes == "paper_classes":
        return key
    try:
        return active_code().option(by.classes, key).text("paper_class")
    except LookupError:
        return ""


def _circles(register: Register, by: MarkedBy, reader: Reader) -> Iterator[Q]:
    """Return the conditions for the rows in whose circle the reader is; one of them suffices."""
    if reader.parties:
        for name in by.parties:
            yield Q(**{f"{name}__key__in": sorted(reader.parties)})
    if reader.bodies and by.body:
        yield _of_bodies(register, by, reader.bodies)
    if reader.is_authority:
        yield Q(**{f"{name}__isnull": True for name in by.parties})


def _of_bodies(register: Register, by: MarkedBy, bodies: Collection[str]) -> Q:
    column = register.column(by.body)
    if by.bodies is not None:
        keys = sorted(key for key, body in by.bodies().items() if body in bodies)
        return Q(**{f"{column.name}__in": keys})
    if not column.refers_to:
        return Q(**{f"{column.name}__in": sorted(bodies)})
    rows, own = _rows_with_bodies(column)
    within = rows.filter(body__in=sorted(bodies)).order_by().values(own)
    return Q(**{f"{column.name}__in": within})


def _rows_with_bodies(column: Column) -> tuple[QuerySet[Any], str]:
    """Return the live rows of the register referred to, which have a body, and their identity."""
    owner = register_named(column.refers_to)
    own = next(each.name for each in owner.columns if each.identifies)
    return owner.model.objects.known_at(None), own


def may_read_rows(register: Register, rows: Sequence[RecordedRow], reader: Reader) -> list[bool]:
    """Say of each row whether the reader may read it."""
    if register.marked_by is None or reader.handles_all:
        return [True for _ in rows]
    return [may_read(reader, marking) for marking in markings_of(register, rows)]


def strictest_class(register: Register, rows: Iterable[RecordedRow]) -> str:
    """Return the class of a page of these rows: the strictest of theirs; White without any."""
    by, classes = register.marked_by, active_code().options("paper_classes")
    ranks = {each.key: each.number("rank") for each in classes}
    public = next(each.key for each in classes if each.flag("is_public"))
    shown = {class_of_option(by, getattr(row, by.column)) for row in rows} if by else set()
    return max([public, *shown], key=lambda key: ranks.get(key, len(ranks)))


def circle_of(register: Register, row: RecordedRow) -> tuple[frozenset[str], str]:
    """Return whose own a row is and for which body it was written, whatever its class.

    In a register whose rows are all for everybody, a row is the own of the Parties that it names.
    """
    by = register.marked_by
    if by is not None:
        return _parties_of(by, row), _bodies_of(register, by, [row]).get(row.pk, "")
    named = [each.name for each in register.references if owner_of(register, each) == PARTIES]
    parties = frozenset(each.key for name in named if (each := getattr(row, name)))
    bodies = [getattr(row, each.name) for each in register.columns if each.choices == "bodies"]
    return parties, next(iter(bodies), "")


def owner_of(register: Register, column: Column) -> str:
    """Return the name of the register whose identities a column holds."""
    return register.name if column.identifies else column.refers_to


def markings_of(register: Register, rows: Sequence[RecordedRow]) -> list[Marking]:
    """Return how each row is marked; at most one query for bodies and one for persons named."""
    by = register.marked_by
    if by is None:
        return [Marking() for _ in rows]
    code = active_code()
    reaches = [reach_of(code, class_of_option(by, getattr(row, by.column))) for row in rows]
    kept = [row for row, reach in zip(rows, reaches, strict=True) if reach is not Reach.ANYONE]
    bodies = _bodies_of(register, by, kept)
    named = people_named_for(register.name, {row.entry for row in kept})
    return [
        Marking() if reach is Reach.ANYONE else
        Marking(reach, _parties_of(by, row), bodies.get(row.pk, ""), named.get(row.entry, NOBODY))
        for row, reach in zip(rows, reaches, strict=True)
    ]  # fmt: skip


NOBODY: frozenset[int] = frozenset()


def _parties_of(by: MarkedBy, row: RecordedRow) -> frozenset[str]:
    return frozenset(each.key for name in by.parties if (each := getattr(row, name)))


def _bodies_of(register: Register, by: MarkedBy, rows: Iterable[RecordedRow]) -> Mapping[int, str]:
    """Return by row the body that it was written for."""
    listed = list(rows)
    if not by.body or not listed:
        return {}
    column = register.column(by.body)
    if by.bodies is not None:
        known = by.bodies()
        return {row.pk: known.get(getattr(row, column.name), "") for row in listed}
    if not column.refers_to:
        return {row.pk: getattr(row, column.name) for row in listed}
    found, own = _rows_with_bodies(column)
    ids = {getattr(row, f"{column.name}_id") for row in listed}
    of = dict(found.filter(**{f"{own}__in": ids}).order_by().values_list(f"{own}_id", "body"))
    return {row.pk: of.get(getattr(row, f"{column.name}_id"), "") for row in listed}
