"""What several pages show of open proposals: whose move each is."""

from collections.abc import Iterable
from typing import Any

from engross.apps.proposals.views import address_of, stage_chip
from engross.apps.registers.queries import active_code, option_name
from engross.apps.timetables.queries.work import Work
from engross.design.parts import Column, day, status

WORK_COLUMNS = (
    Column("identifier", "Identifier", "reference", link="href"),
    Column("title", "Title", "title"),
    Column("stage", "Stage"),
    Column("waits_on", "Waits on"),
    Column("since", "Since", "day"),
    Column("waited", "Working Days", "number"),
    Column("due", "Due"),
    Column("analyst", "Analyst"),
)


def work_rows(found: Iterable[Work]) -> list[dict[str, Any]]:
    """Return open proposals as rows: on whom each waits, since when, when that is due."""
    code = active_code()
    return [
        {
            "identifier": each.label,
            "href": address_of(each.label),
            "title": each.course.details.title,
            "stage": stage_chip(code.option("proposal_stages", each.course.state.stage)),
            "waits_on": " or ".join(option_name("bodies", key) for key in each.bodies),
            "since": each.since,
            "waited": each.waited,
            "due": _due(each),
            "analyst": each.analyst,
        }
        for each in found
    ]


def _due(each: Work) -> Any:
    if each.due_on is None:
        return ""
    if not each.is_late:
        return day(each.due_on)
    return status(f"Late since {each.due_on.day} {each.due_on:%b %Y}", "late")
