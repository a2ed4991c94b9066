"""The kinds of things that can be found, in the order in which a page lists them."""

from dataclasses import dataclass

from engross.apps.registers.queries import active_code
from engross.core.search import folded_name


@dataclass(frozen=True)
class Kind:
    """A kind of thing: its word in a filter, what one and several are called, other words for it.

    `word` names the code's own words for it, as a code may call proposals modifications.
    """

    key: str
    one: str
    several: str
    aliases: tuple[str, ...] = ()
    word: tuple[str, str] = ("", "")

    @property
    def title(self) -> str:
        """What several of them are called under this code, beginning a line."""
        return _capital(active_code().words.get(self.word[1], self.several))

    @property
    def name(self) -> str:
        """What one of them is called under this code, beginning a line."""
        return _capital(active_code().words.get(self.word[0], self.one))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


CLAUSE, DEFINITION = "clause", "definition"
KINDS = (
    Kind(CLAUSE, "clause", "clauses", ("code", "text", "provision", "provisions")),
    Kind(DEFINITION, "definition", "definitions", ("term", "terms")),
    Kind("proposal", "proposal", "proposals", ("modification",), ("proposal", "proposals")),
    Kind("problem", "problem described", "problems described", ("problems",)),
    Kind("consultation", "consultation", "consultations"),
    Kind("answer", "answer to a consultation", "answers to consultations", ("answers",)),
    Kind("vote", "vote", "votes", ("ballot",)),
    Kind("paper", "paper", "papers"),
    Kind("meeting", "meeting", "meetings"),
    Kind("party", "Party", "Parties", (), ("party", "parties")),
    Kind("version", "code version", "code versions", ("versions",), ("version", "versions")),
    Kind("release", "release", "releases"),
    Kind("list", "product list", "product lists", ("lists",)),
    Kind("device", "assured device", "assured devices", ("devices",)),
    Kind("report", "report", "reports"),
    Kind("news", "newsletter issue", "newsletter issues", ("newsletter", "newsletters")),
    Kind("guidance", "guidance", "guidance", ("help",)),
)


def kind_called(text: str) -> Kind | None:
    """Return the kind that a person calls by any of its words; None if there is none."""
    asked = folded_name(text)
    for kind in KINDS:
        words = (kind.key, kind.one, kind.several, kind.title, kind.name, *kind.aliases)
        if asked in {folded_name(word) for word in words}:
            return kind
    return None
