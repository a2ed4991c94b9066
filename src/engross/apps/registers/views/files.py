"""Adding a file to an entry."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.queries import who_reads
from engross.apps.accounts.views import staff_only
from engross.apps.registers import commands, queries
from engross.apps.registers.forms import StoredFileForm
from engross.apps.registers.views.guarding import register_or_404
from engross.core.refusals import Refused


@staff_only
def add_file(request: HttpRequest, name: str, entry: uuid.UUID) -> HttpResponse:
    """Keep a file with an entry, under a class of its own, once its content is looked at."""
    register = register_or_404(name)
    versions = queries.readable_versions(register, entry, reader=who_reads(request))
    if not versions:
        raise Http404("There is no such entry")
    form = StoredFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            stored = commands.store_entry_file(
                register, versions[0], given, name=given.name, declared_type=given.content_type,
                paper_class=form.cleaned_data["paper_class"], by=_staff(request),
                at=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error("file", [str(reason) for reason in refused.reasons])
        else:
            messages.success(request, f"{stored.name} is kept.")
            return redirect("registers:entry", name=name, entry=entry)
    context = {
        "title": "Add a file",
        "lead": str(versions[0]),
        "form": form,
        "page_class": queries.strictest_class(register, versions),
        "submit": "Keep it",
        "cancel_url": reverse("registers:entry", args=[name, entry]),
    }
    return render(request, "design/form.html", context, status=422 if form.errors else 200)


def _staff(request: HttpRequest) -> Any:
    return request.user
