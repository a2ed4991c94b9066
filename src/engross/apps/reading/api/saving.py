"""Saving a change set by API: on top of what its editor has seen, and of nothing else."""

import re
from typing import Any

import msgspec
from django.http import HttpRequest
from django.utils import timezone
from ninja import Header

from engross.adapters.legaltext.change_set_json import change_set_from_json
from engross.apps.accounts.queries import who_reads
from engross.apps.reading import queries
from engross.apps.reading.api.change_sets import entry_answer, mark_of
from engross.apps.reading.api.texts import change_set_router
from engross.apps.reading.schemas import ChangeSetEntry, ChangeSetGiven
from engross.apps.registers.api import ApiRefused, Problem
from engross.apps.registers.api.tokens import WRITING, Token, writer_of
from engross.apps.releases.commands import save_change_set
from engross.apps.releases.commands.change_sets import ChangedMeanwhile
from engross.core.legaltext.change_sets import ChangeSet as Said
from engross.core.refusals import Refused

SCOPE = "write:text"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
_MARK = re.compile(r'"(\d{1,9})-[0-9a-f]{16}"')


@change_set_router.put(
    "/{name}",
    response={200: ChangeSetEntry, 201: ChangeSetEntry, 412: Problem, 428: Problem, **WRITING},
    auth=Token(SCOPE),
    summary="Save a change set",
    operation_id="save_change_set",
    openapi_extra={"x-scope": SCOPE},
)
def put_change_set(
    request: HttpRequest,
    name: str,
    given: ChangeSetGiven,
    if_match: str = Header("", alias="If-Match", max_length=80),  # type: ignore[type-arg]
    if_none_match: str = Header("", alias="If-None-Match", max_length=80),  # type: ignore[type-arg]
) -> Any:
    """Save a change set as the next version of what bears its name.

    `If-Match` is the ETag of the version that was changed, `If-None-Match: *` says that the set is
    new. Where somebody else saved it meanwhile the answer is 412, with what they `added` and took
    out (`gone`), and `merged`: what both together give, to be sent as `said` with the new ETag; or
    `conflicts` where you differ.
    """
    seen = _seen(request, name, if_match, if_none_match)
    try:
        said = change_set_from_json(msgspec.json.encode(given.said), name=name)
    except Refused as refused:
        raise ApiRefused("not-understood", str(refused), refused.reasons) from refused
    _save(request, name, said, given, seen)
    return entry_answer(request, name, status=200 if seen else 201)


def _seen(request: HttpRequest, name: str, if_match: str, if_none_match: str) -> int | None:
    """Return the version that the editor saw, None for a new set; raises ApiRefused."""
    if if_none_match.strip() == "*" and not if_match:
        if not _NAME.fullmatch(name):
            detail = "The name of a change set has letters, digits, '.', '_' and '-', 120 at most"
            raise ApiRefused("not-understood", detail)
        return None
    found = _MARK.fullmatch(if_match.strip().removeprefix("W/"))
    if found is None:
        detail = "Send If-Match with the ETag of the version you changed, or If-None-Match: *"
        raise ApiRefused("condition-missing", detail)
    known = {each.name for each in queries.sets_seen(who_reads(request))}
    if name not in known:
        raise ApiRefused("not-found", f"There is no change set {name[:80]!r} to be saved again")
    return int(found[1])


def _save(
    request: HttpRequest, name: str, said: Said, given: ChangeSetGiven, seen: int | None
) -> None:
    try:
        save_change_set(
            name, said, base_version=given.base_version, by=writer_of(request), at=timezone.now(),
            seen=seen, proposal=given.proposal, title=given.title, note=given.note,
        )  # fmt: skip
    except ChangedMeanwhile as changed:
        raise _first(request, changed) from changed


def _first(request: HttpRequest, changed: ChangedMeanwhile) -> ApiRefused:
    """Return the refusal of the second of two, with what the first changed and what to do."""
    sets = queries.sets_seen(who_reads(request))
    mark = next((mark_of(each) for each in sets if each.name == changed.latest.change_set.name), "")
    if not mark:
        # It is of a class that this reader may not see: neither is what it says told.
        return ApiRefused("conflict", "Another change set bears this name: choose another")
    return ApiRefused(
        "changed-meanwhile", str(changed), changed.reasons, etag=mark,
        **{name: msgspec.to_builtins(getattr(changed, name))
           for name in ("added", "gone", "merged", "conflicts")},
    )  # fmt: skip
