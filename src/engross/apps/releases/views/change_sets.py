"""The pages of change sets: those that are open, and one as a redline of the text it changes."""

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from engross.adapters.legaltext.redlines import RedlineLines, summary_words, table_of_changes
from engross.adapters.legaltext.word_writing import write_redline
from engross.apps.accounts.queries import who_reads
from engross.apps.legaltext.queries import notices_of_text
from engross.apps.releases import queries
from engross.apps.releases.models import ChangeSetVersion
from engross.apps.releases.views.shown import unknown
from engross.core.access import Reader
from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.aligning import align
from engross.core.legaltext.applying import apply
from engross.core.legaltext.comparison import compared
from engross.core.refusals import Refused
from engross.design.parts import Column

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COLUMNS = (
    Column("name", "Change set", "reference", link="href"),
    Column("title", "What it does", "title"),
    Column("base", "Drafted on", "reference"),
    Column("operations", "Operations", "number"),
    Column("made_on", "Saved", "day"),
    Column("standing", "Standing"),
)
CHANGES = (
    Column("what", "What happens"),
    Column("was", "Was", "reference"),
    Column("now", "Would be", "reference", link="href"),
)


def change_set_list(request: HttpRequest) -> HttpResponse:
    """Show every change set with its base and standing, the open ones first."""
    reader = who_reads(request)
    versions = queries.latest_versions(only_open=False)
    rows = [_row(version) for version in versions if _may_read(reader, version)]
    rows.sort(key=lambda row: (row["standing"] != "open", row["name"]))
    context = {
        "title": "Change sets",
        "lead": "What proposals would do to the text of the code, clause by clause.",
        "columns": COLUMNS,
        "rows": rows,
        "notices": notices_of_text(),
    }
    return render(request, "releases/change_sets.html", context)


def _may_read(reader: Reader, version: ChangeSetVersion) -> bool:
    return queries.may_read_change_set(reader, version.change_set.paper_class)


def _readable(request: HttpRequest, name: str) -> ChangeSetVersion | None:
    """Return the last version of a change set; None where there is none that the reader may see."""
    version = queries.latest_version(name)
    return version if version and _may_read(who_reads(request), version) else None


def _row(version: ChangeSetVersion) -> dict[str, Any]:
    kept = version.change_set
    return {
        "name": kept.name,
        "href": reverse("releases:change-set", args=[kept.name]),
        "title": kept.title,
        "base": version.base_version.key,
        "operations": len(queries.change_set_of(version).operations),
        "made_on": timezone.localdate(version.made_at),
        "standing": f"in version {kept.published_in.key}" if kept.published_in else "open",
    }


def change_set(request: HttpRequest, name: str) -> HttpResponse:
    """Show a change set as a redline of the text it was drafted on."""
    version = _readable(request, name)
    if version is None:
        return unknown(request, name, [], "change-sets")
    row = _row(version)
    context = {
        "title": version.change_set.title or name,
        "name": name,
        "row": row,
        "version": version,
        "proposal": version.change_set.proposal,
        "proposal_href": _proposal_href(version),
        "notices": notices_of_text(),
        "page_class": version.change_set.paper_class or "white",
        "columns": CHANGES,
        "files": {
            form: reverse("releases:download-change-set", args=[name, form])
            for form in ("docx", "json")
        },
    }
    try:
        aligned = _redlined(version)
    except Refused as refused:
        context["reasons"] = [str(reason) for reason in refused.reasons]
        return render(request, "releases/change_set.html", context)
    result = compared(aligned)
    context["lead"] = summary_words(result)
    context["changes"] = [line._asdict() for line in table_of_changes(aligned, result)]
    # Written by `redlines`, which escapes every word of the text.
    lines = "".join(RedlineLines(aligned, result, only_changes=True))
    context["blocks"] = mark_safe(lines)  # noqa: S308
    return render(request, "releases/change_set.html", context)


def download_change_set(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Answer with a change set as JSON, or as a Word file with tracked changes under its name."""
    version = _readable(request, name)
    if version is None:
        return change_set(request, name)
    if form == "json":
        answer = HttpResponse(version.payload, content_type="application/json")
    else:
        try:
            aligned = _redlined(version)
        except Refused:
            return change_set(request, name)
        day = timezone.localdate(version.made_at).isoformat()
        note = " ".join(notices_of_text())
        content = write_redline(aligned, author=name, day=day, note=note)
        answer = HttpResponse(content, content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _redlined(version: ChangeSetVersion) -> Aligned:
    """Return the documents that a change set touches, before and after; raises Refused."""
    base = queries.base_of(version)
    made = apply(base, queries.change_set_of(version)).code
    before = {document.document: document for document in base.documents}
    after = {document.document: document for document in made.documents}
    touched = [
        name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)
    ]
    return align(
        msgspec.structs.replace(
            base, documents=tuple(before[name] for name in touched if name in before)
        ),
        msgspec.structs.replace(
            made, documents=tuple(after[name] for name in touched if name in after)
        ),
    )


def _proposal_href(version: ChangeSetVersion) -> str:
    proposal = version.change_set.proposal
    return reverse("proposals:proposal", args=[proposal.key]) if proposal else ""
