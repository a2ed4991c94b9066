"""What stands behind the rule about classes: stored files, persons named, and who read what."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class NamedReader(models.Model):
    """A person named for one entry of a register: what reaches the persons named reaches them.

    Whom a Red paper names is assumed to be told apart from who attended its meeting: the
    secretary names the persons, paper by paper.
    """

    register = models.CharField(max_length=60)
    entry = models.UUIDField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "entry", "person"], name="namedreader_once_for_each_entry"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.register} {self.entry}"


class StoredFile(models.Model):
    """A file that was handed in, with what it was found to be. Its content never changes."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, help_text="As it is downloaded, cleaned.")
    content = models.FileField(upload_to="stored", max_length=200)
    content_type = models.CharField(max_length=120, help_text="Found in the content, not told.")
    size = models.PositiveBigIntegerField(help_text="In bytes.")
    sha256 = models.CharField(max_length=64)
    # Plain keys: the list of classes, the Parties and the registers are the code's own.
    paper_class = models.CharField(max_length=60)
    register = models.CharField(max_length=60, blank=True, help_text="Of the entry it goes with.")
    entry = models.UUIDField(null=True, blank=True)
    party = models.CharField(max_length=120, blank=True, help_text="Key of whose own it is.")
    body = models.CharField(max_length=60, blank=True, help_text="Key of whom it was written for.")
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(register="", entry__isnull=True)
                | (~Q(register="") & Q(entry__isnull=False)),
                name="storedfile_goes_with_a_whole_entry",
            )
        ]
        indexes = [models.Index(fields=["register", "entry"], name="files_of_entry")]
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class ReadLog(models.Model):
    """That somebody read what reaches a circle or the persons named. Rows are added only.

    One line tells one answer's reading of one register, or of one file, paper or figure.
    """

    read_at = models.DateTimeField(db_index=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        help_text="None for a command on the machine itself.",
    )  # fmt: skip
    kind = models.CharField(max_length=60, help_text="A register, or 'file', 'paper', 'figure'.")
    title = models.CharField(max_length=300, help_text="What was read, as a person knows it.")
    entries = models.JSONField(default=list, help_text="The first of the entries read.")
    count = models.PositiveIntegerField(default=1)
    source = models.CharField(max_length=200, blank=True, help_text="The door, and from where.")

    class Meta:
        ordering = ("-read_at", "-pk")

    def __str__(self) -> str:
        return f"{self.title} read at {self.read_at:%Y-%m-%d %H:%M}"


class ReadOwner(models.Model):
    """A Party whose own was among what was read, so that it can be shown the reading."""

    read = models.ForeignKey(ReadLog, on_delete=models.CASCADE, related_name="owners")
    party = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["read", "party"], name="readowner_once_for_each_read")
        ]
        indexes = [models.Index(fields=["party", "read"], name="reads_by_owner")]

    def __str__(self) -> str:
        return self.party
