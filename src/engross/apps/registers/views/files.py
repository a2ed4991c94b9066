"""Adding a file to an entry."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from engross.apps.accounts.views import person_of, staff_only
from engross.apps.registers import commands
from engross.apps.registers.forms import StoredFileForm
from engross.apps.registers.views.entries import entry_or_404
from engross.core.refusals import Refused


@staff_only
def add_file(request: HttpRequest, name: str, entry: uuid.UUID) -> HttpResponse:
    """Keep a file with an entry, under a class of its own, once its content is looked at."""
    about = entry_or_404(request, name, entry)
    latest = about.versions[0]
    form = StoredFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            stored = commands.store_entry_file(
                about.register, latest, given, name=given.name, declared_type=given.content_type,
                paper_class=form.cleaned_data["paper_class"], by=person_of(request),
                at=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error("file", [str(reason) for reason in refused.reasons])
        else:
            messages.success(request, f"{stored.name} is kept.")
            return redirect("registers:entry", name=name, entry=entry)
    return about.page(request, form, title="Add a file", lead=str(latest), submit="Keep it")
