"""The pages on which a person names, renames and deletes filters of the list."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.views import person_of
from engross.apps.people.views.guarding import signed_in
from engross.apps.proposals import queries
from engross.apps.proposals.commands import filters as commands
from engross.apps.proposals.forms import ProposalFilterForm, SaveFilterForm, plain_query
from engross.apps.proposals.models import SavedFilter
from engross.core.refusals import Refused
from engross.design.parts import Column

COLUMNS = (
    Column("name", "Filter", "title", link="href"),
    Column("asks", "What it asks"),
    Column("start", "Begins with it"),
    Column("change", "Change", link="change_href"),
)


@signed_in
def filters(request: HttpRequest) -> HttpResponse:
    """Show a person's own filters, to use, rename and delete."""
    place = reverse("proposals:list")
    context = {
        "title": "Your filters",
        "lead": "What you ask of the list, each under a name. Only you see the names; "
        "the address of a filtered list works for everybody.",
        "columns": COLUMNS,
        "rows": [
            {
                "name": each.name, "href": f"{place}?{each.query}", "asks": words_of(each.query),
                "start": each.is_default, "change": "Rename or delete",
                "change_href": reverse("proposals:change-filter", args=[each.pk]),
            }
            for each in queries.saved_filters(person_of(request))
        ],
    }  # fmt: skip
    return render(request, "proposals/filters.html", context)


def words_of(query: str) -> str:
    """Return what a query asks, as a person says it: each field with what was chosen."""
    form = ProposalFilterForm(QueryDict(query), shows_analysts=True)
    told = []
    for name, field in form.fields.items():
        value = form.data.get(name, "")
        if not value:
            continue
        choices = dict(getattr(field, "choices", ()))
        is_flag = value == "on"
        told.append(str(field.label) if is_flag else f"{field.label}: {choices.get(value, value)}")
    return "; ".join(told) or "Everything, in another order"


@signed_in
def save_filter(request: HttpRequest) -> HttpResponse:
    """Give what the address asks of the list a name."""
    query = plain_query(request.GET)
    back = reverse("proposals:list") + (f"?{query}" if query else "")
    form = SaveFilterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.save_filter(
                person_of(request), query=query, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, [str(each) for each in refused.reasons])
        else:
            messages.success(request, f"Kept as {form.cleaned_data['name']}.")
            return redirect(back)
    asks = words_of(query) if query else "Nothing yet: filter the list first"
    return _form(request, form, title="Name this filter", asks=asks, cancel_url=back)


def _own_or_404(request: HttpRequest, number: int) -> SavedFilter:
    saved = queries.saved_filter(person_of(request), number)
    if saved is None:
        raise Http404("You have no such filter")
    return saved


@signed_in
def change_filter(request: HttpRequest, number: int) -> HttpResponse:
    """Rename a filter, or let the list begin with it."""
    saved = _own_or_404(request, number)
    start = {"name": saved.name, "is_default": saved.is_default}
    form = SaveFilterForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            commands.change_filter(saved, **form.cleaned_data)
        except Refused as refused:
            form.add_error("name", [str(each) for each in refused.reasons])
        else:
            messages.success(request, "Changed.")
            return redirect("proposals:filters")
    return _form(request, form, title=saved.name, asks=words_of(saved.query), saved=saved,
                 cancel_url=reverse("proposals:filters"))  # fmt: skip


@signed_in
def delete_filter(request: HttpRequest, number: int) -> HttpResponse:
    """Delete a filter: say what goes, then do it."""
    saved = _own_or_404(request, number)
    if request.method == "POST":
        commands.delete_filter(saved)
        messages.success(request, f"{saved.name} is deleted.")
        return redirect("proposals:filters")
    context = {
        "title": f"Delete {saved.name}", "action": "Delete it", "danger": True,
        "will": ["The name goes. No proposal changes, and the list can be asked the same again."],
        "cancel_url": reverse("proposals:filters"),
    }  # fmt: skip
    return render(request, "design/confirm.html", context)


def _form(request: HttpRequest, form: SaveFilterForm, **context: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "proposals/filter.html", {**context, "form": form}, status=status)
