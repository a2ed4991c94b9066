"""What is wrong with a paper's template, said so that its author can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass

from engross.core.refusals import Reason, Refused


@dataclass(frozen=True)
class PaperProblem:
    """One mistake in a paper's folder: file, line (0 if unknown), what it is, what to do."""

    file: str
    line: int
    what: str
    remedy: str

    @property
    def place(self) -> str:
        return f"{self.file}, line {self.line}" if self.line else self.file

    def __str__(self) -> str:
        return f"{self.place}: {self.what}. {self.remedy}."


class PaperRefused(Refused):
    """A refusal of a paper's folder that carries every problem found in it at once."""

    def __init__(self, problems: Iterable[PaperProblem]) -> None:
        self.problems: tuple[PaperProblem, ...] = tuple(problems)
        super().__init__(
            Reason(what=each.what, remedy=each.remedy, clause=each.place) for each in self.problems
        )

    def __str__(self) -> str:
        return "\n".join(str(each) for each in self.problems)
