"""What people ask of the list of proposals, under names of their own."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class SavedFilter(models.Model):
    """What a person asks of the list of proposals, under a name of their own."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="proposal_filters"
    )
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)
    is_default = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="savedfilter_name_once"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_default=True), name="savedfilter_one_default"
            ),
        ]

    def __str__(self) -> str:
        return self.name
