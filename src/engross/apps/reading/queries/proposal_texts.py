"""What a proposal would do to the text, change set by change set and clause by clause."""

from dataclasses import dataclass

from engross.apps.proposals.models import Proposal
from engross.apps.reading.queries.open_changes import OnNewest, OpenChanges, on_newest
from engross.apps.reading.queries.open_sets import SetSeen, sets_seen
from engross.apps.reading.queries.texts import TextState, newest_text
from engross.core.access import Reader
from engross.core.legaltext.numbers.addresses import Address


@dataclass(frozen=True)
class ClauseTouched:
    """A clause that a change set would change, and what other open sets would change it too."""

    address: Address
    shown: str
    does: tuple[str, ...]
    others: tuple[SetSeen, ...]


@dataclass(frozen=True)
class ProposalText:
    """A change set of a proposal, with the clauses of the newest text that it would change.

    A set that a version took in has none: what it did is in the text.
    """

    change_set: SetSeen
    on_newest: OnNewest | None
    clauses: tuple[ClauseTouched, ...]


def proposal_texts(
    proposal: Proposal, changes: OpenChanges, reader: Reader, *, state: TextState
) -> list[ProposalText]:
    """Return the legal text of a proposal that a reader may see, a set at a time, by name."""
    own = [each for each in sets_seen(reader) if each.proposal_key == proposal.key]
    carried = on_newest([each for each in own if each.is_open], state=state)
    return [
        ProposalText(
            each, carried.get(each.name), _clauses(each, carried.get(each.name), changes, state)
        )
        for each in own
    ]


def _clauses(
    change_set: SetSeen, carried: OnNewest | None, changes: OpenChanges, state: TextState
) -> tuple[ClauseTouched, ...]:
    newest = newest_text(state=state)
    if newest is None or carried is None:
        return ()
    places, found = newest.places, {}
    for touch in carried.touches:
        node = places.find(touch.key)
        if node is None:
            continue
        marks = changes.marks.get(touch.key, ())
        own = next((mark.does for mark in marks if mark.change_set == change_set), (touch.does,))
        others = tuple(mark.change_set for mark in marks if mark.change_set != change_set)
        above = node
        while places.provisions[above] is not None and not places.number(above):
            above = places.parents[above]
        number = places.number(above) if places.provisions[above] is not None else ""
        address = Address(places.documents[node].document, number)
        found[node] = ClauseTouched(address, places.shown(node), own, others)
    return tuple(found[node] for node in sorted(found))
