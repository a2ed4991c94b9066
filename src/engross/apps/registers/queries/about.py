"""What is on record of one identity, so that a page about it asks no table twice, or in vain."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from django.db import connection
from django.db.models import Model, Q

from engross.apps.registers.models import Identity, RecordedRow
from engross.apps.registers.queries.classes import owner_of
from engross.apps.registers.queries.rows import Asked, rows_of
from engross.apps.registers.registers import Register
from engross.core.access import ANYONE, Reader
from engross.core.registers.columns import Column


class RowsAbout:
    """The rows that name an identity of the register `owner`, as a reader may know them.

    As known at a moment, or now. Which tables name it at all is asked in one query; what a
    register holds of it in one more, when it is first asked for.
    """

    def __init__(
        self,
        owner: str,
        identity: Identity,
        *,
        known_at: datetime | None = None,
        reader: Reader = ANYONE,
    ) -> None:
        self.owner = owner
        self.identity = identity
        self.known_at = known_at
        self.reader = reader
        self._rows: dict[str, list[Any]] = {}

    def is_named_in(self, model: type[Model]) -> bool:
        """Say whether a table has ever pointed to the identity."""
        return model in self._naming

    def pointing(self, register: Register) -> list[Column]:
        """Return the columns of a register that hold identities of this kind."""
        return [each for each in register.references if owner_of(register, each) == self.owner]

    def rows(self, register: Register) -> list[Any]:
        """Return a register's rows that name the identity, in the order of the register."""
        if register.name not in self._rows:
            self._rows[register.name] = self._read(register)
        return self._rows[register.name]

    def _read(self, register: Register) -> list[RecordedRow]:
        if not self.is_named_in(register.model):
            return []
        about = Q()
        for column in self.pointing(register):
            about |= Q(**{f"{column.name}_id": self.identity.pk})
        asked = Asked(known_at=self.known_at, reader=self.reader)
        return list(rows_of(register, asked).filter(about))

    @cached_property
    def _naming(self) -> frozenset[type[Model]]:
        models, statement = _asking_for(type(self.identity))
        with connection.cursor() as cursor:
            cursor.execute(statement, [self.identity.pk] * len(models))
            found = cursor.fetchone()
        return frozenset(model for model, is_there in zip(models, found, strict=True) if is_there)


@cache
def _asking_for(identity: type[Identity]) -> tuple[Sequence[type[Model]], str]:
    """Return every table that points to identities of a kind, and what asks which of them do.

    Written by hand: an index is looked into for each, while a query made of as many parts takes
    the framework longer than all of them take the database.
    """
    quote = connection.ops.quote_name
    relations: list[Any] = [
        each
        for each in identity._meta.get_fields(include_hidden=True)
        if each.auto_created and not each.concrete and not each.many_to_many
    ]
    models = [each.related_model for each in relations]
    asked = [
        f"EXISTS (SELECT 1 FROM {quote(model._meta.db_table)} "  # noqa: S608 our own names
        f"WHERE {quote(each.field.column)} = %s)"
        for model, each in zip(models, relations, strict=True)
    ]
    return models, f"SELECT {', '.join(asked)}"
