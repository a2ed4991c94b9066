"""Whose move a proposal is follows from its stage and its route, as the code has them."""

import pytest

from engross.adapters.code_folder import load_code
from engross.core.proposals.moves import Mark, bodies_to_move, mark_of

SEC = load_code("sec")


def waits_on(stage, route=None):
    option = SEC.option("proposal_routes", route) if route else None
    return bodies_to_move(SEC.option("proposal_stages", stage), option)


def test_a_stage_that_one_body_decides_waits_on_it_whatever_the_route():
    assert waits_on("refine") == ("csc",)
    assert waits_on("refine", "self-governance") == ("csc",)


def test_a_stage_that_several_could_decide_waits_on_all_until_a_route_is_known():
    assert waits_on("opine") == ("change-board", "authority")


@pytest.mark.parametrize(
    ("route", "bodies"),
    [
        ("self-governance", ("change-board",)),
        ("authority-determined", ("change-board",)),  # it recommends before the other decides
        ("authority-led", ("authority",)),
        ("fast-track", ("panel",)),  # a body that the stage does not name
    ],
)
def test_the_route_says_which_of_several_bodies_it_is(route, bodies):
    assert waits_on("opine", route) == bodies


@pytest.mark.parametrize("stage", ["release", "implemented", "withdrawn"])
def test_nobody_decides_what_is_decided(stage):
    assert waits_on(stage, "self-governance") == ()


@pytest.mark.parametrize(
    ("stage", "mark"),
    [
        ("refine", Mark.OPEN),
        ("awaiting-authority", Mark.WAITING),
        ("release", Mark.DONE),
        ("implemented", Mark.DONE),
        ("withdrawn", Mark.STOPPED),
        ("split", Mark.STOPPED),
    ],
)
def test_a_stage_is_marked_by_what_it_counts_as(stage, mark):
    assert mark_of(SEC, SEC.option("proposal_stages", stage)) is mark


@pytest.mark.parametrize("code", ["sec", "example"])
def test_every_stage_of_every_code_has_a_mark_and_every_open_one_a_body(code):
    loaded = load_code(code)
    for stage in loaded.options("proposal_stages"):
        assert mark_of(loaded, stage) in Mark
        assert bool(bodies_to_move(stage, None)) == stage.flag("is_open")
