"""The legal text of a proposal: which clauses it would change, and how."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html_join

from engross.apps.accounts.queries import who_reads
from engross.apps.proposals.queries import proposal_called
from engross.apps.reading.queries import text_state
from engross.apps.reading.queries.open_changes import open_changes
from engross.apps.reading.queries.proposal_texts import (
    ClauseTouched,
    ProposalText,
    proposal_texts,
)
from engross.apps.reading.views.changes import page_class, shown_set
from engross.apps.reading.views.paths import with_query
from engross.apps.reading.views.shown import about_the_text, place_of
from engross.design.parts import Column

CLAUSES = (
    Column("clause", "Clause", "title", link="href"),
    Column("does", "What would happen to it"),
    Column("others", "Also changed by"),
)


def proposal_text(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show the change sets of a proposal, clause by clause, on a page or in place."""
    proposal = proposal_called(identifier)
    if proposal is None:
        raise Http404
    if identifier != proposal.label:
        return redirect("reading:proposal-text", proposal.label)
    state, reader = text_state(), who_reads(request)
    changes = open_changes(reader, state=state)
    texts = proposal_texts(proposal, changes, reader, state=state)
    context = {
        "title": f"Legal text of {proposal}",
        "proposal": proposal,
        "href": reverse("proposals:proposal", args=[proposal.label]),
        "texts": [_text(each) for each in texts],
        "columns": CLAUSES,
        "page_class": page_class(each.change_set for each in texts),
        **about_the_text(),
    }
    in_place = bool(request.headers.get("HX-Request"))
    name = "reading/parts/proposal_text.html" if in_place else "reading/proposal_text.html"
    answer = render(request, name, context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _text(text: ProposalText) -> dict[str, Any]:
    each, query = text.change_set, with_query([text.change_set])
    reasons = text.on_newest.reasons if text.on_newest else ()
    return {
        **shown_set(each),
        "published_in": each.published_in,
        "is_open": each.is_open,
        "clauses": [_clause(one, query) for one in text.clauses],
        "reasons": [str(reason) for reason in reasons],
    }


def _clause(clause: ClauseTouched, query: str) -> dict[str, Any]:
    others = ((reverse("releases:change-set", args=[one.name]), one.label) for one in clause.others)
    return {
        "clause": clause.shown,
        "href": f"{place_of(clause.address.slug, None)}?{query}",
        "does": ", ".join(clause.does),
        "others": format_html_join(", ", '<a href="{}">{}</a>', others),
    }
