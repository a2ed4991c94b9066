"""Which provision of a change set's result is which of its base: as the set says, without guess."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from engross.core.legaltext.aligned import NONE, Aligned
from engross.core.legaltext.applying import misfits
from engross.core.legaltext.applying.drafts import Draft
from engross.core.legaltext.applying.saying import draft_of
from engross.core.legaltext.applying.writing import written
from engross.core.legaltext.change_sets import ChangeSet, Join, Operation, Split
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code
from engross.core.refusals import Refused


def follow(base: Code | Places, change_set: ChangeSet) -> Aligned:
    """Return a base and what a change set makes of it, with the pairs that the set itself says.

    `changes_from` it is the set once more, in the form in which all sets are written. Raises
    Refused where the set does not fit the base.
    """
    places = base if isinstance(base, Places) else Places(base)
    if reasons := misfits(places, change_set):
        raise Refused(reasons)
    draft = draft_of(places, [change_set.operations], {})
    origins = {node: node for node in range(len(places))}
    return followed(places, draft, written(draft), origins, [(0, change_set.operations)])


def followed(
    old: Places,
    draft: Draft,
    code: Code,
    origins: dict[int, int],
    voices: Iterable[tuple[int, Sequence[Operation]]],
) -> Aligned:
    """Return a text and the result of a draft, with the pairs between them.

    `origins` gives the old text's node for nodes of the draft, the rest is new; `voices` are the
    draft's sets, by their place in it, whose splits and joins lie between the two texts.
    """
    new = Places(code)
    order = draft.reading_order()
    old_of = [origins.get(node, NONE) for node in order]
    new_of = [NONE] * len(old)
    for node, origin in enumerate(old_of):
        if origin != NONE:
            new_of[origin] = node
    aligned = Aligned(old, new, new_of, old_of)
    ends = _Ends(draft, origins, {node: at for at, node in enumerate(order)})
    for by, operations in voices:
        _part(aligned, ends, by, operations)
    return aligned


class _Ends(NamedTuple):
    """Where nodes of a draft are in the old text and in the new one."""

    draft: Draft
    origins: dict[int, int]
    results: dict[int, int]


def _part(aligned: Aligned, ends: _Ends, by: int, operations: Iterable[Operation]) -> None:
    """Write down what a set splits and joins, as far as both ends are there."""
    origins, results = ends.origins, ends.results
    voice, places = ends.draft.voices[by], ends.draft.places
    for operation in operations:
        if not isinstance(operation, Split | Join):
            continue
        whole = voice.node(operation.key, places)
        pieces = [voice.node(piece.key, places) for piece in operation.pieces]
        old, new = origins.get(whole, NONE), results.get(whole, NONE)
        if NONE in (old, new):
            continue
        if isinstance(operation, Split):
            aligned.splits[old] = (new, *(results[node] for node in pieces if node in results))
        else:
            aligned.joins[new] = (old, *(origins[node] for node in pieces if node in origins))
