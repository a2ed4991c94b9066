"""Everything that can be done to a register: take in files, record, correct, withdraw."""

from engross.apps.registers.commands.editing import (
    correct_entry,
    record_entries,
    record_entry,
    withdraw_entry,
)
from engross.apps.registers.commands.files import store_entry_file
from engross.apps.registers.commands.importing import (
    ImportResult,
    NamedSheet,
    import_sheets,
)
from engross.apps.registers.commands.reads import log_events_read, log_rows_read

__all__ = [
    "ImportResult",
    "NamedSheet",
    "correct_entry",
    "import_sheets",
    "log_events_read",
    "log_rows_read",
    "record_entries",
    "record_entry",
    "store_entry_file",
    "withdraw_entry",
]
