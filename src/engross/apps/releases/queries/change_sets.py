"""Reading change sets: their versions, what they say, and the text they were drafted on."""

from collections.abc import Collection

import msgspec
from django.db.models import F, Max, QuerySet

from engross.apps.legaltext.queries import code_as_at, text_editions
from engross.apps.proposals.queries import proposal_called
from engross.apps.registers.queries import active_code
from engross.apps.releases.models import ChangeSet, ChangeSetVersion, TextBase
from engross.core.access import Marking, Reader, may_read, reach_of
from engross.core.legaltext.change_sets import ChangeSet as Said
from engross.core.legaltext.provisions import Code, text_hash
from engross.core.legaltext.versions import next_number
from engross.core.refusals import Reason, Refused

_decoder = msgspec.json.Decoder(Said)


def change_set_named(name: str) -> ChangeSet | None:
    """Return the change set of a name, with its proposal; None if there is none."""
    return ChangeSet.objects.select_related("proposal").filter(name=name).first()


def names_of_change_sets(names: Collection[str]) -> set[str]:
    """Return which of these names are change sets' names."""
    rows = ChangeSet.objects.filter(name__in=names).order_by()
    return set(rows.values_list("name", flat=True))


def may_read_change_set(reader: Reader, paper_class: str) -> bool:
    """Say whether a reader may see a change set of a class; one without a class is for all."""
    return not paper_class or may_read(reader, Marking(reach_of(active_code(), paper_class)))


def open_change_sets() -> QuerySet[ChangeSet, ChangeSet]:
    """Return the change sets that no version has taken in and that are not parted, by name."""
    found = ChangeSet.objects.filter(published_in__isnull=True, parted_at__isnull=True)
    found = found.select_related("proposal")
    return found.order_by("name")


def latest_version(name: str) -> ChangeSetVersion | None:
    """Return the last version of a change set; None if there is no such set."""
    versions = ChangeSetVersion.objects.filter(change_set__name=name)
    return versions.select_related("change_set", "base_version").order_by("-number").first()


def latest_versions(
    *, only_open: bool = True, proposals: Collection[int] | None = None
) -> list[ChangeSetVersion]:
    """Return the last version of every change set, by name; with `only_open` of the open ones.

    `proposals` are the rows of those whose sets are asked for; all sets if None.
    """
    versions = ChangeSetVersion.objects.annotate(last=Max("change_set__versions__number"))
    found = versions.filter(number=F("last"))
    found = found.select_related("change_set__proposal", "change_set__published_in", "base_version")
    if only_open:
        found = found.filter(
            change_set__published_in__isnull=True, change_set__parted_at__isnull=True
        )
    if proposals is not None:
        found = found.filter(change_set__proposal__in=proposals)
    return list(found.order_by("change_set__name"))


def newest_base() -> str:
    """Return the newest version of the code whose text is here; '' if there is none."""
    return next((each.version for each in reversed(text_editions()) if each.version), "")


def next_version() -> str:
    """Return the number that comes after that of the newest version; '' where it is no number."""
    try:
        return next_number(newest_base()) if newest_base() else ""
    except ValueError:
        return ""


def saved_versions(name: str) -> list[ChangeSetVersion]:
    """Return every version of a change set, the last one first."""
    versions = ChangeSetVersion.objects.filter(change_set__name=name)
    return list(versions.select_related("change_set", "base_version").order_by("-number"))


def drafts_called(name: str) -> list[ChangeSetVersion]:
    """Return the last versions of the change set of a name, else of a proposal's open ones."""
    named = latest_version(name)
    if named is not None:
        return [named]
    proposal = proposal_called(name)
    if proposal is None:
        return []
    return [each for each in latest_versions() if each.change_set.proposal_id == proposal.pk]


def change_set_of(version: ChangeSetVersion) -> Said:
    """Return what a version of a change set says."""
    return _decoder.decode(version.payload)


def base_of(drafted: TextBase) -> Code:
    """Return the text that something was drafted on, as it was known then.

    Raises Refused if that text cannot be had any more.
    """
    code = code_as_at(on=drafted.base_on, known_at=drafted.base_known_at)
    if text_hash(code) != drafted.base_hash:
        what = f"The text that {drafted} was drafted on was recorded otherwise since"
        raise Refused(Reason(what, "Draft it anew on the text as it is now known"))
    return code
