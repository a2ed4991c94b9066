"""A release's implementation document, in each of its formats."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from engross.adapters.code_folder import code_folder
from engross.adapters.papers.charts import PaperTheme
from engross.adapters.papers.html import html_body
from engross.adapters.papers.rendering import render as rendered
from engross.apps.accounts.queries import may_change_registers, who_reads
from engross.apps.registers.queries import active_code
from engross.apps.releases import queries
from engross.apps.releases.models import ReleaseDetails
from engross.apps.releases.queries.documents import composition_told, release_document
from engross.apps.releases.views.composing import release_or_404
from engross.apps.releases.views.shown import href_of_release
from engross.core.registers.addresses import address_of
from engross.core.reports.papers import Paper

TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}


def document(request: HttpRequest, name: str) -> HttpResponse:
    """Show a release's implementation document as a page."""
    row = release_or_404(name)
    made = _paper(request, row)
    address = address_of(row.release.key)
    # Every table with its rows and its method.
    data = reverse("releases:document-file", args=[address, "json"])
    body = html_body(made, {}, figure_url=lambda name: data, chart_url=str)
    context = {
        "title": made.head.title,
        "made": made,
        "release": row.release.label,
        "release_href": href_of_release(row.release.key),
        # The template that made it escapes every word.
        "body": mark_safe(body),  # noqa: S308
        "files": {form: reverse("releases:document-file", args=[address, form]) for form in TYPES},
        "page_class": made.head.paper_class.key,
    }
    return render(request, "releases/document.html", context)


def document_file(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Send a release's implementation document in one of its formats."""
    code = active_code()
    content = rendered(
        _paper(request, release_or_404(name)), [form], theme=PaperTheme.of_code(code.theme),
        word_template=code_folder(code.key) / "papers" / "word-template.docx",
    )[form]  # fmt: skip
    answer = HttpResponse(content, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="release-implementation.{form}"'
    return answer


def _paper(request: HttpRequest, row: ReleaseDetails) -> Paper:
    """Return the document for who asks; staff see it before it is published. Raises Http404."""
    is_staff = may_change_registers(request.user)
    made = composition_told(row.release.key, only_published=not is_staff)
    reader = who_reads(request)
    if made is None or not all(
        queries.may_read_change_set(reader, each) for each in queries.classes_of(made)
    ):
        raise Http404("This release has no document yet")
    return release_document(row, on=timezone.localdate(), names_persons=is_staff)
