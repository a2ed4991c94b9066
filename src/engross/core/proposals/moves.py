"""Whose move it is on a proposal, and how a stage is marked, told from the code's data."""

from enum import StrEnum

from engross.core.codes.codes import Code, Option
from engross.core.proposals.histories import APPROVED, IMPLEMENTED


class Mark(StrEnum):
    """How a stage stands: worked on, waiting on others, done or stopped."""

    OPEN = "open"
    WAITING = "waiting"
    DONE = "done"
    STOPPED = "stopped"


def bodies_to_move(stage: Option, route: Option | None) -> tuple[str, ...]:
    """Return the keys of the bodies that a proposal in `stage` waits on; none if it is decided.

    Where several bodies decide a stage the route says which: the one that recommends, else
    the one that decides. A route that the stage does not know names its own bodies.
    """
    if not stage.flag("is_open"):
        return ()
    able = stage.texts("decided_by")
    if route is None or len(able) < 2:
        return able
    for chosen in (route.texts("recommended_by"), route.texts("decided_by")):
        if fitting := tuple(each for each in able if each in chosen):
            return fitting
    return route.texts("decided_by") or able


def mark_of(code: Code, stage: Option) -> Mark:
    """Return how a stage is marked; open ones that only an outside body decides are waiting."""
    if stage.flag("is_open"):
        bodies = [code.option("bodies", each) for each in stage.texts("decided_by")]
        outside = bool(bodies) and all(each.flag("is_external") for each in bodies)
        return Mark.WAITING if outside else Mark.OPEN
    is_done = stage.text("counted_as") in (APPROVED, IMPLEMENTED)
    return Mark.DONE if is_done else Mark.STOPPED
