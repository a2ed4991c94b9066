"""How a rule says no: reasons that a person can act on."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """Why something is refused, and what the person can do about it.

    `href` leads to where they can do it, if a page is for that.
    """

    what: str
    remedy: str
    clause: str = ""
    href: str = ""

    @property
    def sourced(self) -> str:
        """Return why, with the clause that says so."""
        return f"{self.what} ({self.clause})" if self.clause else self.what

    def __str__(self) -> str:
        return f"{self.sourced}. {self.remedy}."


class Refused(Exception):
    """A refusal that carries every reason at once."""

    def __init__(self, reasons: Reason | Iterable[Reason]) -> None:
        self.reasons: tuple[Reason, ...] = (
            (reasons,) if isinstance(reasons, Reason) else tuple(reasons)
        )
        super().__init__(" ".join(str(reason) for reason in self.reasons))
