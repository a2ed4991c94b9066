"""The papers about a proposal, as its page lists them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from engross.apps.files.queries import files_of_entries
from engross.apps.proposals.models import ProposalDocument
from engross.apps.proposals.queries.panels import Panel, PanelAsked
from engross.apps.proposals.registers import proposal_documents
from engross.apps.registers.queries import active_code, option_name, readable_rows
from engross.core.access import Reach, reach_of

REGISTER = proposal_documents.name


def _documents(asked: PanelAsked) -> Mapping[str, Any] | None:
    """Return the papers about a proposal, newest first; None of one without any for the reader.

    What reaches a circle or persons named alone is left to the register, which writes down who
    reads it.
    """
    rows = ProposalDocument.objects.known_at(None).filter(
        readable_rows(proposal_documents, asked.reader),
        proposal=asked.proposal, paper_class__in=_listed_classes(),
    )  # fmt: skip
    if asked.as_at:
        rows = rows.filter(written_on__lte=asked.as_at)
    is_named = asked.about.is_named_in(ProposalDocument)
    listed = list(rows.order_by("-written_on", "title", "version")) if is_named else []
    may_add = asked.reader.handles_all and not asked.as_at
    if not listed and not may_add:
        return None
    entries = [row.entry for row in listed]
    files = files_of_entries(REGISTER, entries, asked.reader) if entries else {}
    return {
        "documents": [_shown(row, files.get(row.entry, [])) for row in listed],
        "add_url": _address("registers:record", asked) if may_add else "",
        "all_url": _address("registers:list", asked) if may_add else "",
    }


def _listed_classes() -> list[str]:
    code = active_code()
    open_reaches = {Reach.ANYONE, Reach.PARTIES}
    return [
        each.key for each in code.options("paper_classes")
        if reach_of(code, each.key) in open_reaches
    ]  # fmt: skip


def _address(name: str, asked: PanelAsked) -> str:
    return f"{reverse(name, args=[REGISTER])}?{urlencode({'proposal': asked.proposal.label})}"


def _shown(row: ProposalDocument, files: list[Any]) -> dict[str, Any]:
    text = row.change_set
    if text and row.change_set_version:
        text = f"{text} version {row.change_set_version}"
    return {
        "row": row,
        "kind": option_name("document_kinds", row.kind),
        "record": reverse("registers:entry", args=[REGISTER, row.entry]),
        "files": files,
        "text": text,
        # A name that no address can hold is told without one.
        "text_href": (
            reverse("releases:change-set", args=[row.change_set])
            if text and "/" not in row.change_set else ""
        ),
    }  # fmt: skip


DOCUMENTS = Panel("documents", "Documents", 60, "proposals/documents.html", _documents)
