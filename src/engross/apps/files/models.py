"""What stands behind the rule about classes: persons named for an entry."""

from django.conf import settings
from django.db import models


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
