"""Files that people hand in: what they are by their content, whatever they are called."""

from engross.adapters.stored_files.looking import look_at

__all__ = ["look_at"]
