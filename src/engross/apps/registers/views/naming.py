"""Naming the persons whom what is Red reaches, entry by entry."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from engross.apps.accounts.views import person_of, staff_only
from engross.apps.files.commands import keep_named
from engross.apps.files.queries import persons_named
from engross.apps.registers.forms import NamedPersonsForm
from engross.apps.registers.views.entries import entry_or_404


@staff_only
def name_persons(request: HttpRequest, name: str, entry: uuid.UUID) -> HttpResponse:
    """Say who is named for an entry: all of them, one a line; who is left out is named no more."""
    about = entry_or_404(request, name, entry)
    before = [person.email for person in persons_named(name, entry)]
    form = NamedPersonsForm(request.POST or None, initial={"persons": "\n".join(before)})
    if request.method == "POST" and form.is_valid():
        keep_named(
            register=name, entry=entry, persons=form.cleaned_data["persons"],
            by=person_of(request), at=timezone.now(),
        )  # fmt: skip
        messages.success(request, "Kept. Who is named reads this entry and its files from now on.")
        return redirect("registers:entry", name=name, entry=entry)
    lead = f"{about.versions[0]}. Whatever its class, the persons named read it and its files."
    return about.page(request, form, title="Who is named", lead=lead, submit="Keep these")
