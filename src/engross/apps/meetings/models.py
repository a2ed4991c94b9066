"""Meetings of bodies, and the papers that went to them."""

from django.db import models

from engross.apps.registers.models import Identity, RecordedRow, live_key, option_field


class Meeting(Identity):
    """A meeting, known by a name that lasts, such as SSC_132 or TAG_82X."""


class MeetingDetails(RecordedRow):
    """When a meeting is or was held, by which body, and what came of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="details")
    body = option_field()
    number = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    is_cancelled = models.BooleanField(default=False)
    hosted_by = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=2000, blank=True)
    link = models.CharField(max_length=300, blank=True)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("meetingdetails", "meeting"),
        ]
        indexes = [
            *RecordedRow.Meta.indexes,
            models.Index(fields=["held_on"], name="meetingdetails_by_day"),
            models.Index(fields=["body", "held_on"], name="meetingdetails_by_body"),
        ]

    def __str__(self) -> str:
        return self.title


class MeetingPaper(RecordedRow):
    """A paper that went, or is to go, to a meeting."""

    reference = models.CharField(max_length=60)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="papers")
    title = models.CharField(max_length=300)
    paper_class = option_field()
    action = option_field(blank=True)
    written_on = models.DateField(null=True, blank=True)
    report = models.CharField(max_length=60, blank=True)
    month = models.DateField(null=True, blank=True, help_text="The first day of the month.")
    link = models.CharField(max_length=300, blank=True)

    class Meta(RecordedRow.Meta):
        constraints = [*RecordedRow.Meta.constraints, live_key("meetingpaper", "reference")]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class AgendaItem(RecordedRow):
    """What a meeting is to deal with, in its order; perhaps a proposal, by its lasting key."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    proposal = models.CharField(max_length=40, blank=True)
    paper = models.CharField(max_length=60, blank=True, help_text="The reference of its paper.")
    action = option_field(blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    paper_class = option_field()

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("agendaitem", "meeting", "position"),
        ]
        indexes = [
            *RecordedRow.Meta.indexes,
            models.Index(fields=["proposal"], name="agendaitem_by_proposal"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"
