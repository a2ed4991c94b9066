"""Taking rows into a register by API: tried first, then for real."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from engross.adapters.tables import LIMITS, FileRefused, read_upload
from engross.apps.registers.api.asking import json_answer
from engross.apps.registers.api.problems import ApiRefused, Problem
from engross.apps.registers.api.tokens import WRITING, Token, writer_of
from engross.apps.registers.commands import NamedSheet, import_sheets
from engross.apps.registers.registers import register_named
from engross.core.registers.sheets import SheetRefused

import_router = Router(tags=["Registers"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = {"text/csv": "csv", "application/json": "json", XLSX: "xlsx"}
MOST_REASONS = 200
SCOPE = "write:registers"
_BODY = {
    "required": True,
    "description": "The register's rows, with the columns of its template",
    "content": {
        "text/csv": {"schema": {"type": "string"}},
        "application/json": {"schema": {"type": "array", "items": {"type": "object"}}},
        XLSX: {"schema": {"type": "string", "format": "binary"}},
    },
}


class ImportAsked(Schema):
    """How rows are taken in."""

    dry_run: bool = Field(True, description="Only say what would be done; false does it")
    reason: str = Field("", max_length=500, description="Why; needed where rows are corrected")


class Imported(Schema):
    """What was done, or would be done, to a register, in rows."""

    name: str = Field(description="The name of the register")
    dry_run: bool
    added: int
    corrected: int
    unchanged: int


@import_router.post(
    "/{name}/import",
    response={200: Imported, 404: Problem, 415: Problem, **WRITING},
    auth=Token(SCOPE),
    summary="Take rows into a register",
    operation_id="import_rows",
    openapi_extra={"requestBody": _BODY, "x-scope": SCOPE},
)
def import_rows(request: HttpRequest, name: str, asked: Query[ImportAsked]) -> Any:
    """Take in a file: all of it or nothing.

    A row whose key is known and whose content differs corrects that entry; rows that the file
    leaves out stay. Sending a file again changes nothing.
    """
    content, ending = _content(request)
    try:
        target = register_named(name)
    except LookupError as error:
        raise Http404(f"There is no register {name[:80]}") from error
    try:
        sheet = read_upload(f"{target.name}.{ending}", content)
        done = import_sheets(
            [NamedSheet(target.name, sheet.file_name, sheet.sha256, sheet.lines)],
            by=writer_of(request), at=timezone.now(), reason=asked.reason, dry_run=asked.dry_run,
        )[0]  # fmt: skip
    except (FileRefused, SheetRefused) as refused:
        reasons = refused.reasons[:MOST_REASONS]
        detail = f"The file has {len(refused.reasons)} faults; nothing was taken in"
        raise ApiRefused("not-understood", detail, reasons) from refused
    return json_answer({
        "name": target.name, "dry_run": asked.dry_run, "added": done.added,
        "corrected": done.corrected, "unchanged": done.unchanged,
    })  # fmt: skip


def _content(request: HttpRequest) -> tuple[bytes, str]:
    """Return what was sent and the ending that says what it is; raises ApiRefused."""
    ending = ENDINGS.get(request.content_type or "")
    if ending is None:
        raise ApiRefused("not-this-format", f"Send one of {', '.join(ENDINGS)}")
    content = request.read(LIMITS.file_bytes + 1)
    if len(content) > LIMITS.file_bytes:
        raise ApiRefused("too-large", f"A file may have {LIMITS.file_bytes // 1_000_000} MB")
    return content, ending
