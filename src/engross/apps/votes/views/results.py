"""What a vote's page shows of its seats and of its result, as far as the reader may see it."""

from collections.abc import Iterable, Mapping
from typing import Any

from engross.apps.dates.queries import day_of
from engross.apps.registers.queries import active_code, option_name
from engross.apps.votes import queries
from engross.apps.votes.models import Ballot, Vote
from engross.apps.votes.queries import State
from engross.core.access import Reader
from engross.core.voting import choices_of
from engross.core.voting.rules import Side
from engross.design.parts import Column


def result_context(vote: Vote, state: State, reader: Reader) -> Mapping[str, Any]:
    """Return the part of a vote's page about its result, its reasons and its seats."""
    is_circle = queries.is_of_circle(reader, vote.body)
    by_seat = is_circle or queries.are_seats_shown(vote)
    result = vote.result
    is_open = state is State.OPEN and queries.is_shown_while_open(vote)
    if result is None and (is_open or state is State.CLOSED):
        result = queries.counted_now(vote).result
    ballots = queries.ballots_of(vote)
    return {
        "result": result,
        "is_frozen": vote.result is not None,
        "changes": result["changes_since_opening"] if result else (),
        "group_columns": group_columns(result) if result else (),
        "groups": group_rows(result) if result else [],
        "reasons": _reasons(vote, ballots, by_seat=by_seat) if vote.result else [],
        "seat_columns": _seat_columns(is_result=bool(result), by_seat=by_seat),
        "seats": _seats(vote, result, ballots, by_seat=by_seat),
        "is_circle": is_circle,
    }


def group_columns(result: Mapping[str, Any]) -> tuple[Column, ...]:
    """Return the columns of the table of groups: what was answered, and what came of it."""
    choices = choices_of(active_code()).values()
    given = {key for each in result["groups"] for key in each["counts"]}
    told = [each for each in choices if each.side is not Side.NONE or each.key in given]
    others = (("no_ballot", "No ballot"), ("vacant", "Vacant"))
    silent = [pair for pair in others if any(each[pair[0]] for each in result["groups"])]
    return (
        Column("group", "Group", "title"),
        *(Column(each.key, each.name, "number") for each in told),
        *(Column(key, label, "number") for key, label in silent),
        Column("result", "The group"),
    )


def group_rows(result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of the table of groups."""
    choices = choices_of(active_code())
    return [
        {**{key: each["counts"].get(key, 0) for key in choices}, "group": each["group"],
         "no_ballot": each["no_ballot"], "vacant": each["vacant"],
         "result": each["result"]}
        for each in result["groups"]
    ]  # fmt: skip


def _seat_columns(*, is_result: bool, by_seat: bool) -> tuple[Column, ...]:
    told = (Column("answer", "Ballot" if is_result else "Ballot in"),) if by_seat else ()
    return (Column("group", "Group", "title"), Column("place", "Seat"),
            Column("organisation", "Held by"), *told)  # fmt: skip


def _seats(
    vote: Vote, result: Mapping[str, Any] | None, ballots: Iterable[Ballot], *, by_seat: bool
) -> list[dict[str, Any]]:
    """Return the seats with a vote: as frozen, or as they are on the day on which it closes."""
    answers = {(each.seat, each.place): each.choice for each in ballots}
    if result is not None:
        frozen = {(each["seat"], each["place"]): each["choice"] for each in result["ballots"]}
        voting = {each["seat"] for each in result["groups"]}
        return [
            _seat(each["group"], each["place"], each["organisation"],
                  is_vacant=each["is_vacant"],
                  answer=_choice(frozen.get((each["seat"], each["place"])),
                                 is_vacant=each["is_vacant"]) if by_seat else "")
            for each in result["electorate"] if each["seat"] in voting
        ]  # fmt: skip
    electorate = queries.electorate_on(vote.body, day_of(vote.opens_at))
    names = {each.key: each.name for each in electorate.voting_groups}
    return [
        _seat(names[each.key.group], each.key.place, each.organisation, is_vacant=each.is_vacant,
              answer=_is_in(is_in=each.key in answers, is_vacant=each.is_vacant) if by_seat else "")
        for each in electorate.seats if each.key.group in names
    ]  # fmt: skip


def _seat(
    group: str, place: str, organisation: str, *, is_vacant: bool, answer: str
) -> dict[str, Any]:
    held = "vacant" if is_vacant else organisation or "held by a person"
    return {"group": group, "place": place, "organisation": held, "answer": answer}


def _is_in(*, is_in: bool, is_vacant: bool) -> str:
    if is_in:
        return "yes"
    return "" if is_vacant else "not yet"


def _choice(key: str | None, *, is_vacant: bool) -> str:
    if key is None:
        return "" if is_vacant else "none"
    return option_name("ballot_choices", key)


def _reasons(vote: Vote, ballots: Iterable[Ballot], *, by_seat: bool) -> list[dict[str, Any]]:
    """Return what was said, in general and of each objective, by group; by seat for the circle."""
    result: Mapping[str, Any] = vote.result or {}
    counted = {each["ballot"] for each in result["ballots"]}
    seats = {(each["seat"], each["place"]): each for each in result["electorate"]}
    said: dict[str, list[dict[str, str]]] = {}
    for ballot in ballots:
        if ballot.pk not in counted:
            continue
        seat = seats[(ballot.seat, ballot.place)]
        who = seat["group"]
        if by_seat:
            who += f", {seat['organisation'] or seat['place']}"
        line = {"who": who, "answer": option_name("ballot_choices", ballot.choice)}
        for key, words in (("", ballot.reason), *ballot.objectives.items()):
            if words:
                said.setdefault(key, []).append({**line, "words": words})
    objectives = {each.key: f"({each.text('letter')}) {each.name}"
                  for each in active_code().options("code_objectives")}  # fmt: skip
    titles = {"": "In general", **objectives}
    return [{"title": titles[key], "said": said[key]} for key in titles if key in said]
