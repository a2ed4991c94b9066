"""The versions of the code as a whole."""

from django.db import models

from engross.apps.registers.models import Identity, RecordedRow, live_key, option_field


class CodeVersion(Identity):
    """A version of the code, known by its number."""


class CodeVersionDetails(RecordedRow):
    """When a version took effect, when it was published, and why it was made."""

    version = models.ForeignKey(CodeVersion, on_delete=models.PROTECT, related_name="details")
    effective_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)
    cause = option_field(blank=True)
    key_changes = models.CharField(max_length=1000, blank=True)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("codeversiondetails", "version"),
        ]
        indexes = [
            *RecordedRow.Meta.indexes,
            models.Index(fields=["effective_on"], name="codeversion_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.version} from {self.effective_on}"
