"""What a stored file may be called, and which kinds of file there are."""

from engross.core.files.kinds import KINDS, FileKind, kind_named, reasons_against_declared
from engross.core.files.names import clean_name

__all__ = ["KINDS", "FileKind", "clean_name", "kind_named", "reasons_against_declared"]
