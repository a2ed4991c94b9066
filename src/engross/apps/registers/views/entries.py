"""An entry that an address names, for who may read it, and the page of a small form about it."""

import uuid
from dataclasses import dataclass

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from engross.apps.accounts.queries import who_reads
from engross.apps.registers import queries
from engross.apps.registers.models import RecordedRow
from engross.apps.registers.registers import Register
from engross.apps.registers.views.guarding import register_or_404


@dataclass(frozen=True)
class OfEntry:
    """An entry that somebody may read: its register, and its versions, newest first."""

    register: Register
    entry: uuid.UUID
    versions: list[RecordedRow]

    def page(
        self, request: HttpRequest, form: Form, *, title: str, lead: str, submit: str
    ) -> HttpResponse:
        """Show a form about the entry under the strictest class of its versions."""
        context = {
            "title": title,
            "lead": lead,
            "form": form,
            "page_class": queries.strictest_class(self.register, self.versions),
            "submit": submit,
            "cancel_url": reverse("registers:entry", args=[self.register.name, self.entry]),
        }
        return render(request, "design/form.html", context, status=422 if form.errors else 200)


def entry_or_404(request: HttpRequest, name: str, entry: uuid.UUID) -> OfEntry:
    """Return an entry that the reader may see; raises Http404 if there is none."""
    register = register_or_404(name)
    versions = queries.readable_versions(register, entry, reader=who_reads(request))
    if not versions:
        raise Http404("There is no such entry")
    return OfEntry(register, entry, versions)
