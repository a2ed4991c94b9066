"""Which register an address names."""

from django.http import Http404

from engross.apps.registers.registers import Register, register_named


def register_or_404(name: str) -> Register:
    """Return the register called `name`; raises Http404 if there is none."""
    try:
        return register_named(name)
    except LookupError as error:
        raise Http404(f"There is no register {name}") from error
