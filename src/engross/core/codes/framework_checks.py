"""Checks of how a code is changed: moves that lead nowhere, stages without a way out."""

from collections.abc import Iterator, Mapping

from engross.core.codes.codes import Option, OptionList

# What is wrong, at which entry of which list, under which attribute, and what to do.
Found = tuple[str, Option, str, str, str]


def faults_of_framework(lists: Mapping[str, OptionList]) -> Iterator[Found]:
    """Yield what is wrong with a code's moves and clocks, each well formed by itself."""
    stages = {option.key: option for option in lists["proposal_stages"]}
    moves = [move for move in lists["proposal_moves"] if _is_readable(move, stages)]
    for move in moves:
        yield from _move_faults(move, stages)
    if len(lists["proposal_moves"]):
        yield from _stages_without_a_way_out(moves, stages)
    clocks = {option.key for option in lists["proposal_clocks"]}
    for clock in sorted(clocks - _clocks_started(lists)):
        option = lists["proposal_clocks"].option(clock)
        yield ("proposal_clocks", option, "", "Nothing starts it",
               "Name it under `starts` of a move, or give it stages")  # fmt: skip


def _is_readable(move: Option, stages: Mapping[str, Option]) -> bool:
    named = (*move.texts("stages"), *filter(None, [move.text("to_stage")]))
    return all(each in stages for each in named)


def _move_faults(move: Option, stages: Mapping[str, Option]) -> Iterator[Found]:
    name, to = "proposal_moves", move.text("to_stage")
    if move.flag("starts_it") and move.texts("stages"):
        yield (name, move, "stages", "A move that starts it is made from no stage",
               "Leave out stages, or starts_it")  # fmt: skip
    if to and move.flag("returns"):
        yield name, move, "returns", "It goes back and to a stage at once", "Keep one of them"
    for key in move.texts("stages"):
        if to and to != key and to not in stages[key].texts("next"):
            yield (name, move, "to_stage", f"'{to}' does not follow '{key}'",
                   f"Add it to `next` of '{key}', or take '{key}' out of stages")  # fmt: skip
    both = sorted(set(move.texts("only")) & set(move.texts("never")))
    if both:
        yield (name, move, "never", f"It asks for '{both[0]}' and for its absence",
               "Keep one of them: as it is, nobody can make it")  # fmt: skip


def _stages_without_a_way_out(moves: list[Option], stages: Mapping[str, Option]) -> Iterator[Found]:
    """Yield the stages, not final, from which no move leads on."""
    for key, stage in stages.items():
        if stage.flag("is_final"):
            continue
        leads_on = any(
            move.text("to_stage") not in ("", key)
            and (
                key in move.texts("stages") or (not move.texts("stages") and stage.flag("is_open"))
            )
            and not move.flag("starts_it")
            for move in moves
        )
        if not leads_on:
            yield ("proposal_stages", stage, "", "No move leads on from it",
                   "Add a move from it to framework.toml, or make it final")  # fmt: skip


def _clocks_started(lists: Mapping[str, OptionList]) -> set[str]:
    by_stage = {clock.key for clock in lists["proposal_clocks"] if clock.texts("stages")}
    return by_stage | {key for move in lists["proposal_moves"] for key in move.texts("starts")}
