"""Consultations, what they ask, and every version of every response to them."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from engross.apps.parties.models import Party
from engross.apps.proposals.models import Proposal
from engross.apps.registers.models import RecordedRow, live_key, option_field

# Plain values: a migration must not need the core.
STATES = ("draft", "open", "closed", "published")
SHAPES = ("choice", "text", "cost")
LATE_DECISIONS = ("", "taken", "left-out")


class Consultation(models.Model):
    """Something that the code's administrator asks Parties and others, until a day."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    kind = option_field()
    proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="consultations"
    )
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True, help_text="What the issue is.")
    solution = models.TextField(blank=True, help_text="What is proposed.")
    audience = models.TextField(blank=True, help_text="Who should respond, and why.")
    categories = models.JSONField(default=list, help_text="Party Categories asked; empty: all.")
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES], default="draft")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    conclusion = models.TextField(blank=True, help_text="What came of it, in a few sentences.")

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="consultation_state_known"),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(opened_at__isnull=False, closes_on__isnull=False, closes_at__isnull=False),
                name="consultation_open_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(closes_on__gt=F("opened_on")),
                name="consultation_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "open")) | Q(closed_at__isnull=False),
                name="consultation_closed_at_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="consultation_published_at_known",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "closes_at"], name="consultations_by_state"),
            models.Index(fields=["proposal", "number"], name="consultations_of_proposal"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def reference(self) -> str:
        """What it is called for good, such as CON012."""
        return f"CON{self.number:03}"


class Extension(models.Model):
    """That a consultation was left open for longer, and why."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="extensions"
    )
    closed_on = models.DateField(help_text="The day on which it would have closed.")
    closes_on = models.DateField()
    reason = models.TextField()
    extended_at = models.DateTimeField()

    class Meta:
        ordering = ("extended_at", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closes_on__gt=F("closed_on")), name="extension_is_longer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.closed_on} to {self.closes_on}"


class Question(models.Model):
    """One question of a consultation; fixed once it is open, but for what came of it."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="questions"
    )
    number = models.PositiveSmallIntegerField()
    kind = option_field()
    shape = models.CharField(max_length=10, choices=[(s, s) for s in SHAPES])
    asks = models.TextField()
    help = models.TextField(blank=True)
    answers = models.JSONField(default=list)
    has_reasons = models.BooleanField(default=False)
    is_required = models.BooleanField(default=False)
    you_said = models.TextField(blank=True)
    we_did = models.TextField(blank=True)

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "number"], name="question_number_once"),
            models.CheckConstraint(condition=Q(shape__in=SHAPES), name="question_shape_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.asks}"


class Response(models.Model):
    """What one Party, or one person by a link, has to say; its versions hold the answers.

    Of a Party there is one, whoever of its people writes. Of a link only the digest is kept.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="responses"
    )
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="responses"
    )
    digest = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    category = option_field(blank=True)
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ("begun_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consultation", "party"],
                condition=Q(party__isnull=False),
                name="response_one_of_a_party",
            ),
            models.UniqueConstraint(
                fields=["digest"], condition=~Q(digest=""), name="response_link_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Response {self.pk} to {self.consultation_id}"  # names nobody in logs


class ResponseVersion(models.Model):
    """A response as it was handed in; the one that was not yet is a draft, at most one.

    `saves` counts how often a draft was saved: who saves says which one they saw.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    saves = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    is_anonymous = models.BooleanField(default=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(default=False)
    late_decision = models.CharField(
        max_length=10, choices=[(d, d) for d in LATE_DECISIONS], blank=True
    )
    late_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["response", "number"], name="responseversion_number_once"
            ),
            models.UniqueConstraint(
                fields=["response"],
                condition=Q(submitted_at__isnull=True),
                name="responseversion_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(late_decision="") | Q(is_late=True, late_reason__gt=""),
                name="responseversion_late_decided_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of response {self.response_id}"

    @property
    def is_draft(self) -> bool:
        """Say whether it was not handed in yet."""
        return self.submitted_at is None


class Answer(models.Model):
    """What a version answers to one question, with its own class."""

    version = models.ForeignKey(ResponseVersion, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="given")
    choice = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True)
    least_pence = models.BigIntegerField(null=True, blank=True)
    most_pence = models.BigIntegerField(null=True, blank=True)
    paper_class = option_field()

    class Meta:
        ordering = ("question__number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "question"], name="answer_once"),
            models.CheckConstraint(
                condition=Q(most_pence__isnull=True) | Q(most_pence__gte=F("least_pence")),
                name="answer_cost_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk}"


class IndustryConsultation(RecordedRow):
    """A consultation that somebody else runs, listed with where to answer it."""

    organisation = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    opened_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    link = models.URLField(max_length=500)
    about = models.CharField(max_length=1000, blank=True)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("industryconsultation", "organisation", "title"),
        ]
        indexes = [
            *RecordedRow.Meta.indexes,
            models.Index(fields=["closes_on"], name="industry_by_close"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.title}"
