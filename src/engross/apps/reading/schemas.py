"""The shapes in which the API tells the text: canonical JSON, and what stands around it.

Days are local to the code. Spans (`start`, `end`) are counted in Unicode code points of the text
that they speak of, from 0; `end` is the first place that is no longer covered. An `address` is how
people name a clause (`Section D7.2`), a `slug` how web addresses do (`section/D/7.2`), a `key` what
names it in change sets: its permanent id, else its document and place.
"""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from engross.apps.registers.api import PageOf


class Mark(Schema):
    """A mark over part of a text; `note` is a footnote's text or a link's address."""

    kind: str
    start: int
    end: int
    note: str | None = None


class CellTable(Schema):
    """A table by its rows; rows may differ in length."""

    rows: list[list[str]]


class Clause(Schema):
    """A provision in canonical JSON, with what stands under it."""

    id: str | None = Field(description="Its permanent id, never used again; null without one")
    number: str = Field(description="Its whole number as printed: D7.2(a); empty without one")
    heading: str | None
    text: str
    inlines: list[Mark] | None = None
    table: CellTable | None = None
    children: list["Clause"]


class DocumentText(Schema):
    """A document in canonical JSON."""

    document: str
    title: str
    language: str
    provisions: list[Clause]


class Place(Schema):
    """Where something stands."""

    key: str
    address: str
    slug: str
    url: str = Field(description="The page of it, as at the day asked for")


class DocumentItem(Schema):
    """A document as at a day: its own version, since when it reads so, and how long it is."""

    document: str
    slug: str
    url: str
    title: str
    number: str | None = Field(None, description="The number of this version of the document")
    effective_from: date | None = Field(None, description="From which day it reads so")
    provisions: int = Field(description="How many provisions it has")


class DocumentPage(PageOf):
    """A page of documents, in the order of the code."""

    as_at: date
    rows: list[DocumentItem]


class SideSaid(Schema):
    """One of the things that cannot stand together, and which change sets want it."""

    change_sets: list[str]
    text: str | None = None


class ConflictItem(Schema):
    """What change sets do that cannot stand together; `base` is what stands there now."""

    id: str
    kind: str
    key: str
    address: str
    base: str | None = None
    sides: list[SideSaid]


class LeftOutItem(Schema):
    """A change set that cannot be put into the text of the day at all, and why."""

    change_set: str
    reasons: list[str]


class SwitchedOn(Schema):
    """The change sets that are switched on, and what of them is not in the text."""

    change_sets: list[str]
    conflicts: list[ConflictItem]
    left_out: list[LeftOutItem]


class EvidenceSpan(Schema):
    """The words that tell, in the text of the provision at `address`."""

    address: str
    start: int
    end: int
    words: str


class DutyItem(Place):
    """That a provision obliges, entitles or mentions a Party Category, and why.

    By rule it has `evidence`; `inherited` means in a lead-in above it. By a person it has `reason`.
    """

    sense: str = Field(description="obliges, entitles or mentions")
    inherited: bool
    reason: str | None = None
    decided_on: date | None = Field(None, description="The day on which a person decided it")
    evidence: EvidenceSpan | None = None


class DocumentEntry(DocumentItem):
    """A document as at a day, with its text in canonical JSON."""

    as_at: date
    known_at: datetime | None = None
    hash: str = Field(description="SHA-256 of the canonical JSON of `text`")
    notices: list[str] = Field(description="What has to be said of the text wherever it is shown")
    switched_on: SwitchedOn | None = None
    applies: list[DutyItem] | None = Field(None, description="With `for`: what applies to it")
    text: DocumentText


class ProvisionItem(Place):
    """A provision without what stands under it."""

    id: str | None = None
    document: str
    number: str
    parent: str | None = Field(None, description="The key of what it stands under")
    depth: int = Field(description="1 at the top of a document")
    heading: str | None = None
    text: str
    inlines: list[Mark] | None = None
    table: CellTable | None = None
    hash: str = Field(description="The name of the wording: the same where the words are the same")


class ProvisionPage(PageOf):
    """A page of provisions, in reading order."""

    as_at: date
    switched_on: SwitchedOn | None = None
    rows: list[ProvisionItem]


