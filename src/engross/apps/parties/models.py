"""The Parties to the code, and what held of each from when until when."""

from django.db import models

from engross.apps.registers.models import (
    HeldRow,
    Identity,
    RecordedRow,
    live_key,
    option_field,
)


class Party(Identity):
    """A Party, for good: its name and category may change, this does not."""


class PartyDetails(HeldRow):
    """What a Party was called from a day until another."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="details")
    legal_name = models.CharField(max_length=200)
    trading_name = models.CharField(max_length=200, blank=True)
    signifier = models.CharField(max_length=40, blank=True)
    company_number = models.CharField(max_length=40, blank=True)

    class Meta(HeldRow.Meta):
        constraints = [
            *HeldRow.Meta.constraints,
            live_key("partydetails", "party", "held_from"),
        ]
        indexes = [
            *HeldRow.Meta.indexes,
            models.Index(fields=["legal_name", "party"], name="partydetails_by_name"),
        ]

    def __str__(self) -> str:
        return self.legal_name


class CategorySpell(HeldRow):
    """The Party Category that a Party was in from a day until another."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="categories")
    category = option_field()

    class Meta(HeldRow.Meta):
        constraints = [
            *HeldRow.Meta.constraints,
            live_key("categoryspell", "party", "held_from"),
        ]
        indexes = [
            *HeldRow.Meta.indexes,
            models.Index(fields=["category", "held_from"], name="categoryspell_by_category"),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.category}"


class VotingGroupSpell(HeldRow):
    """The Voting Group that a Party was in from a day until another."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="voting_groups")
    voting_group = models.CharField(max_length=120)

    class Meta(HeldRow.Meta):
        constraints = [
            *HeldRow.Meta.constraints,
            live_key("votinggroupspell", "party", "held_from"),
        ]
        indexes = [
            *HeldRow.Meta.indexes,
            models.Index(fields=["voting_group"], name="votinggroupspell_by_group"),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.voting_group}"


class PartyEvent(RecordedRow):
    """Something that happened to a Party on a day: it acceded, withdrew, was expelled."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="events")
    event = option_field()
    happened_on = models.DateField()
    day_known = models.BooleanField(default=True)
    ground = models.CharField(max_length=300, blank=True)
    clause = models.CharField(max_length=60, blank=True)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("partyevent", "party", "event", "happened_on"),
        ]
        indexes = [
            *RecordedRow.Meta.indexes,
            models.Index(fields=["event", "happened_on"], name="partyevent_by_event"),
            models.Index(fields=["happened_on"], name="partyevent_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.event} {self.happened_on}"


class MarketEntry(RecordedRow):
    """A step of market entry that a Party completed for a User Role."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="market_entries")
    process = option_field()
    user_role = option_field(blank=True)
    completed_on = models.DateField()
    day_known = models.BooleanField(default=True)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("marketentry", "party", "process", "user_role"),
        ]
        indexes = [
            *RecordedRow.Meta.indexes,
            models.Index(fields=["process", "completed_on"], name="marketentry_by_process"),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.process} {self.user_role}"
