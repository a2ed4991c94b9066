"""Keeping a file with an entry: it is the own of whomever the entry is the own of."""

from datetime import datetime
from typing import IO

from engross.apps.accounts.models import User
from engross.apps.files.commands import Belonging, store_file
from engross.apps.files.models import StoredFile
from engross.apps.registers.models import RecordedRow
from engross.apps.registers.queries import circle_of
from engross.apps.registers.registers import Register


def store_entry_file(
    register: Register,
    row: RecordedRow,
    content: IO[bytes],
    *,
    name: str,
    paper_class: str,
    declared_type: str = "",
    by: User | None,
    at: datetime,
) -> StoredFile:
    """Keep a file with an entry, under a class of its own; raises Refused as `store_file` does."""
    parties, body = circle_of(register, row)
    belonging = Belonging(
        register=register.name,
        entry=row.entry,
        # What is the own of several Parties is no single one's.
        party=next(iter(parties)) if len(parties) == 1 else "",
        body=body,
    )
    return store_file(
        content, name=name, paper_class=paper_class, belonging=belonging,
        declared_type=declared_type, by=by, at=at,
    )  # fmt: skip
