"""Wordings that stand once in each text: the surest pairs, and the most."""

from engross.core.legaltext.aligning.pairing import WEIGHTY, Pairing


def pair_anchors(pairing: Pairing) -> None:
    """Pair provisions whose wording no other provision has, in either text."""
    times_old, times_new = pairing.old.times, pairing.new.times
    once = {
        body: node
        for node, body in enumerate(pairing.new.bodies)
        if times_new[body] == 1 == times_old[body]
    }
    pairing.pair_all(
        (node, once[body])
        for node, (body, part) in enumerate(
            zip(pairing.old.bodies, pairing.old.provisions, strict=True)
        )
        if body in once and part is not None and len(part.text) >= WEIGHTY
    )
