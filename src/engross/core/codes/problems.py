"""What is wrong with a code's data, said so that its keeper can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from engross.core.refusals import Reason, Refused


@dataclass(frozen=True)
class CodeProblem:
    """One mistake in a code's data: where it stands, what it is, what to do about it."""

    file: str
    key: str
    what: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}, {self.key}" if self.key else self.file
        return f"{place}: {self.what}. {self.remedy}."


class CodeRefused(Refused):
    """A refusal of a code's data that carries every problem found in it at once."""

    def __init__(self, problems: Iterable[CodeProblem]) -> None:
        self.problems: tuple[CodeProblem, ...] = tuple(problems)
        super().__init__(
            Reason(what=problem.what, remedy=problem.remedy, clause=_place(problem))
            for problem in self.problems
        )

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a remedy that names the known name nearest to `name`, or lists the known ones."""
    names = sorted(known)
    if close := get_close_matches(name[:80], names, n=1, cutoff=0.6):
        return f"Write '{close[0]}'"
    if not names:
        return "Take it out"
    return "Use one of " + ", ".join(f"'{each}'" for each in names)


def shown(value: object) -> str:
    """Return `value` as a short text for a message, whatever it is and however large."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}'" if len(value) <= 60 else f"'{value[:57]}...'"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**15 else "a very large number"
    kinds: dict[type, str] = {
        dict: "a table",
        list: "a list",
        tuple: "a list",
        type(None): "nothing",
    }
    return kinds.get(type(value)) or f"{str(value)[:60]} ({type(value).__name__})"


def _place(problem: CodeProblem) -> str:
    return f"{problem.file}, {problem.key}" if problem.key else problem.file
