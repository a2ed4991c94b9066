"""Who is told by mail of a consultation, and the link by which somebody comes back to an answer."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from engross.apps.accounts.models import User
from engross.apps.consultations.models import Consultation, Response, ResponseVersion
from engross.apps.consultations.queries import address_of, kind_of, people_in_mail, people_to_spare
from engross.apps.dates.queries import calendar_of_the_code, working_days_left
from engross.apps.mail.commands import Letter, queue_mail
from engross.apps.notices.commands import send_notice


def _about(consultation: Consultation) -> dict[str, Any]:
    return {"about": str(consultation), "link": address_of(consultation)}


def tell_opened(
    consultation: Consultation, *, on: date, at: datetime, extended_because: str = ""
) -> None:
    """Tell those who are asked that a consultation is open, and until when."""
    left = None
    if consultation.closes_on:
        left = working_days_left(calendar_of_the_code(), on, consultation.closes_on)
    kind = kind_of(consultation).name
    if extended_because:
        kind = f"{kind}, open for longer than was said: {extended_because}"
    context = {"kind": kind, "closes": consultation.closes_at, "working_days": left}
    once = f"{consultation.reference}/{consultation.closes_on}"
    send_notice("consultation-opened", **_about(consultation), context=context,
                categories=consultation.categories, at=at, once=once)  # fmt: skip


def remind(consultation: Consultation, *, on: date, at: datetime) -> None:
    """Remind those who are asked, or have begun, and have not handed anything in."""
    left = None
    if consultation.closes_on:
        left = working_days_left(calendar_of_the_code(), on, consultation.closes_on)
    context = {"closes": consultation.closes_at, "working_days_left": left}
    send_notice(
        "consultation-reminder", **_about(consultation), context=context,
        categories=consultation.categories, people=people_in_mail(consultation),
        without=people_to_spare(consultation, on=on), at=at,
        once=f"{consultation.reference}/{consultation.closes_on}",
    )  # fmt: skip


def tell_closed(consultation: Consultation, *, answers: int, at: datetime) -> None:
    """Tell those who answered that a consultation closed, and how many answers there are."""
    after = "The answers are laid side by side; what may be public is published"
    send_notice(
        "consultation-closed", **_about(consultation), context={"answers": answers, "next": after},
        people=people_in_mail(consultation, handed_in=True), at=at, once=consultation.reference,
    )  # fmt: skip


def confirm_receipt(
    consultation: Consultation, response: Response, version: ResponseVersion, *, at: datetime
) -> None:
    """Tell whoever handed a response in that it came, and whether it came late."""
    late = ""
    if version.is_late:
        late = "It came after the close: whether it counts is decided one by one."
    person: User | str | None = version.saved_by or response.email or None
    if person is None:
        return
    reference = f"{consultation.reference}-{response.pk}, version {version.number}"
    context = {"received": version.submitted_at, "reference": reference, "late": late}
    send_notice("answer-received", **_about(consultation), context=context,
                people={"respondents": [person]}, at=at,
                once=f"{response.key}/{version.number}")  # fmt: skip


def mail_link(
    consultation: Consultation, email: str, name: str, secret: str, *, at: datetime
) -> None:
    """Mail the link by which somebody without an account comes back to what they began."""
    path = reverse("consultations:answer", args=[secret])
    context = {"consultation": consultation, "name": name,
               "link": urljoin(settings.SITE_URL, path)}  # fmt: skip
    queue_mail(Letter("consultations/link", email, context, is_secret=True), at=at)
