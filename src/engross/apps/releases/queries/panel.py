"""The part of a proposal's page that tells of its releases: what was decided on their scope."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from engross.apps.proposals.queries import Panel, PanelAsked
from engross.apps.registers.queries import option_name
from engross.apps.releases.models import ReleaseDetails, ScopeEntry
from engross.core.registers.addresses import address_of


def _scopes(asked: PanelAsked) -> Mapping[str, Any] | None:
    """Return the decisions that put a proposal into releases, or took it out; None without any."""
    if not asked.about.is_named_in(ScopeEntry):
        return None
    rows = ScopeEntry.objects.known_at(None).filter(proposal=asked.proposal)
    if asked.as_at:
        rows = rows.filter(decided_on__lte=asked.as_at)
    listed = list(rows.select_related("release").order_by("-decided_on", "release__key"))
    if not listed:
        return None
    details = ReleaseDetails.objects.known_at(None)
    of_them = details.filter(release__in=[row.release_id for row in listed]).order_by("pk")
    days = dict(of_them.values_list("release_id", "released_on"))
    return {
        "decisions": [
            {
                "release": row.release.label,
                "href": reverse("releases:release", args=[address_of(row.release.key)]),
                "on": days.get(row.release_id),
                "is_in": row.is_in,
                "decided_on": row.decided_on,
                "body": option_name("bodies", row.body),
            }
            for row in listed
        ]
    }


RELEASE_PANEL = Panel("release", "Release", 70, "releases/panel.html", _scopes)
