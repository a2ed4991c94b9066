"""Naming the persons whom what is Red reaches, entry by entry."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.queries import who_reads
from engross.apps.accounts.views import staff_only
from engross.apps.files.commands import keep_named
from engross.apps.files.queries import persons_named
from engross.apps.registers import queries
from engross.apps.registers.forms import NamedPersonsForm
from engross.apps.registers.views.guarding import register_or_404


@staff_only
def name_persons(request: HttpRequest, name: str, entry: uuid.UUID) -> HttpResponse:
    """Say who is named for an entry: all of them, one a line; who is left out is named no more."""
    register = register_or_404(name)
    versions = queries.readable_versions(register, entry, reader=who_reads(request))
    if not versions:
        raise Http404("There is no such entry")
    before = [person.email for person in persons_named(name, entry)]
    form = NamedPersonsForm(request.POST or None, initial={"persons": "\n".join(before)})
    if request.method == "POST" and form.is_valid():
        keep_named(
            register=name, entry=entry, persons=form.cleaned_data["persons"],
            by=_staff(request), at=timezone.now(),
        )  # fmt: skip
        messages.success(request, "Kept. Who is named reads this entry and its files from now on.")
        return redirect("registers:entry", name=name, entry=entry)
    context = {
        "title": "Who is named",
        "lead": f"{versions[0]}. Whatever its class, the persons named read it and its files.",
        "form": form,
        "page_class": queries.strictest_class(register, versions),
        "submit": "Keep these",
        "cancel_url": reverse("registers:entry", args=[name, entry]),
    }
    return render(request, "design/form.html", context, status=422 if form.errors else 200)


def _staff(request: HttpRequest) -> Any:
    return request.user
