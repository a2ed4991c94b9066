"""How an event is told as a change: what of it is everybody's, and where it can be read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from engross.apps.audit.models import Event
from engross.apps.releases.queries import change_set_named, may_read_change_set
from engross.apps.reports.queries import marking_of_paper
from engross.core.access import Reader, may_read
from engross.core.exchange import Kind
from engross.core.registers.addresses import address_of


@dataclass(frozen=True)
class Change:
    """A change as it is told: at which position, what, of what, and where it can be read.

    `register` is '' where no register changed, `entry` where not one row of it did; `count` is
    the number of rows. `more` says what else there is to say of its kind.
    """

    position: int
    at: datetime
    kind: Kind
    url: str
    register: str = ""
    entry: str = ""
    count: int = 1
    more: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self, *, site: str = "") -> dict[str, Any]:
        """Return the change as programs are told it; `site` goes before its addresses."""
        api = ""
        if self.entry:
            api = f"/api/v1/registers/{self.register}/{self.entry}"
        elif self.register:
            api = f"/api/v1/changes/{self.position}/rows"
        return {
            "position": self.position, "at": self.at.isoformat(), "kind": self.kind.value,
            "register": self.register or None, "entry": self.entry or None,
            "url": site + self.url, "api_url": site + api if api else None,
            "count": self.count, "about": dict(self.more),
        }  # fmt: skip


def told(event: Event, kind: Kind, url: str, **about: Any) -> Change:
    """Return an event as a change of a kind."""
    return Change(event.pk, event.happened_at, kind, url, **about)


def _text(event: Event, reader: Reader) -> Change:
    """Tell a text: the code's text is everybody's."""
    version = event.subject.removeprefix("code-versions/")
    is_version = version != event.subject
    known = ("inserted", "deleted", "changed", "moved")
    documents = [
        {"document": each["document"], **{name: each.get(name) or 0 for name in known}}
        for each in event.details.get("documents", ())
    ]
    more = {
        "version": version if is_version else None,
        "effective_on": event.details.get("effective_on") or event.details.get("on"),
        "documents": documents,
    }
    href = reverse("reading:contents")
    if is_version:
        href = reverse("releases:version", args=[address_of(version)])
    return told(event, _TEXTS[event.action], href, count=len(documents) or 1, more=more)


def _paper(event: Event, reader: Reader) -> Change | None:
    paper, _, month = event.subject.partition("/")
    try:
        marking = marking_of_paper(paper)
    except LookupError:
        return None
    if not may_read(reader, marking):
        return None
    version = event.details.get("version", 1)
    href = reverse("reports:version", args=[paper, month, version])
    return told(event, Kind.PAPER_ISSUED, href,
                more={"paper": paper, "month": month, "version": version})  # fmt: skip


def _change_set(event: Event, reader: Reader) -> Change | None:
    found = change_set_named(event.subject.removeprefix("change-sets/"))
    if found is None or not may_read_change_set(reader, found.paper_class):
        return None
    more = {
        "change_set": found.name, "version": event.details.get("version", 1),
        "proposal": found.proposal.label if found.proposal else None,
    }  # fmt: skip
    href = reverse("releases:change-set", args=[found.name])
    return told(event, Kind.CHANGE_SET_SAVED, href, more=more)


def _release(event: Event, reader: Reader) -> Change:
    name, version = event.subject.removeprefix("releases/"), event.details.get("version")
    href = reverse("releases:release", args=[address_of(name)])
    return told(event, Kind.RELEASE_PUBLISHED, href, more={"release": name, "version": version})


_TEXTS = {
    "text.import": Kind.TEXT_IMPORTED,
    "text.publication": Kind.TEXT_PUBLISHED,
    "text.correction": Kind.TEXT_CORRECTED,
}
# What no line here tells is not told: who signed in, what was mailed, who may do what.
TELLERS: Mapping[str, Callable[[Event, Reader], Change | None]] = {
    **dict.fromkeys(_TEXTS, _text),
    "paper.issue": _paper,
    "change-set.save": _change_set,
    "change-set.rebase": _change_set,
    "release.publish": _release,
}
