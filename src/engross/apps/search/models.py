"""What can be found: an entry for each thing, the words of all of them, and how far it goes.

Clauses are not among the entries: the text of the code keeps its own index (see legaltext), so
that they are found as they stand on any day. All of this can be made anew from the registers.
"""

from django.db import models

from engross.apps.registers.models import option_field
from engross.core.access import Reach


class SearchEntry(models.Model):
    """One thing that can be found, as its source tells it, and how it is marked.

    `key` is its lasting name within the source. It is found as at the days from `day_from` until
    `day_until`; an open end is None. The database itself keeps the index of title and body
    (migrations).
    """

    source = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=600)
    body = models.TextField(blank=True)
    href = models.CharField(max_length=600)
    day_from = models.DateField(null=True, blank=True)
    day_until = models.DateField(null=True, blank=True)
    paper_class = option_field(blank=True)
    reach = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Reach])
    body_key = option_field(blank=True, help_text="The body in whose circle it is.")
    weight = models.FloatField(default=1.0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="searchentry_once"),
            models.CheckConstraint(
                condition=models.Q(reach__in=[each.value for each in Reach]),
                name="searchentry_reach_is_known",
            ),
        ]
        indexes = [models.Index(fields=["kind", "day_from"], name="searchentry_by_kind")]

    def __str__(self) -> str:
        return f"{self.source}/{self.key}"


class EntryKey(models.Model):
    """A key of an entry: a name that leads to it, its categories, whom it is marked for."""

    class Kind(models.TextChoices):
        NAME = "name"
        CATEGORY = "category"
        PARTY = "party"
        PERSON = "person"

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="keys")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["kind", "key"], name="entrykey_by_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class SearchWord(models.Model):
    """A word that something which everybody may read holds, and how many such things do.

    Mistakes in typing are corrected by these words, so that no correction tells of what its
    reader may not see.
    """

    word = models.CharField(max_length=40, primary_key=True)
    uses = models.IntegerField()

    def __str__(self) -> str:
        return self.word


class SourceState(models.Model):
    """How far a source has been read: the last event of the audit that its entries know of.

    `recorded` is the last recording of text whose words are known, for the source of clauses.
    """

    source = models.CharField(max_length=40, primary_key=True)
    position = models.BigIntegerField(default=0)
    recorded = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.source} until {self.position}"
