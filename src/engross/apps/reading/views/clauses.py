"""One clause with what stands under it: its page, and what is seen of it from elsewhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode

from engross.adapters.legaltext.redlines.linked import html_of
from engross.apps.accounts.queries import may_change_registers
from engross.apps.reading.queries import (
    applications_for,
    categories_on,
    lifted_for,
    references_from,
    references_to,
)
from engross.apps.reading.views.applying import by_whom, why_words
from engross.apps.reading.views.gutter import gutter_marks
from engross.apps.reading.views.linking import elsewhere, source_name
from engross.apps.reading.views.missing import nothing_at
from engross.apps.reading.views.paths import safe
from engross.apps.reading.views.proposed import proposed
from engross.apps.reading.views.shown import about_the_text, place_of
from engross.apps.reading.views.surroundings import document_versions, files_of
from engross.apps.reading.views.visits import Visit
from engross.core.legaltext.numbers.addresses import document_slug
from engross.core.legaltext.references import Link, Status

PANEL = "reader-panel"  # where a page opens a clause or a term in place
MOST_REFERENCES = 200
MOST_TERMS = 60


def clause(visit: Visit) -> HttpResponse:
    """Show a clause on a page of its own, or in place on the page that asks for it."""
    code = visit.code
    node = code.node_at(visit.address)
    if node is None:
        return nothing_at(visit.request, visit.address.slug, visit.on, asked=visit.asked)
    if is_in_place(visit.request):
        context = _looked_at(visit, node, is_quoted=True)
        return in_place(visit.request, "reading/clause_in_place.html", context)
    versions = document_versions(visit.page.name, state=visit.state, on=visit.on)
    context = {
        **_looked_at(visit, node),
        "document": visit.page,
        "visit": visit,
        "key": code.places.keys[node],
        "steps": _steps(visit, node),
        "applies": _applies(visit, node),
        "decide_href": _decide_href(visit, node),
        "referring": _referring(visit),
        "referred": _referred(visit),
        "terms": _terms(visit, node),
        "version": versions.shown,
        "versions": versions.rows,
        "href": place_of(document_slug(visit.page.name), visit.asked),
        "as_at": visit.asked,
        "on": visit.on,
        "until": visit.until,
        "files": files_of(document_slug(visit.page.name), visit.on),
        **about_the_text(),
        **_beside(visit, node),
        **proposed(visit, versions.rows, node),
    }
    return render(visit.request, "reading/clause.html", context)


def is_in_place(request: HttpRequest) -> bool:
    """Say whether a page asks for something to show within itself."""
    return request.headers.get("HX-Target") == PANEL


def in_place(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with a part of a page, for a page that shows it within itself."""
    answer = render(request, template, context)
    patch_vary_headers(answer, ["HX-Target"])
    return answer


def _looked_at(visit: Visit, node: int, *, is_quoted: bool = False) -> dict[str, Any]:
    nodes = range(node, visit.code.places.end_of(node))
    blocks = elsewhere(visit.code, nodes, with_referrers=not is_quoted)
    gutter = {} if is_quoted else gutter_marks(visit)
    written = "".join(
        html_of(
            block,
            shift=blocks[0].depth - 1,
            before=gutter.get(block.key, ""),
            is_quoted=is_quoted,
        )
        for block in blocks
    )
    return {
        "title": str(visit.address),
        "heading": visit.code.heading_of(node),
        "text": safe(visit.shown(written)),
        "language": visit.page.language,
        "page": visit.shown(visit.paths.page(node)),
        "place": visit.shown(visit.paths.place(node)),
    }


def _steps(visit: Visit, node: int) -> list[dict[str, str]]:
    """Return the clauses that a clause stands under, the outermost first."""
    places, steps = visit.code.places, []
    above = places.parents[node]
    while places.provisions[above] is not None:
        if places.number(above):
            name = f"{places.number(above)} {visit.code.heading_of(above)}".strip()
            steps.append({"label": name, "href": visit.shown(visit.paths.page(above))})
        above = places.parents[above]
    return steps[::-1]


