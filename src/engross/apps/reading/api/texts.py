"""Which text is asked for, and where in it something stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Router, Schema

from engross.apps.accounts.queries import who_reads
from engross.apps.legaltext.queries import code_as_at
from engross.apps.reading import queries
from engross.apps.reading.queries import CodeLayers, TextWith
from engross.apps.reading.queries.lost import nearest_addresses, stood_at
from engross.apps.registers.api import ApiRefused, AsAt, Turned, aware
from engross.core.legaltext.numbers.addresses import Address, address_from_slug, document_slug
from engross.core.legaltext.places import Places
from engross.core.refusals import Reason, Refused
from engross.core.registers.addresses import nearest_keys

code_router = Router(tags=["The code"])
change_set_router = Router(tags=["Change sets"])


class DayAsked(Schema):
    """As at which day."""

    as_at: date | None = Field(None, description="As the text reads on this day; today without")


class Layer(DayAsked, Turned):
    """What a list can be asked that is derived from the text."""


class TextAsked(AsAt):
    """Which text is asked for."""

    switched_on: str = Field(
        "", alias="with", max_length=2000,
        description="Open proposals or change sets to switch on, as MP078,MP141; not with known_at",
    )  # fmt: skip


class TextPaged(TextAsked, Turned):
    """What a list of parts of the text can be asked."""


@dataclass(frozen=True)
class TextSeen:
    """A whole text as it was asked for; `merged` where change sets are switched on."""

    on: date
    known_at: datetime | None
    places: Places
    merged: TextWith | None = None

    @property
    def switched_on(self) -> dict[str, Any] | None:
        """What is switched on, as JSON; None where nothing is."""
        return switched_on(self.merged) if self.merged else None

    def place(self, node: int) -> dict[str, Any]:
        """Return where something stands, as JSON."""
        return place_of(self.places, node, self.on)

    def root(self, document: str) -> int:
        """Return the node of a document by its name or slug; raises ApiRefused."""
        for root in self.places.roots:
            name = self.places.documents[root].document
            if document in {name, document_slug(name)}:
                return root
        raise no_document(document, (one.document for one in self.places.code.documents), self.on)


def text_asked(request: HttpRequest, asked: TextAsked) -> TextSeen:
    """Return the whole text that was asked for; raises ApiRefused where there is none."""
    on, known_at = asked.as_at or timezone.localdate(), aware(asked.known_at)
    if asked.switched_on:
        merged = text_switched(request, asked.switched_on, on=on, known_at=known_at)
        return TextSeen(on, None, merged.aligned.new, merged)
    if known_at is not None:
        code = code_as_at(on=on, known_at=known_at)
        if not code.documents:
            raise no_text(on)
        return TextSeen(on, known_at, Places(code))
    standing = queries.standing_text(on)
    if standing is None:
        raise no_text(on)
    return TextSeen(on, None, standing.places)


def text_switched(
    request: HttpRequest, names: str, *, on: date, known_at: datetime | None
) -> TextWith:
    """Return the text of a day with change sets switched on; raises ApiRefused."""
    if known_at is not None:
        reason = Reason("`with` is told of what is known now", "Leave known_at out")
        raise ApiRefused("not-understood", str(reason), [reason])
    try:
        return queries.text_with(on, queries.names_asked(names), who_reads(request))
    except Refused as refused:
        raise ApiRefused("not-understood", str(refused), refused.reasons) from refused


def layers_asked(asked: DayAsked) -> tuple[date, CodeLayers]:
    """Return the day asked for, and all that is derived from its text; raises ApiRefused."""
    on = asked.as_at or timezone.localdate()
    found = queries.layers_as_at(on)
    if found is None:
        raise no_text(on)
    return on, found


def place_of(places: Places, node: int, on: date) -> dict[str, Any]:
    """Return where something stands, as JSON: what names it, and its page as at a day."""
    slug = _page(places, node).slug
    return {
        "key": places.keys[node], "address": places.shown(node), "slug": slug,
        "url": url_of(slug, on),
    }  # fmt: skip


def _page(places: Places, node: int) -> Address:
    """Return the nearest address that a page can have: its own number, else that above it."""
    document = places.documents[node].document
    while (part := places.provisions[node]) is not None and not part.number:
        node = places.parents[node]
    return Address(document, part.number if part is not None else "")


def url_of(slug: str, on: date) -> str:
    """Return the page of a document or clause, as at a day."""
    return reverse("reading:document", kwargs={"slug": slug, "day": on.isoformat()})


def switched_on(merged: TextWith) -> dict[str, Any]:
    """Return the change sets that are switched on, and what of them is not in the text."""
    return {
        "change_sets": [each.name for each in merged.sets],
        "conflicts": [
            {"id": each.id, "kind": each.kind, "key": each.key, "address": each.address,
             "base": each.base,
             "sides": [{"change_sets": side.change_sets, "text": side.text or None}
                       for side in each.sides]}
            for each in merged.conflicts
        ],
        "left_out": [
            {"change_set": each.change_set.name, "reasons": [str(one) for one in each.reasons]}
            for each in merged.left_out
        ],
    }  # fmt: skip


def no_text(on: date) -> ApiRefused:
    """Return the refusal where no text is stored for a day, with the first day there is one."""
    what = f"There is no text on {on.isoformat()}"
    days = queries.text_state().days
    remedy = f"Ask for {days[0].isoformat()} or later" if days else "No text is stored yet"
    return ApiRefused("not-found", f"{what}. {remedy}.", [Reason(what, remedy)])


def no_document(name: str, known: Iterable[str], on: date) -> ApiRefused:
    """Return the refusal where no document bears a name on a day, with the nearest that do."""
    slugs = [document_slug(each) for each in known]
    near = nearest_keys(name, slugs) or slugs[:3]
    reason = Reason(f"There is no document {name[:80]!r} on {on.isoformat()}",
                    f"Nearest are {', '.join(near)}")  # fmt: skip
    return ApiRefused("not-found", str(reason), [reason], **_once(name, on))


def nothing_at(address: Address, on: date) -> ApiRefused:
    """Return the refusal where nothing stands at an address on a day.

    It says what stands near, and when something stood there.
    """
    code = queries.layers_as_at(on)
    near = nearest_addresses(code, address.slug, address) if code else []
    what = f"There is no {str(address)[:80]} on {on.isoformat()}"
    remedy = f"Nearest are {', '.join(map(str, near))}" if near else "Look in the contents"
    told = _once(address.slug, on)
    nearest = [{"address": str(each), "slug": each.slug} for each in near]
    return ApiRefused("not-found", f"{what}. {remedy}.", [Reason(what, remedy)],
                      nearest=nearest, **told)  # fmt: skip


def _once(slug: str, on: date) -> dict[str, Any]:
    """Return until when something stood at an address, and where that stands now."""
    try:
        address = address_from_slug(slug)
    except ValueError:
        return {}
    stood = stood_at(address, on=on, code=queries.layers_as_at(on))
    if stood is None:
        return {}
    told: dict[str, Any] = {"existed_until": stood.until.isoformat() if stood.until else None,
                            "last_on": stood.last_on.isoformat()}  # fmt: skip
    return {**told, "now_at": str(stood.now_at)} if stood.now_at else told
