"""The gutter beside the clauses: where open proposals would change them."""

from collections.abc import Container, Iterable, Mapping
from html import escape
from urllib.parse import quote

from engross.adapters.legaltext.redlines.linked import Block
from engross.apps.reading.queries.open_changes import OpenMark
from engross.apps.reading.views.paths import DAY
from engross.apps.reading.views.shown import place_of
from engross.apps.reading.views.switching import conflict_html
from engross.apps.reading.views.visits import Visit
from engross.core.legaltext.numbers.addresses import Address

MOST_NAMED = 2


def gutter_marks(visit: Visit) -> Mapping[str, str]:
    """Return the HTML that stands in the gutter of provisions, by their permanent ids."""
    marks = visit.changes.marks
    conflicts = visit.chosen.conflicts_at if visit.chosen else {}
    if not visit.page.keys & (marks.keys() | conflicts.keys()):
        return {}
    chosen = {each.name for each in visit.chosen.sets} if visit.chosen else set()
    found: dict[str, str] = {}
    for block in visit.page.blocks:
        if block.key in marks:
            found[block.key] = _mark(block, visit.page.name, marks[block.key], chosen)
        if block.key in conflicts:
            said = "".join(conflict_html(each) for each in conflicts[block.key])
            found[block.key] = found.get(block.key, "") + said
    return found


def number_of(block: Block) -> str:
    """Return the nearest number that a block's page has in its address; '' for its document's."""
    return block.anchor.replace("_", " ").partition("¶")[0].partition("#")[0]


def _mark(block: Block, document: str, marks: Iterable[OpenMark], chosen: Container[str]) -> str:
    """Return the mark of one provision: folded, and opened in place where a browser can.

    What is switched on is marked as such: then the text reads so already.
    """
    address = Address(document, number_of(block))
    href = f"{escape(place_of(address.slug, None))}{DAY}changes/?at={escape(quote(block.key))}"
    names = {mark.change_set.label: mark.change_set.name in chosen for mark in marks}
    shown = "".join(
        f"<span>{escape(name)}{' (on)' if is_on else ''}</span>"
        for name, is_on in list(names.items())[:MOST_NAMED]
    )
    if len(names) > MOST_NAMED:
        shown += f"<span>and {len(names) - MOST_NAMED} more</span>"
    return (
        f'<details class="gutter" hx-get="{href}" hx-trigger="toggle once"'
        ' hx-target="find .gutter-body" hx-swap="innerHTML">'
        f'<summary>{shown}<span class="unseen"> would change {escape(str(address))}</span>'
        f'</summary><div class="gutter-body"><p><a href="{href}">What would change</a></p></div>'
        "</details>"
    )
