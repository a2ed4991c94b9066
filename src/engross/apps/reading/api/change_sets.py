"""Change sets: what proposals would do to the text, operation by operation; and saving one."""

import hashlib
from typing import Any, Literal

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Field, Query, Schema

from engross.apps.accounts.queries import who_reads
from engross.apps.reading import queries
from engross.apps.reading.api.texts import change_set_router
from engross.apps.reading.queries import SetSeen
from engross.apps.reading.schemas import ChangeSetEntry, ChangeSetPage
from engross.apps.registers.api import PROBLEMS, Turned, json_answer, turn_to
from engross.apps.releases.queries import saved_versions


class ChangeSetsAsked(Turned):
    """Which change sets are asked for."""

    proposal: str = Field("", max_length=120, description="Only those of this proposal, as MP078")
    standing: Literal["", "open", "published"] = Field(
        "", description="Only those that can still come into the text, or that a version took in"
    )


@change_set_router.get(
    "",
    response={200: ChangeSetPage, **PROBLEMS},
    summary="Change sets",
    operation_id="list_change_sets",
)
def list_change_sets(request: HttpRequest, asked: Query[ChangeSetsAsked]) -> Any:
    """The change sets that the reader may see, by name, each by its last version."""
    turn = turn_to(request, asked)
    found = [each for each in queries.sets_seen(who_reads(request)) if _is_meant(each, asked)]
    page = turn.page(found, lambda each: each.name)
    return page.answer([_item(each) for each in page.rows])


def _is_meant(each: SetSeen, asked: ChangeSetsAsked) -> bool:
    if asked.proposal and asked.proposal.casefold() != each.proposal.casefold():
        return False
    if asked.standing == "open":
        return each.is_open
    return not asked.standing or bool(each.published_in)


def _item(each: SetSeen) -> dict[str, Any]:
    return {
        "change_set": each.name, "url": reverse("releases:change-set", args=[each.name]),
        "title": each.says or None, "proposal": each.proposal or None,
        "stage": each.stage or None, "is_open": each.is_open,
        "published_in": each.published_in or None, "base_version": each.base_version,
        "version": each.number,
    }  # fmt: skip


class ChangeSetAsked(Schema):
    """Which version of a change set is asked for."""

    version: int | None = Field(None, ge=1, le=1_000_000, description="The last one without")


@change_set_router.get(
    "/{name}",
    response={200: ChangeSetEntry, **PROBLEMS},
    summary="One change set with its operations",
    operation_id="get_change_set",
)
def get_change_set(request: HttpRequest, name: str, asked: Query[ChangeSetAsked]) -> Any:
    """A change set in canonical JSON; its ETag is what If-Match takes when it is saved."""
    return entry_answer(request, name, asked.version)


def entry_answer(
    request: HttpRequest, name: str, version: int | None = None, *, status: int = 200
) -> HttpResponse:
    """Return a change set as an answer, marked with its version; raises Http404."""
    seen = {each.name: each for each in queries.sets_seen(who_reads(request))}.get(name)
    versions = saved_versions(name) if seen else []
    shown = next((each for each in versions if version in {None, each.number}), None)
    if seen is None or shown is None:
        raise Http404("There is no such change set, or not that version of it")
    answer = json_answer({
        **_item(seen),
        "versions": [{"version": each.number, "saved_at": each.made_at, "note": each.note or None,
                      "hash": each.hash} for each in versions],
        "shown": shown.number, "said": msgspec.Raw(shown.payload.encode()),
    }, status=status)  # fmt: skip
    if shown.number == seen.number:
        answer["ETag"] = mark_of(seen)
    return answer


def mark_of(seen: SetSeen) -> str:
    """Return the mark of a change set as it stands; it begins with the number of its version."""
    told = hashlib.sha256(repr(seen).encode()).hexdigest()[:16]
    return f'"{seen.number}-{told}"'
