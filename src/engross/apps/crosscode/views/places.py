"""Where the pages of work across codes are, and the marks that several of them show."""

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from engross.apps.crosscode.models import OtherChange
from engross.apps.registers.queries import active_code, option_name
from engross.design.parts import status

_VIEWS = {
    "changes": "Changes of other codes",
    "month": "Month by month",
    "groups": "Changes made together",
    "priorities": "Priorities",
}


def tabs_of(current: str) -> list[dict[str, Any]]:
    """Return the views that share a place in the menu."""
    return [
        {"label": label, "href": reverse(f"crosscode:{name}"), "is_current": name == current}
        for name, label in _VIEWS.items()
    ]


def finding_chip(change: OtherChange) -> SafeString:
    """Return what a change was found to mean for this code, or that it waits for a review."""
    if change.needs_review:
        return status(
            "Changed since its review" if change.finding else "Waits for a review", "waiting"
        )
    option = next((each for each in active_code().options("impact_findings")
                   if each.key == change.finding), None)  # fmt: skip
    kind = "open" if option and option.flag("is_open") else "done"
    return status(option_name("impact_findings", change.finding), kind)


def abbreviation_of(code: str) -> str:
    """Return how a code is called for short; nothing if none is named."""
    if not code:
        return ""
    return active_code().option("industry_codes", code).text("abbreviation")
