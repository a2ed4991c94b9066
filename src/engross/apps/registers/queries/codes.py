"""The code that this deployment runs, and what its options are called."""

from engross.apps.files.queries import active_code

__all__ = ["active_code", "option_name"]


def option_name(choices: str, key: str) -> str:
    """Return what an option of the code is called; its key if the code no longer has it."""
    try:
        return active_code().option(choices, key).name
    except LookupError:
        return key
