"""How a rule says no: reasons that a person can act on."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """Why something is refused, and what the person can do about it."""

    what: str
    remedy: str
    clause: str = ""

    def __str__(self) -> str:
        source = f" ({self.clause})" if self.clause else ""
        return f"{self.what}{source}. {self.remedy}."


class Refused(Exception):
    """A refusal that carries every reason at once."""

    def __init__(self, reasons: Reason | Iterable[Reason]) -> None:
        self.reasons: tuple[Reason, ...] = (
            (reasons,) if isinstance(reasons, Reason) else tuple(reasons)
        )
        super().__init__(" ".join(str(reason) for reason in self.reasons))
