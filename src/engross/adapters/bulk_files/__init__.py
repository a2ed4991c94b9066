"""Whole registers as files for programs: CSV, JSON lines and Parquet."""

from engross.adapters.bulk_files.parquet import parquet_type
from engross.adapters.bulk_files.writing import CONTENT_TYPES, write_rows

__all__ = ["CONTENT_TYPES", "parquet_type", "write_rows"]
