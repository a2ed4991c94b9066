"""The code that this deployment runs, and what its options are called."""

from django.conf import settings

from engross.adapters.code_folder import loaded_code
from engross.core.codes import Code


def active_code() -> Code:
    """Return the code that this deployment runs, as its folder says."""
    return loaded_code(settings.ENGROSS_CODE)


def option_name(choices: str, key: str) -> str:
    """Return what an option of the code is called; its key if the code no longer has it."""
    try:
        return active_code().option(choices, key).name
    except LookupError:
        return key
