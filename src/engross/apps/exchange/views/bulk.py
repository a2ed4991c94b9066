"""Bulk files: the page that lists them, their manifest, and the files."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.html import format_html
from django.utils.http import http_date
from django.utils.safestring import SafeString, mark_safe

from engross.adapters.bulk_files import CONTENT_TYPES, parquet_type
from engross.apps.exchange import queries
from engross.apps.exchange.models import BulkFile
from engross.apps.registers.queries import active_code
from engross.design.parts import Column, link, number

COLUMNS = (
    Column("title", "What", "title"),
    Column("meaning", "What it holds"),
    Column("rows", "Rows", "number"),
    Column("made_at", "Changed", "moment"),
    Column("files", "Files"),
)
NAMES = {"csv": "CSV", "jsonl": "JSON lines", "parquet": "Parquet"}


def index(request: HttpRequest) -> HttpResponseBase:
    """List everything that can be had as a whole."""
    context = {
        "title": "Bulk files",
        "lead": "Every register that anyone may read, and every provision of the code, each as "
        "one file. They are written anew within minutes of a change.",
        "columns": COLUMNS,
        "rows": sorted(_rows(), key=lambda row: str(row["title"])),
        "manifest": reverse("exchange:manifest"),
    }
    return render(request, "exchange/bulk.html", context)


def _rows() -> Iterator[dict[str, Any]]:
    known = queries.datasets()
    for name, files in _by_name().items():
        if name in known:
            yield {
                "title": known[name].title,
                "meaning": known[name].meaning,
                "rows": files[0].rows,
                "made_at": max(each.made_at for each in files),
                "files": _links(files),
            }  # fmt: skip


def _by_name() -> dict[str, list[BulkFile]]:
    found: dict[str, list[BulkFile]] = {}
    for each in queries.bulk_files():
        found.setdefault(each.name, []).append(each)
    return found


def _links(files: list[BulkFile]) -> SafeString:
    made = [
        format_html(
            '<span class="nowrap">{} <span class="muted">{}</span></span>',
            link(_address(each), NAMES[each.form]), _size(each.size),
        )
        for each in files
    ]  # fmt: skip
    return mark_safe("<br>".join(made))  # noqa: S308 each is escaped above


def _size(size: int) -> str:
    return f"{number(max(size // 1024, 1))} kB"


def _address(file: BulkFile) -> str:
    return reverse("exchange:bulk-file", args=[file.name, file.form])


def manifest(request: HttpRequest) -> JsonResponse:
    """Send what there is, with the digest of each file and the type of each column."""
    known = queries.datasets()
    sets = [
        {
            "name": name, "title": known[name].title, "meaning": known[name].meaning,
            "columns": [
                {"name": each.name, "meaning": each.meaning, "kind": each.kind.value,
                 "parquet_type": parquet_type(each)}
                for each in known[name].columns
            ],
            "files": [_told(each) for each in files],
        }
        for name, files in _by_name().items() if name in known
    ]  # fmt: skip
    answer = JsonResponse({"code": active_code().key, "datasets": sets})
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "public, max-age=0, must-revalidate"
    return answer


def _told(file: BulkFile) -> dict[str, Any]:
    return {
        "format": file.form, "url": settings.SITE_URL + _address(file), "sha256": file.sha256,
        "size": file.size, "rows": file.rows, "made_at": file.made_at.isoformat(),
        "position": file.position,
    }  # fmt: skip


def _not_now() -> HttpResponse:
    words = "This file is written anew just now, as its records changed. Ask again in ten minutes."
    answer = HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
    answer["Retry-After"], answer["Cache-Control"] = "600", "no-store"
    return answer


def bulk_file(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """Send one file; only with 'not modified' to whom has it."""
    file = queries.bulk_files().filter(name=name, form=form).first()
    if file is None:
        raise Http404("There is no such bulk file")
    if queries.may_hold_too_much(file):
        return _not_now()
    etag, changed = f'"{file.sha256}"', int(file.made_at.timestamp())
    answer: HttpResponseBase | None = get_conditional_response(
        request, etag=etag, last_modified=changed
    )
    if answer is None:
        try:
            content = default_storage.open(file.place)
        except FileNotFoundError as error:
            raise Http404("The file is about to be written anew") from error
        answer = FileResponse(content, content_type=CONTENT_TYPES[form], as_attachment=True,
                              filename=f"{name}.{form}")  # fmt: skip
    answer["ETag"] = etag
    answer["Last-Modified"] = http_date(changed)
    answer["Cache-Control"] = "public, max-age=0, must-revalidate"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
