"""Putting a release together by API: chosen change sets, their conflicts, and decisions."""

from typing import Any, Literal

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from msgspec import UNSET, UnsetType
from ninja import Field, Router, Schema

from engross.apps.accounts.queries import who_reads
from engross.apps.registers.api import ApiRefused, Problem, json_answer
from engross.apps.registers.api.tokens import WRITING, Token, writer_of
from engross.apps.releases import commands, queries
from engross.apps.releases.commands.compositions import unknown_change_set
from engross.apps.releases.models import Composition, CompositionConflict
from engross.core.legaltext.merging import Conflict, Given
from engross.core.refusals import Refused

compositions = Router(tags=["Versions and releases"])
SCOPE = "write:text"
_conflict = msgspec.json.Decoder(Conflict)


class Compose(Schema):
    """Which change sets are put together, and on the text of which version."""

    change_sets: list[str] = Field(min_length=1, max_length=200)
    base_version: str = Field(max_length=60)
    note: str = Field("", max_length=2000)


class Decide(Schema):
    """A decision on a conflict: for a side, for the base, or for a text given instead."""

    conflict: str = Field(max_length=120)
    take: Literal["side", "base", "given"]
    side: str = Field("", max_length=120, description="A change set on the side that is taken")
    given: dict[str, Any] | None = Field(None, description="What stands instead of every side: "
                                         "text, heading, number, …")  # fmt: skip
    reason: str = Field(min_length=1, max_length=2000)


class ConflictState(Schema):
    """A conflict of a composition with all its sides, and whether it is decided."""

    id: str
    kind: str
    address: str
    is_decided: bool
    sides: list[dict[str, Any]]


class CompositionEntry(Schema):
    """A composition: what was put together, what it gives, and what is left to decide."""

    release: str
    composition: int
    base_version: str
    change_sets: dict[str, int] = Field(description="The version of each change set, by name")
    result_hash: str = Field(description="The name of the text as decided so far")
    conflicts_left: int
    published_as: str | None = None
    conflicts: list[ConflictState]


ANSWERS: dict[int, Any] = {404: Problem, **WRITING}


@compositions.post(
    "/{path:name}/compositions",
    response={201: CompositionEntry, **ANSWERS},
    auth=Token(SCOPE),
    summary="Put a release together",
    operation_id="compose_release",
    openapi_extra={"x-scope": SCOPE},
)
def compose(request: HttpRequest, name: str, given: Compose) -> Any:
    """Put the latest versions of change sets together for a release, and name their conflicts.

    Decisions on the same conflicts in the composition before are taken over.
    """
    release = _release(name)
    if hidden := [each for each in given.change_sets if _is_hidden(request, each)]:
        raise Refused([unknown_change_set(each) for each in hidden])
    made = commands.compose_release(
        release, given.change_sets, base_version=given.base_version,
        by=writer_of(request), at=timezone.now(), note=given.note,
    )  # fmt: skip
    return _answer(made, status=201)


@compositions.post(
    "/{path:name}/compositions/{number}/decisions",
    response={200: CompositionEntry, **ANSWERS},
    auth=Token(SCOPE),
    summary="Decide a conflict",
    operation_id="decide_conflict",
    openapi_extra={"x-scope": SCOPE},
)
def decide(request: HttpRequest, name: str, number: int, given: Decide) -> Any:
    """Decide a conflict of a composition; a decision that was made before is superseded."""
    # What it answers with is every side of each conflict.
    made_so_far = queries.compositions_of(_release(name))
    found = next((each for each in made_so_far if each.number == number), None)
    sets = found.chosen.order_by("pk").values_list("change_set__name", flat=True) if found else ()
    if found is None or any(_is_hidden(request, each) for each in sets):
        raise Http404(f"The release has no composition {number}")
    made = commands.resolve_conflict(
        found.pk, given.conflict, take=given.take, side=given.side, reason=given.reason,
        given=_given(given), by=writer_of(request), at=timezone.now(),
    )  # fmt: skip
    return _answer(made)


def _is_hidden(request: HttpRequest, name: str) -> bool:
    """Say whether there is a change set of a name, of a class that does not reach who asks."""
    found = queries.change_set_named(name)
    return found is not None and not queries.may_read_change_set(
        who_reads(request), found.paper_class
    )


def _release(name: str) -> str:
    """Return the name of the release that an address means; raises Http404."""
    row = queries.release_at(name)
    if row is None:
        raise Http404("There is no such release")
    return row.release.key


def _given(decided: Decide) -> Given | UnsetType:
    if decided.given is None:
        return UNSET
    try:
        return msgspec.convert(decided.given, type=Given)
    except msgspec.ValidationError as error:
        raise ApiRefused("not-understood", f"given: {error}") from error


def _answer(made: Composition, *, status: int = 200) -> HttpResponse:
    decided = {each.conflict for each in queries.resolutions_of(made)}
    chosen = made.chosen.select_related("change_set").order_by("change_set__name")
    return json_answer({
        "release": made.release.key, "composition": made.number,
        "base_version": made.base_version.key,
        "change_sets": {each.change_set.name: each.number for each in chosen},
        "result_hash": made.result_hash, "conflicts_left": made.conflicts_left,
        "published_as": made.published_version.key if made.published_version else None,
        "conflicts": [_state(row, is_decided=row.conflict in decided)
                      for row in made.conflicts.order_by("pk")],
    }, status=status)  # fmt: skip


def _state(row: CompositionConflict, *, is_decided: bool) -> dict[str, Any]:
    sides = _conflict.decode(row.payload).sides
    return {"id": row.conflict, "kind": row.kind, "address": row.address,
            "is_decided": is_decided, "sides": sides}  # fmt: skip
