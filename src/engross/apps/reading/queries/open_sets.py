"""The open change sets that a reader may see, and the proposals whose legal text they are."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, OuterRef, Subquery

from engross.apps.audit.queries import latest_event_hash
from engross.apps.proposals.models import ProposalDetails
from engross.apps.reading.queries.keeping import Kept
from engross.apps.registers.queries import active_code
from engross.apps.releases.models import ChangeSetVersion
from engross.apps.releases.queries import may_read_change_set
from engross.core.access import Reader
from engross.core.proposals.histories import APPROVED, Stage, stage_named


@dataclass(frozen=True)
class SetSeen:
    """A change set by its last version: what it is called, whose it is, and how that stands.

    `proposal` is the proposal's identifier, '' where it has none yet; `stage` the key of its
    stage. `published_in` is the version that took it in, '' while it is open. `kept` names what
    it says, for what is made of it. `paper_class` says who may read it, '' for everybody.
    """

    name: str
    title: str
    number: int
    base_version: str
    proposal: str
    proposal_key: str
    proposal_title: str
    stage: str
    published_in: str
    pk: int
    hash: str
    base_hash: str
    paper_class: str

    @property
    def kept(self) -> tuple[int, str]:
        """What a cache knows the version by."""
        return self.pk, self.hash

    @property
    def label(self) -> str:
        """What people call it: the proposal, else the name of the set."""
        return self.proposal or self.name

    @property
    def says(self) -> str:
        """What it is about, in the words of the set, else of the proposal."""
        return self.title or self.proposal_title

    @property
    def standing(self) -> Stage | None:
        """The stage of its proposal; None where it has none, or none is recorded."""
        return stage_named(active_code(), self.stage)

    @property
    def is_open(self) -> bool:
        """Say whether it can still come into the text."""
        return not self.published_in and is_living(self.stage)

    @property
    def is_approved(self) -> bool:
        """Say whether its proposal is approved and waits for its release."""
        return self.standing is not None and self.standing.counted_as == APPROVED


def is_living(stage: str) -> bool:
    """Say whether a proposal at a stage can still change the text; one without a stage can."""
    known = stage_named(active_code(), stage)
    return known is None or known.is_open or known.counted_as == APPROVED


_FIELDS = (
    "change_set__name", "change_set__title", "number", "base_version__key",
    "change_set__proposal__label", "change_set__proposal__key", "titled",
    "change_set__proposal__stage", "change_set__published_in__key", "pk", "hash", "base_hash",
    "change_set__paper_class",
)  # fmt: skip


def sets_seen(reader: Reader) -> list[SetSeen]:
    """Return every change set that a reader may see, by name, whatever became of it: one query."""
    return list(_seen(reader))


def open_sets(reader: Reader) -> list[SetSeen]:
    """Return the change sets that may still change the text, by name: one query.

    All of them are read anew when anything at all was recorded since.
    """
    name = latest_event_hash()
    known = _kept.made(name, _open_sets)
    return [each for each in known if may_read_change_set(reader, each.paper_class)]


def _open_sets() -> list[SetSeen]:
    return [each for each in _all(published_in__isnull=True) if each.is_open]


def sets_published_in(versions: Collection[str], reader: Reader) -> list[SetSeen]:
    """Return the change sets that versions of the code took in, by name: one query."""
    return list(_seen(reader, published_in__key__in=sorted(versions)))


def _seen(reader: Reader, **only: Any) -> Iterator[SetSeen]:
    return (each for each in _all(**only) if may_read_change_set(reader, each.paper_class))


def _all(**only: Any) -> Iterator[SetSeen]:
    versions = ChangeSetVersion.objects.annotate(last=Max("change_set__versions__number"))
    # What was parted into tranches lives on in its parts.
    whole = versions.filter(number=F("last"), change_set__parted_at__isnull=True)
    rows = whole.filter(**{f"change_set__{key}": only[key] for key in only})
    titles = ProposalDetails.objects.known_at(None).filter(
        proposal=OuterRef("change_set__proposal")
    )
    titled = rows.annotate(titled=Subquery(titles.order_by("pk").values("title")[:1]))
    for row in titled.order_by("change_set__name").values_list(*_FIELDS):
        values: Any = ["" if value is None else value for value in row]
        yield SetSeen(*values)


_kept: Kept[str, list[SetSeen]] = Kept(4)
