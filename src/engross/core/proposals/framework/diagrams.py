"""A picture of the way in which a code is changed, drawn from its data as Mermaid text."""

from collections.abc import Iterator

from engross.core.proposals.framework.openings import movers
from engross.core.proposals.framework.rules import Framework, MoveRule


def state_diagram(framework: Framework, *, usual_only: bool = False) -> str:
    """Return a Mermaid state diagram of the stages and the moves between them."""
    lines = ["stateDiagram-v2", "    direction TB"]
    shown = [move for move in framework.moves.values() if move.is_usual or not usual_only]
    arrows = [arrow for move in shown for arrow in _arrows(framework, move)]
    used = {end for source, target, _ in arrows for end in (source, target)}
    lines += [
        f"    {_id(key)}: {stage.printed}" for key, stage in framework.stages.items() if key in used
    ]
    lines += [f"    {_id(source)} --> {_id(target)}: {words}" for source, target, words in arrows]
    lines += [
        f"    {_id(key)} --> [*]"
        for key, stage in framework.stages.items()
        if key in used and not any(source == key for source, _, _ in arrows)
    ]
    return "\n".join(lines)


def _arrows(framework: Framework, move: MoveRule) -> Iterator[tuple[str, str, str]]:
    if not move.to_stage:
        return
    words = move.name.replace(":", "")
    for source in framework.stages:
        if source in framework.stages_from(move):
            yield source, move.to_stage, words
    if move.starts_it:
        yield "", move.to_stage, words


def _id(stage: str) -> str:
    return stage.replace("-", "_") or "[*]"


def moves_table(framework: Framework) -> list[tuple[str, ...]]:
    """Return a row for each move: its name, from, to, by whom, needs, clocks, clause."""
    rows: list[tuple[str, ...]] = []
    for move in framework.moves.values():
        stages = [stage.printed for key, stage in framework.stages.items()
                  if key in framework.stages_from(move)]  # fmt: skip
        needs = [framework.requirements[key].name for key in move.needs]
        needs += [framework.marks[key].is_so for key in move.only]
        needs += [f"{framework.clocks[key].name} has run out" for key in move.waits_for]
        needs += [f"{framework.clocks[key].name} still runs" for key in move.within]
        clocks = [f"starts {framework.clocks[key].name}" for key in move.starts]
        clocks += [f"ends {framework.clocks[key].name}" for key in move.ends]
        to = framework.stages[move.to_stage].printed if move.to_stage else ""
        to = "where it came from" if move.returns else to
        rows.append((
            move.name, ", ".join(stages) or "the beginning", to, movers(framework, move),
            "; ".join(needs), "; ".join(clocks), move.clause,
        ))  # fmt: skip
    return rows
