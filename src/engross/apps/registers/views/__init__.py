"""A register's pages: its list, an entry with its history, and what staff may do to them."""

from engross.apps.registers.views.files import add_file
from engross.apps.registers.views.naming import name_persons
from engross.apps.registers.views.reading import (
    download,
    entry,
    index,
    register_list,
    template,
)
from engross.apps.registers.views.writing import correct, record, upload, withdraw

__all__ = [
    "add_file",
    "correct",
    "download",
    "entry",
    "index",
    "name_persons",
    "record",
    "register_list",
    "template",
    "upload",
    "withdraw",
]