def _beside(visit: Visit, node: int) -> dict[str, Any]:
    """Return the numbered clauses just before and after a clause, on its own level."""
    places = visit.code.places
    beside = [each for each in places.children[places.parents[node]] if places.number(each)]
    at = beside.index(node)
    found: dict[str, Any] = {}
    for name, near in (("before", beside[at - 1 : at]), ("after", beside[at + 1 : at + 2])):
        found[name] = _named(visit, near[0]) if near else None
    return found


def _named(visit: Visit, node: int) -> dict[str, str]:
    name = str(visit.code.address_of(node))
    return {
        "name": name,
        "heading": visit.code.heading_of(node),
        "href": visit.shown(visit.paths.page(node)),
    }


def _applies(visit: Visit, node: int) -> list[dict[str, Any]]:
    """Return whom a clause applies to, in which sense, and by which words."""
    code = visit.code
    found: list[dict[str, Any]] = []
    for key, name in categories_on(visit.on).items():
        application = applications_for(code, visit.page.name, key, visit.decided).get(node)
        lifted = lifted_for(code, visit.page.name, key, visit.decided).get(node)
        href = f"{place_of(document_slug(visit.page.name), visit.asked)}?for={key}"
        if lifted is not None:
            words = by_whom(lifted)
            found.append(
                {"category": name, "sense": "does not apply", "words": words, "href": href}
            )
        if application is None:
            continue
        source = application.evidence.node if application.evidence else node
        inherited = _named(visit, source) if application.inherited and source != node else None
        found.append(
            {
                "category": name,
                "sense": application.sense.value,
                "words": why_words(code, application),
                "is_quoted": application.evidence is not None,
                "inherited": inherited,
                "href": href,
            }
        )
    return found


def _decide_href(visit: Visit, node: int) -> str:
    """Return where staff say whom a clause applies to; '' for others and without an id."""
    provision = visit.code.places.provisions[node]
    if provision is None or not provision.id or not may_change_registers(visit.request.user):
        return ""
    asked = {"provision": provision.id, "decided_on": timezone.localdate().isoformat()}
    return f"{reverse('registers:record', args=['applicability-decisions'])}?{urlencode(asked)}"


def _referring(visit: Visit) -> list[dict[str, Any]]:
    """Return what refers to a clause or to what stands under it."""
    links = references_to(visit.code, visit.address)
    return [_reference(visit, link, link.node, link.node) for link in links[:MOST_REFERENCES]]


def _referred(visit: Visit) -> list[dict[str, Any]]:
    """Return what a clause refers to, each once; what is not found too."""
    found: dict[Any, dict[str, Any]] = {}
    for link in references_from(visit.code, visit.address):
        if link.status is Status.EXTERNAL:
            continue
        target = link.targets[0] if link.targets else None
        named = target if target is not None else (link.reference.document, link.reference.number)
        found.setdefault(named, _reference(visit, link, link.node, target))
    return list(found.values())[:MOST_REFERENCES]


def _reference(visit: Visit, link: Link, source: int, shown: int | None) -> dict[str, Any]:
    text = visit.code.places.provision(source).text
    said = text[link.reference.start : link.reference.end]
    if shown is None:
        return {"name": said, "href": "", "said": said, "status": link.status.value}
    return {
        "name": source_name(visit.code, shown),
        "heading": visit.code.heading_of(shown),
        "href": visit.shown(visit.paths.place(shown)),
        "said": said,
        "status": "" if link.status is Status.RESOLVED else link.status.value,
    }


def _terms(visit: Visit, node: int) -> list[dict[str, str]]:
    """Return the defined terms that a clause uses, from A to Z."""
    layers = visit.code.layers
    nodes = range(node, visit.code.places.end_of(node))
    entries = {
        layers.entry_of[use.definition]
        for each in nodes
        if layers.places.provision(each).text
        for use in layers.uses_in(each)
    }
    ordered = sorted(entries, key=lambda entry: entry.term.casefold())[:MOST_TERMS]
    return [{"term": entry.term, "href": visit.shown(visit.paths.term(entry))} for entry in ordered]
