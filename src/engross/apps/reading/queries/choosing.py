"""Which change sets a reader means by names of proposals or of sets, and why not others."""

from collections.abc import Iterable, Sequence

from engross.apps.proposals.models import Proposal
from engross.apps.proposals.registers import proposal_key
from engross.apps.reading.queries.open_sets import SetSeen, is_living, sets_seen
from engross.apps.registers.queries import option_name
from engross.core.access import Reader
from engross.core.refusals import Reason, Refused
from engross.core.registers.addresses import nearest_keys

MOST_NAMES = 60
LONGEST_NAME = 120
MOST_REASONS = 4


def names_asked(text: str) -> tuple[str, ...]:
    """Return the names that `with=` gives, each once, as they come: 'MP078,MP141'.

    Raises Refused if there are more than anybody could mean.
    """
    if len(text) > MOST_NAMES * (LONGEST_NAME + 1):
        what = "What is to be switched on is longer than any choice"
        raise Refused(Reason(what, f"Choose up to {MOST_NAMES} by name"))
    names = tuple(dict.fromkeys(filter(None, map(str.strip, text.split(",")))))
    if len(names) > MOST_NAMES:
        what = f"{len(names)} proposals are more than can be switched on at once"
        raise Refused(Reason(what, f"Choose up to {MOST_NAMES}"))
    return names


def chosen_sets(names: Sequence[str], reader: Reader) -> tuple[SetSeen, ...]:
    """Return the open change sets that names mean, each once, in the order of their names.

    A name is that of a change set, or of a proposal for all its open sets. Two queries at most.
    Raises Refused, with the nearest names, for one that means nothing that is open to the reader.
    """
    if not names:
        return ()
    choosing = _Choosing(sets_seen(reader))
    found = {each.name: each for name in names for each in choosing.meant_by(name)}
    if choosing.unmet:
        raise Refused(_shortened(choosing.reasons()))
    return tuple(found[name] for name in sorted(found))


class _Choosing:
    def __init__(self, sets: Iterable[SetSeen]) -> None:
        self.sets = list(sets)
        self.by_name = {each.name.casefold(): each for each in self.sets}
        self.unmet: list[str] = []

    def meant_by(self, name: str) -> list[SetSeen]:
        """Return the open sets that a name means; notes it as unmet where there is none."""
        named = self.by_name.get(name.casefold())
        own = [named] if named else self._of_proposal(name)
        found = [each for each in own if each.is_open]
        if not found:
            self.unmet.append(name)
        return found

    def _of_proposal(self, name: str) -> list[SetSeen]:
        key = proposal_key(name) if len(name) <= LONGEST_NAME else None
        return [each for each in self.sets if key and each.proposal_key == key]

    def reasons(self) -> list[Reason]:
        """Return why each unmet name means nothing that can be switched on: one query."""
        keys = {name: proposal_key(name) for name in self.unmet if len(name) <= LONGEST_NAME}
        rows = Proposal.objects.filter(key__in={key for key in keys.values() if key})
        known = {each.key: each for each in rows.order_by("pk")}
        return [self._reason(name, known.get(keys.get(name) or "")) for name in self.unmet]

    def _reason(self, name: str, proposal: Proposal | None) -> Reason:
        named = self.by_name.get(name.casefold())
        own = [named] if named else self._of_proposal(name)
        shown = (named.name if named else str(proposal or "")) or name[:60]
        if own and own[0].published_in:
            what = f"{shown} is in the text already, since version {own[0].published_in}"
            return Reason(what, "Leave it out")
        stage = own[0].stage if own else proposal.stage if proposal else ""
        if not is_living(stage):
            what = f"{shown} is {option_name('proposal_stages', stage).lower()}"
            return Reason(what, "Leave it out: it will not change the text")
        if proposal is not None:
            return Reason(f"{shown} has no legal text yet", self._instead(name))
        return Reason(f"No open proposal or change set is called {shown!r}", self._instead(name))

    def _instead(self, name: str) -> str:
        """Return the nearest names that can be switched on, as a remedy."""
        choices = [word for each in self.sets if each.is_open
                   for word in (each.proposal, each.name) if word]  # fmt: skip
        near = nearest_keys(name[:LONGEST_NAME], choices) or choices[:3]
        return f"Choose from {', '.join(near)}" if near else "No proposal has legal text yet"


def _shortened(reasons: list[Reason]) -> list[Reason]:
    left = len(reasons) - MOST_REASONS
    if left <= 0:
        return reasons
    what = f"{left} more name{'s' if left > 1 else ''} cannot be switched on"
    return [*reasons[:MOST_REASONS], Reason(what, "Choose from the list of open proposals")]
