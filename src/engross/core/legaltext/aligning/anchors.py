"""Wordings that stand once in each text: the surest pairs, and the most."""

from engross.core.legaltext.aligning.pairing import WEIGHTY, Pairing


def pair_anchors(pairing: Pairing) -> None:
    """Pair provisions whose wording no other provision has, in either text."""
    old, new = _once(pairing.old.bodies), _once(pairing.new.bodies)
    parts = pairing.old.provisions
    pairs = [
        (node, new[body])
        for body, node in old.items()
        if body in new and (part := parts[node]) is not None and len(part.text) >= WEIGHTY
    ]
    pairing.pair_all(pairs)


def _once(bodies: list[int | None]) -> dict[int, int]:
    """Return the node of every body that stands once."""
    size = len(bodies)
    last = dict(zip(bodies, range(size), strict=True))
    first = dict(zip(reversed(bodies), range(size - 1, -1, -1), strict=True))
    return {body: node for body, node in last.items() if body is not None and first[body] == node}