class StepItem(Schema):
    """How a clause stood from one day until another, and what made it so.

    `happened` says how it differs from the step before: appeared, reworded, renumbered, moved,
    taken away, came back.
    """

    since: date
    until: date | None = Field(None, description="The first day on which it no longer held")
    happened: list[str]
    address: str
    heading: str | None = None
    text: str
    version: str | None = Field(None, description="The version of the code that made it so")
    proposals: list[str]
    change_sets: list[str]
    reason: str | None = None


class ProvisionEntry(Schema):
    """A provision by its permanent id: as at a day, and all that became of it."""

    id: str
    as_at: date
    standing: Place | None = Field(None, description="Where it stands on the day; null if nowhere")
    provision: Clause | None = None
    switched_on: SwitchedOn | None = None
    history: list[StepItem]


class ComparisonSummary(Schema):
    """A comparison in figures: entries by kind, provisions, and words put there or taken away."""

    kinds: dict[str, int]
    provisions: dict[str, int]
    tokens: dict[str, int]


class ComparisonPage(PageOf):
    """A page of what differs between two texts, in reading order.

    Each row is an entry as `engross text compare --json` prints it: `kinds`, the addresses `old`
    and `new` within the `document`, and `tokens`, each a sign (= kept, - taken away, + put there)
    and its words.
    """

    old: str
    new: str
    document: str | None = None
    switched_on: SwitchedOn | None = None
    summary: ComparisonSummary
    rows: list[dict[str, Any]]


class TermItem(Schema):
    """A defined term; `scope` is the document or clause in which it binds, null for everywhere."""

    term: str
    slug: str
    url: str
    scope: str | None = None
    definitions: int


class TermPage(PageOf):
    """A page of defined terms, from A to Z."""

    as_at: date
    rows: list[TermItem]


class MeaningItem(Schema):
    """One definition: full, inline (made in passing), or a pointer to where the meaning stands."""

    kind: str
    defined_at: Place
    texts: list[str] = Field(description="The words that define it, its limbs one by one")
    pointed_at: list[str] = Field(description="What a pointer points at, word for word")


class TermEntry(TermItem):
    """A defined term with its meanings and where it is used."""

    as_at: date
    meanings: list[MeaningItem]
    uses: int
    uses_by_document: dict[str, int]
    used_at: list[Place] = Field(description="The first 200 provisions that use it")


class ReferenceItem(Schema):
    """A cross reference: the clause that holds it, its words there, and the clauses it names."""

    source: Place
    start: int
    end: int
    words: str
    kind: str = Field(description="internal, external, or how else it names its target")
    status: str = Field(
        description="resolved, unresolved, heading mismatch, not used (removed) or external"
    )
    names: str = Field(description="What it names, written out")
    targets: list[Place]


class ReferencePage(PageOf):
    """A page of cross references, in reading order."""

    as_at: date
    rows: list[ReferenceItem]


class DutyPage(PageOf):
    """A page of what obliges, entitles or mentions a Party Category.

    `counts` has for each document how many provisions do each, whichever page this is.
    """

    as_at: date
    category: str
    counts: dict[str, dict[str, int]]
    rows: list[DutyItem]


class ChangeSetItem(Schema):
    """A change set by its last version."""

    change_set: str
    url: str
    title: str | None = None
    proposal: str | None = None
    stage: str | None = Field(None, description="The stage of its proposal: a key of the list "
                              "proposal_stages")  # fmt: skip
    is_open: bool = Field(description="Whether it can still come into the text")
    published_in: str | None = Field(None, description="The version of the code that took it in")
    base_version: str = Field(description="The version of the code that it was drafted on")
    version: int = Field(description="The number of its last version")


class ChangeSetPage(PageOf):
    """A page of change sets, by name."""

    rows: list[ChangeSetItem]


class SavedVersion(Schema):
    """A version of a change set, and when it was saved."""

    version: int
    saved_at: datetime
    note: str | None = None
    hash: str = Field(description="SHA-256 of what it says")


class ChangeSetEntry(ChangeSetItem):
    """A change set with what one of its versions says; `said` is a change set in canonical JSON."""

    versions: list[SavedVersion]
    shown: int = Field(description="Which version `said` is")
    said: dict[str, Any]


class ChangeSetGiven(Schema):
    """A change set to save: `said` in canonical JSON, drafted on the text of `base_version`."""

    base_version: str = Field(max_length=60)
    said: dict[str, Any]
    proposal: str = Field("", max_length=120, description="For a new set: whose text it is")
    title: str = Field("", max_length=300)
    note: str = Field("", max_length=2000, description="Why it is saved")
