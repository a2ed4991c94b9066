"""The pages of change sets: those that are open, and one as a redline of the text it changes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import mark_safe

from engross.adapters.legaltext.redlines import RedlineLines, summary_words, table_of_changes
from engross.adapters.legaltext.word_writing import write_redline
from engross.apps.accounts.queries import may_change_registers, who_reads
from engross.apps.legaltext.queries import notices_of_text
from engross.apps.releases import queries
from engross.apps.releases.models import ChangeSetVersion
from engross.apps.releases.queries.drafts import redlined
from engross.apps.releases.views.shown import unknown
from engross.core.access import Reader
from engross.core.legaltext.aligned import Aligned
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
        "may_change": may_change_registers(request.user),
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
        "standing": _standing(version),
    }


def _standing(version: ChangeSetVersion) -> str:
    kept = version.change_set
    if kept.published_in:
        return f"in version {kept.published_in.key}"
    return "parted" if kept.parted_at else "open"


def change_set(request: HttpRequest, name: str) -> HttpResponse:
    """Show a change set as a redline of the text it was drafted on."""
    version = _readable(request, name)
    if version is None:
        return unknown(request, name, [], "change-sets")
    row = _row(version)
    newest = queries.newest_base()
    context = {
        "title": version.change_set.title or name,
        "name": name,
        "row": row,
        "version": version,
        "proposal": version.change_set.proposal,
        "proposal_href": _proposal_href(version),
        "notices": notices_of_text(),
        "page_class": version.change_set.paper_class or "white",
        "versions": _versions(name),
        "commands": _commands(request, version),
        "is_old": not version.change_set.published_in and newest not in {"", row["base"]},
        "newest": newest,
        "parts": list(version.change_set.parts.order_by("tranche")),
        "files": {
            form: reverse("releases:download-change-set", args=[name, form])
            for form in ("docx", "json")
        },
    }
    try:
        aligned = redlined(queries.base_of(version), queries.change_set_of(version))
    except Refused as refused:
        context["reasons"] = [str(reason) for reason in refused.reasons]
        return render(request, "releases/change_set.html", context)
    context.update(redline_parts(aligned))
    return render(request, "releases/change_set.html", context)


def _versions(name: str) -> list[dict[str, Any]]:
    """Return every version of a change set as its page lists them, the last one first."""
    return [
        {
            "number": each.number,
            "base": each.base_version.key,
            "made_on": timezone.localdate(each.made_at),
            "note": each.note,
        }
        for each in queries.saved_versions(name)
    ]


def _commands(request: HttpRequest, version: ChangeSetVersion) -> list[tuple[str, str]]:
    """Return what staff may do to a change set: words and addresses; nothing for anyone else."""
    kept = version.change_set
    if not may_change_registers(request.user) or kept.parted_at:
        return []
    name = kept.name
    always = [("Classify", reverse("releases:classify-change-set", args=[name]))]
    if kept.published_in:
        return always
    draft = f"{reverse('releases:draft')}?{urlencode({'change_set': name})}"
    found = [("Save a new version", draft), *always]
    if version.base_version.key != queries.newest_base():
        found.append(("Rebase", reverse("releases:rebase-change-set", args=[name])))
    if not kept.part_of:
        found.append(("Part it", reverse("releases:part-change-set", args=[name])))
    return found


def download_change_set(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Answer with a change set as JSON, or as a Word file with tracked changes under its name."""
    version = _readable(request, name)
    if version is None:
        return change_set(request, name)
    if form == "json":
        answer = HttpResponse(version.payload, content_type="application/json")
    else:
        try:
            aligned = redlined(queries.base_of(version), queries.change_set_of(version))
        except Refused:
            return change_set(request, name)
        day = timezone.localdate(version.made_at).isoformat()
        note = " ".join(notices_of_text())
        content = write_redline(aligned, author=name, day=day, note=note)
        answer = HttpResponse(content, content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def redline_parts(aligned: Aligned) -> dict[str, Any]:
    """Return what a page shows of a redline: what happens in words, as a table, in the text."""
    result = compared(aligned)
    # Written by `redlines`, which escapes every word of the text.
    lines = "".join(RedlineLines(aligned, result, only_changes=True))
    return {
        "lead": summary_words(result),
        "columns": CHANGES,
        "changes": [line._asdict() for line in table_of_changes(aligned, result)],
        "blocks": mark_safe(lines),  # noqa: S308
    }


def _proposal_href(version: ChangeSetVersion) -> str:
    proposal = version.change_set.proposal
    return reverse("proposals:proposal", args=[proposal.key]) if proposal else ""
