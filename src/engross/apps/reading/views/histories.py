"""The history of one clause: who changed this wording, when, and by which proposal."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from engross.adapters.legaltext.redlines import QuotedLines, quoted_text
from engross.apps.accounts.queries import who_reads
from engross.apps.legaltext.queries.history import HistoryEntry
from engross.apps.reading.queries import TextState, layers_as_at, text_state
from engross.apps.reading.queries.clause_causes import Cause
from engross.apps.reading.queries.clause_history import ClauseHistory, ClauseStep, clause_history
from engross.apps.reading.queries.lost import stood_at
from engross.apps.reading.views.changes import located, page_class
from engross.apps.reading.views.missing import nothing_at
from engross.apps.reading.views.paths import safe
from engross.apps.reading.views.shown import about_the_text, day_asked, place_of
from engross.core.legaltext.aligning import align
from engross.core.legaltext.numbers.addresses import address_from_slug, document_slug
from engross.core.legaltext.provisions import Code, Document, Provision
from engross.core.registers.addresses import address_of

HAPPENED = {
    "appeared": "first in the text",
    "reworded": "reworded",
    "renumbered": "renumbered",
    "moved": "moved",
    "taken away": "taken away",
    "came back": "back in the text",
}


def history(request: HttpRequest, slug: str, day: str | None = None) -> HttpResponse:
    """Show each wording and place that a clause has had, the latest first."""
    on = day_asked(request, day)
    state = text_state()
    ident = _ident(slug, on, state) if on else ""
    told = clause_history(ident, who_reads(request)) if ident else None
    if on is None or told is None:
        return nothing_at(request, slug, on)
    address = address_from_slug(slug)
    asked = on if day or request.GET.get("as_at") else None
    context = {
        "title": f"History of {address}",
        "address": address,
        "place": place_of(address.slug, asked),
        "steps": _shown(told, on),
        "corrected": [_corrected(each) for each in told.corrected],
        "page_class": page_class(one for step in told.steps for one in step.because.sets),
        "as_at": asked,
        "on": on,
        **about_the_text(),
    }
    return render(request, "reading/history.html", context)


def _ident(slug: str, on: date, state: TextState) -> str:
    """Return the permanent id of what an address names on a day, else of what it last named."""
    found = located(slug, on, state)
    if found is None:
        found = _once(slug, on, state)
    if found is None:
        return ""
    code, _, node = found
    provision = code.places.provisions[node]
    return (provision.id or "") if provision else ""


def _once(slug: str, on: date, state: TextState) -> Any:
    try:
        address = address_from_slug(slug)
    except ValueError:
        return None
    stood = stood_at(address, on=on, code=layers_as_at(on, state=state)) if address.number else None
    return located(slug, stood.last_on, state) if stood else None


def _shown(told: ClauseHistory, on: date) -> list[dict[str, Any]]:
    """Return the steps as a page shows them, the latest first."""
    steps = [_step(told.steps[0], None, on)]
    steps += [_step(step, before, on) for before, step in pairwise(told.steps)]
    return steps[::-1]


def _step(step: ClauseStep, before: ClauseStep | None, on: date) -> dict[str, Any]:
    holds = step.since <= on and (step.until is None or on < step.until)
    return {
        "since": step.since,
        "until": step.until,
        "address": step.address,
        "happened": ", ".join(HAPPENED[each] for each in step.happened),
        "was": before.address if before and before.address != step.address else None,
        "is_gone": step.is_gone,
        "is_now": holds and not step.is_gone,
        "is_to_come": step.since > on,
        "href": "" if step.is_gone else place_of(step.address.slug, step.since),
        "blocks": _redline(step, before),
        "reason": step.reason,
        "cause": _cause(step.because),
        "compare": _compare(step) if before else "",
    }


def _redline(step: ClauseStep, before: ClauseStep | None) -> str:
    """Return the wording as a redline of the one before; the first wording as it is."""
    if before is None or before.is_gone:
        return safe("".join(quoted_text(_alone(step, step.provision))))
    if "reworded" not in step.happened:
        return ""
    new = _alone(step, step.provision)
    return safe("".join(QuotedLines(align(_alone(step, before.provision), new))))


def _alone(step: ClauseStep, provision: Provision) -> Code:
    return Code((Document(step.address.document, provisions=(provision,)),))


def _cause(cause: Cause) -> dict[str, Any]:
    href = ""
    if cause.is_registered:
        href = reverse("releases:version", args=[address_of(cause.version)])
    return {
        "version": cause.version,
        "href": href,
        "sets": [
            {
                "name": each.name,
                "label": each.label,
                "says": each.says,
                "set_href": reverse("releases:change-set", args=[each.name]),
                "href": reverse("proposals:proposal", args=[each.proposal])
                if each.proposal
                else "",
            }
            for each in cause.sets
        ],
        "proposals": [
            (each, reverse("proposals:proposal", args=[each])) for each in cause.proposals
        ],
    }


def _compare(step: ClauseStep) -> str:
    """Return where the whole document is compared from the day before a step."""
    if step.since <= date.min + timedelta(days=1):
        return ""
    old, new = (step.since - timedelta(days=1)).isoformat(), step.since.isoformat()
    document = document_slug(step.address.document)
    return f"{reverse('reading:compare', args=[old, new])}?document={document}"


def _corrected(entry: HistoryEntry) -> dict[str, Any]:
    return {
        "since": entry.effective_from,
        "text": entry.text or entry.heading or "",
        "recorded_from": entry.recorded_from,
        "closed_at": entry.closed_at,
        "because": entry.closed_because,
    }
