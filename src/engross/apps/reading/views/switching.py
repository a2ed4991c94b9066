"""The text as it would read: which proposals are switched on, the panel to choose, conflicts."""

from datetime import date
from html import escape
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from engross.adapters.legaltext.redlines.words import segments
from engross.apps.accounts.queries import who_reads
from engross.apps.reading.queries import TextWith, names_asked, text_with
from engross.apps.reading.queries.keeping import Kept
from engross.apps.reading.queries.open_sets import SetSeen
from engross.apps.reading.views.changes import MOST_KEPT, shown_set
from engross.apps.reading.views.paths import safe, with_query
from engross.apps.reading.views.shown import no_text
from engross.apps.reading.views.visits import Visit
from engross.apps.registers.queries import active_code
from engross.core.legaltext.merging import Conflict, Side
from engross.core.legaltext.numbers.addresses import document_slug
from engross.core.refusals import Refused

MOST_SHOWN = 40


def with_asked(request: HttpRequest) -> str:
    """Return what `with=` of a request gives, however often it is there."""
    return ",".join(request.GET.getlist("with"))


def chosen_text(request: HttpRequest, on: date) -> TextWith | None:
    """Return the text with what a request switches on; None where it switches nothing on.

    Raises Refused for names that mean nothing that is open to the reader.
    """
    names = names_asked(with_asked(request))
    return text_with(on, names, who_reads(request)) if names else None


def cannot_be_on(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Say why names cannot be switched on, with the nearest that can."""
    first, *others = refused.reasons
    more = "".join(f" {each}" for each in others)
    remedy = f"{first.remedy}.{more}".rstrip(".")
    title = "As it would read"
    return no_text(request, title=title, why=f"{first.what}.", remedy=remedy)


def switching(visit: Visit) -> dict[str, Any]:
    """Return what the panel of open proposals shows on the page of a document or clause."""
    changes = visit.changes
    chosen = {each.name for each in visit.chosen.sets} if visit.chosen else set()
    keys = visit.page.keys & changes.marks.keys()
    own = {mark.change_set.name for key in keys for mark in changes.marks[key]}
    boxes = [(each.name in own, switch_of(each, is_on=each.name in chosen))
             for each in changes.sets]  # fmt: skip
    return {
        "switching": {
            "here": [box for is_here, box in boxes if is_here],
            "elsewhere": [box for is_here, box in boxes if not is_here],
            "as_at": visit.asked,
            "on": _switched(visit, visit.chosen) if visit.chosen else None,
        }
    }


def switch_of(each: SetSeen, *, is_on: bool) -> SafeString:
    """Return the box of a form that switches a change set on: made once for what it shows."""
    name = (active_code().key, each, is_on)
    return _boxes.made(name, lambda: _box(each, is_on=is_on))


_boxes: Kept[tuple[str, SetSeen, bool], SafeString] = Kept(2 * MOST_KEPT)


def _box(each: SetSeen, *, is_on: bool) -> SafeString:
    context = {"each": {**shown_set(each), "is_on": is_on}}
    return render_to_string("reading/parts/switch.html", context)


def _switched(visit: Visit, chosen: TextWith) -> dict[str, Any]:
    day = visit.on.isoformat()
    compare = reverse("reading:compare", args=[day, day])
    document = document_slug(visit.page.name)
    here = {block.key for block in visit.page.blocks}
    elsewhere = [each for each in chosen.conflicts if each.key not in here]
    return {
        "sets": [shown_set(each) for each in chosen.sets],
        "conflicts": len(chosen.conflicts),
        "elsewhere": [
            {"address": each.address, "html": safe(conflict_html(each))}
            for each in elsewhere[:MOST_SHOWN]
        ],
        "left_out": [
            (each.change_set.label, [str(reason) for reason in each.reasons])
            for each in chosen.left_out
        ],
        "notes": [f"{note.address}: {note.says}" for note in chosen.notes[:MOST_SHOWN]],
        "redline": f"{compare}?document={document}&{with_query(chosen.sets)}",
        "without": visit.request.path,
    }


def conflict_html(conflict: Conflict) -> str:
    """Return a conflict with all its sides, as it stands at its clause."""
    if conflict.kind == "base":
        head = "This change does not fit the text as it now is; the text stands."
    else:
        head = "These changes cannot stand together; the text stands as it is until one is chosen."
    sides = "".join(f"<li>{_side(each)}</li>" for each in conflict.sides)
    return (
        f'<div class="conflict" role="note"><p><strong>Conflict at {escape(conflict.address)}.'
        f"</strong> {head}</p><ul>{sides}</ul></div>"
    )


def _side(side: Side) -> str:
    names = escape(" and ".join(side.change_sets))
    told = "".join(
        f" {escape(act.does)} at {escape(act.address)}."
        + (f" <q>{segments(act.tokens)}</q>" if act.tokens else "")
        for act in side.acts
    )
    return f"<strong>{names}</strong>:{told}"
