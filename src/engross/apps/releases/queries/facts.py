"""What releases tell of proposals: that legal text is on file, and a release has gone live."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from engross.apps.legaltext.models import Placement
from engross.apps.legaltext.queries import text_editions
from engross.apps.releases.models import ChangeSetVersion, ReleaseDetails, ScopeEntry, Tranche
from engross.apps.releases.queries.change_sets import change_set_of, latest_versions
from engross.core.legaltext.reaching import touches_of
from engross.core.proposals.framework.facts import Fact
from engross.core.releases.scope import ScopeDecision, scope_on

LEGAL_TEXT, IN_RELEASE, ALL_LIVE = "legal-text", "in-release", "all-parts-live"


def facts_of_releases(proposals: Collection[int], on: date) -> Mapping[int, Iterable[Fact]]:
    """Return for each proposal by the end of a day whether it has legal text, and is live."""
    found: dict[int, list[Fact]] = {}
    for proposal, fact in (*_legal_texts(proposals, on).items(), *_releases(proposals, on)):
        found.setdefault(proposal, []).append(fact)
    return found


def _legal_texts(proposals: Collection[int], on: date) -> dict[int, Fact]:
    """Return the first legal text of each that still fits the text in force on the day."""
    drafted = [
        each
        for each in latest_versions(only_open=False, proposals=proposals)
        if each.change_set.parted_at is None and each.made_at.date() <= on
    ]
    found: dict[int, Fact] = {}
    for each in drafted:
        proposal = each.change_set.proposal_id
        if proposal and proposal not in found and _fits(each, on):
            detail = f"{each.change_set} version {each.number}, on version {each.base_version}"
            found[proposal] = Fact(LEGAL_TEXT, each.made_at.date(), detail)
    return found


def _fits(version: ChangeSetVersion, on: date) -> bool:
    """Say whether nothing that a change set touches has changed since the text it stands on.

    One that a version took in fitted then; a text drafted on one yet to come fits.
    """
    if version.change_set.published_in_id or is_on_newest(version, on):
        return True
    keys = {touch.key for touch in touches_of(change_set_of(version))}
    since = Placement.objects.known_at(None).filter(
        effective_from__gt=version.base_on, effective_from__lte=on
    )
    return not since.filter(provision__in=keys).exists()


def is_on_newest(version: ChangeSetVersion, on: date) -> bool:
    """Say whether a change set stands on the text in force on a day, or on a later one."""
    days = [each.effective_on for each in text_editions() if each.effective_on <= on]
    return not days or version.base_on >= max(days)


def _releases(proposals: Collection[int], on: date) -> Iterable[tuple[int, Fact]]:
    """Yield of each the first release that carries it and has gone live by the end of the day.

    And once all its parts have, on which day the last one did.
    """
    rows = Tranche.objects.known_at(None).filter(proposal__in=proposals)
    parts = list(rows.select_related("release").order_by("proposal", "sequence"))
    scoped = {each for each in _in_scope(proposals, on) if each[2] <= on}
    days = _days_of({str(part.release) for part in parts if part.release}
                    | {release for _, release, _ in scoped})  # fmt: skip
    # Once a part has its own day, the days of releases no longer stand for those of others.
    dated = {part.proposal_id for part in parts if part.implemented_on}
    planned: dict[int, list[tuple[date, str]]] = {}
    for part in parts:
        otherwise = days.get(str(part.release)) if part.proposal_id not in dated else None
        known = part.implemented_on or otherwise or date.max
        planned.setdefault(part.proposal_id, []).append((known, str(part.release or "")))
    for pk, release, decided_on in scoped:
        if release in days and pk not in dated:
            planned.setdefault(pk, []).append((max(decided_on, days[release]), release))
    for pk, found in planned.items():
        first, last = min(found), max(found)
        if first[0] <= on:
            yield pk, Fact(IN_RELEASE, *first)
        if last[0] <= on:
            yield pk, Fact(ALL_LIVE, *last)


def _in_scope(proposals: Collection[int], on: date) -> Iterable[tuple[int, str, date]]:
    """Yield each proposal with a release in whose scope it is, and the day of the decision."""
    scopes = ScopeEntry.objects.known_at(None).filter(proposal__in=proposals)
    rows = scopes.order_by("decided_on", "pk").select_related("release")
    decided: dict[tuple[int, str], list[ScopeDecision]] = {}
    for row in rows:
        said = ScopeDecision(str(row.proposal_id), row.is_in, row.decided_on, row.body)
        decided.setdefault((row.proposal_id, str(row.release)), []).append(said)
    for (proposal, release), decisions in decided.items():
        last = scope_on(decisions, on).get(str(proposal))
        if last is not None and last.is_in:
            yield proposal, release, last.decided_on


def _days_of(releases: Collection[str]) -> dict[str, date]:
    if not releases:
        return {}
    rows = ReleaseDetails.objects.known_at(None).filter(release__label__in=releases)
    return dict(rows.values_list("release__label", "released_on"))
