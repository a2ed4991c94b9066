"""Files of rows: CSV, XLSX and JSON in, and the same out."""

from engross.adapters.tables.limits import LIMITS, FileRefused, Limits
from engross.adapters.tables.lines import Lines
from engross.adapters.tables.reading import (
    READERS,
    FileTable,
    TableFile,
    Upload,
    read_file,
    read_tables,
    read_upload,
)
from engross.adapters.tables.templates import example_of, template_bytes
from engross.adapters.tables.writing import (
    CONTENT_TYPES,
    table_bytes,
    write_table,
    written_whole,
)

__all__ = [
    "CONTENT_TYPES",
    "LIMITS",
    "READERS",
    "FileRefused",
    "FileTable",
    "Limits",
    "Lines",
    "TableFile",
    "Upload",
    "example_of",
    "read_file",
    "read_tables",
    "read_upload",
    "table_bytes",
    "template_bytes",
    "write_table",
    "written_whole",
]
