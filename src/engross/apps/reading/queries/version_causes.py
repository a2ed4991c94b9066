"""What caused each version of a document: the change sets, proposals and reasons behind it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max

from engross.apps.legaltext.models import CodeVersionDetails, DocumentVersion, Provision
from engross.apps.proposals.models import ProposalDetails
from engross.apps.registers.queries import option_name
from engross.apps.releases.models import ChangeSetVersion, Tranche
from engross.apps.releases.queries import change_set_of, may_read_change_set
from engross.core.access import ANYONE
from engross.core.legaltext.reaching import touches_of


@dataclass(frozen=True)
class VersionCause:
    """Something that made a version: a proposal, a change set, or a reason such as a designation.

    `proposal` is a proposal's identifier, `change_set` the name of its legal text; '' for none.
    """

    label: str
    title: str = ""
    proposal: str = ""
    change_set: str = ""


def causes_of_versions(document: str, versions: Collection[str]) -> dict[str, list[VersionCause]]:
    """Return what caused a document's text in each of these versions of the code, by version.

    First the change sets that touched the document, by their proposals; where none is known, the
    proposals that the register says came with the version; else the reason it was made for.
    Only what anyone may read is named.
    """
    found: dict[str, list[VersionCause]] = {}
    for make in (_by_change_sets, _by_tranches, _by_reason):
        missing = {each for each in versions if each and each not in found}
        if missing:
            found |= make(document, missing)
    return found


def _by_change_sets(document: str, versions: Collection[str]) -> dict[str, list[VersionCause]]:
    drafted = ChangeSetVersion.objects.annotate(last=Max("change_set__versions__number"))
    rows = drafted.filter(number=F("last"), change_set__published_in__key__in=versions)
    rows = rows.select_related("change_set__proposal", "change_set__published_in")
    known = [
        row
        for row in rows.order_by("change_set__name")
        if may_read_change_set(ANYONE, row.change_set.paper_class)
    ]
    titles = _titles(row.change_set.proposal_id for row in known)
    found: dict[str, list[VersionCause]] = {}
    for row in _touching(document, known):
        proposal = row.change_set.proposal
        cause = VersionCause(
            label=str(proposal) if proposal else row.change_set.title or row.change_set.name,
            title=titles.get(proposal.pk, "") if proposal else "",
            proposal=str(proposal) if proposal else "",
            change_set=row.change_set.name,
        )
        found.setdefault(row.change_set.published_in.key, []).append(cause)
    return found


def _touching(document: str, rows: Iterable[ChangeSetVersion]) -> list[Any]:
    """Return the change sets that change something that stands, or once stood, in a document."""
    keys = {row.pk: {touch.key for touch in touches_of(change_set_of(row))} for row in rows}
    named = DocumentVersion.objects.filter(name=document).order_by().values("document")
    asked = set().union(*keys.values()) if keys else set()
    own = Provision.objects.filter(pk__in=asked, origin__in=named).order_by()
    inside = {document, *own.values_list("pk", flat=True)}
    return [row for row in rows if keys[row.pk] & inside]


def _by_tranches(document: str, versions: Collection[str]) -> dict[str, list[VersionCause]]:
    rows: Any = Tranche.objects.known_at(None).filter(version__key__in=versions)
    listed = list(rows.select_related("proposal", "version").order_by("proposal__key", "sequence"))
    titles = _titles(row.proposal_id for row in listed)
    found: dict[str, list[VersionCause]] = {}
    for row in listed:
        name = str(row.proposal)
        cause = VersionCause(name, titles.get(row.proposal_id, ""), proposal=name)
        causes = found.setdefault(row.version.key, [])
        if cause not in causes:
            causes.append(cause)
    return found


def _by_reason(document: str, versions: Collection[str]) -> dict[str, list[VersionCause]]:
    rows = CodeVersionDetails.objects.known_at(None).filter(version__key__in=versions)
    reasons = rows.exclude(cause="").order_by("version__key").values_list("version__key", "cause")
    return {key: [VersionCause(option_name("version_reasons", cause))] for key, cause in reasons}


def _titles(proposals: Iterable[int | None]) -> dict[int, str]:
    asked = {each for each in proposals if each is not None}
    rows = ProposalDetails.objects.known_at(None).filter(proposal__in=asked).order_by("pk")
    return dict(rows.values_list("proposal_id", "title"))
