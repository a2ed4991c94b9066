"""What a person left behind: mail, reads, events and the reasons they gave; told and erased."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import CharField, Q, QuerySet, TextField

from engross.apps.accounts.models import User
from engross.apps.audit.commands import erase_fields, record_event
from engross.apps.audit.models import Event
from engross.apps.crosscode.models import MonthlySheet
from engross.apps.files.models import ReadLog, StoredFile
from engross.apps.legaltext.models import Recording
from engross.apps.mail.models import Mail
from engross.apps.operations.commands.personal.accounts import ERASED_DOMAIN, Rows, is_erased, told
from engross.apps.proposals.models import MoveMade, ProblemStatement
from engross.apps.registers.models import ImportRun, RecordedRow
from engross.apps.registers.registers import all_registers
from engross.apps.releases.models import (
    AcceptedFinding,
    ChangeSetVersion,
    Composition,
    ConflictResolution,
)
from engross.apps.reports.models import IssuedPaper
from engross.apps.timetables.models import Timetable
from engross.core.audit import ERASED, FIELDS

SHORTEST_NAME = 5
SIGNED: tuple[tuple[type[Any], str, str], ...] = (
    (ImportRun, "imported_by", "imported_at"),
    (Recording, "recorded_by", "recorded_at"),
    (MonthlySheet, "taken_by", "taken_at"),
    (ChangeSetVersion, "made_by", "made_at"),
    (Composition, "made_by", "made_at"),
    (Composition, "withdrawn_by", "withdrawn_at"),
    (ConflictResolution, "made_by", "made_at"),
    (AcceptedFinding, "made_by", "made_at"),
    (IssuedPaper, "issued_by", "issued_at"),
    (MoveMade, "made_by", "made_at"),
    (Timetable, "made_by", "made_at"),
    (ProblemStatement, "submitted_by", "submitted_at"),
    (ProblemStatement, "commented_by", "commented_at"),
    (StoredFile, "stored_by", "stored_at"),
)


def names_of(user: User) -> list[str]:
    """Return the words by which texts may name a person: the address, and a name of two words."""
    if is_erased(user):
        return []
    is_telling = len(user.name) >= SHORTEST_NAME and " " in user.name.strip()
    return [user.email, *([user.name.strip()] if is_telling else [])]


def _mail_of(user: User) -> "QuerySet[Mail]":
    return Mail.objects.filter(Q(to_person=user) | Q(to_address__iexact=user.email))


def mail_told(user: User) -> Rows:
    """Return the mail that was sent to the person, or is to be."""
    return told(_mail_of(user), "to_address", "subject", "queued_at", "sent_at", "state")


def erase_mail(user: User, at: datetime) -> int:
    """Empty the mail to the person; what was not sent yet is not sent."""
    return _empty(_mail_of(user))


def forget_mail(before: datetime, at: datetime) -> int:
    """Empty the mail that was queued before a moment and is not to be sent any more."""
    old = Mail.objects.filter(queued_at__lt=before).exclude(state="queued")
    return _empty(old.exclude(to_address__endswith=f"@{ERASED_DOMAIN}"))


def _empty(mails: "QuerySet[Mail]") -> int:
    count = 0
    for mail in mails:
        mail.to_address = f"mail-{mail.pk}@{ERASED_DOMAIN}"
        mail.subject, mail.text, mail.html, mail.unsubscribe_url, mail.error = (
            ERASED,
            "",
            "",
            "",
            "",
        )
        mail.state = "failed" if mail.state == "queued" else mail.state
        mail.save()
        count += 1
    return count


def reads_told(user: User) -> Rows:
    """Return what of Amber and Red the person read."""
    return told(ReadLog.objects.filter(person=user), "read_at", "title", "count", "source")


def erase_reads(user: User, at: datetime) -> int:
    """Empty from where the person read; that somebody read stays for the owner to see."""
    return ReadLog.objects.filter(person=user).exclude(source="").update(source="")


def forget_reads(before: datetime, at: datetime) -> int:
    """Remove the reads from before a moment."""
    return ReadLog.objects.filter(read_at__lt=before).delete()[0]


def events_told(user: User) -> Rows:
    """Return what the person did."""
    fields = ("id", "happened_at", "action", "subject", "reason", "source")
    return told(Event.objects.filter(by=user), *fields)


def erase_events(user: User, at: datetime) -> int:
    """Empty from where the person acted, and every field of any event that names them."""
    named = dict(_fields_naming(names_of(user), by=user))
    if named:
        erase_fields(named, by=None, at=at, reason="At the person's request")
    return len(named)


def _fields_naming(names: list[str], *, by: User) -> Iterator[tuple[int, list[str]]]:
    """Return by event the fields to empty; every event is read, for any may name a person."""
    needles = [name.casefold() for name in names]
    for event in Event.objects.order_by("pk").iterator(2000):
        fields = [name for name in FIELDS if name not in event.erased
                  and _names_one(getattr(event, name), needles)]  # fmt: skip
        if event.by_id == by.pk and event.source and not {"source"} & {*fields, *event.erased}:
            fields.append("source")
        if fields:
            yield event.pk, fields


def _names_one(value: Any, needles: list[str]) -> bool:
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return any(needle in words.casefold() for needle in needles)


def forget_network_addresses(before: datetime, at: datetime) -> int:
    """Empty from where anything was done before a moment, in one event that says so."""
    old = Event.objects.filter(happened_at__lt=before).exclude(source="").exclude(hash="")
    named = {event.pk: ["source"] for event in old.order_by("pk") if "source" not in event.erased}
    if named:
        why = "Network addresses are not kept so long"
        erase_fields(named, by=None, at=at, reason=why)
    return len(named)


def records_told(user: User) -> Rows:
    """Return which records the person answers for."""
    rows: Rows = []
    for model, by, at in SIGNED:
        for row in told(model.objects.filter(**{by: user}), "pk", at):
            rows.append({"record": model._meta.verbose_name, "number": row["pk"], "at": row[at]})
    for model in recorded_models():
        count = model.objects.filter(recorded_by=user).count()
        if count:
            rows.append({"record": model._meta.verbose_name, "count": count})
    return rows


def recorded_models() -> list[Any]:
    """Return the models of all rows of registers."""
    return [model for model in apps.get_models() if issubclass(model, RecordedRow)]


def redact_records(user: User, at: datetime) -> int:
    """Take the person's name and address out of every text of every row, in history too."""
    names = names_of(user)
    if not names:
        return 0
    found = re.compile("|".join(re.escape(each) for each in names), re.IGNORECASE)
    signed = [(model, _redact_plain(model, names, found)) for model, _, _ in SIGNED]
    touched = {model: _redact_plain(model, names, found) for model in recorded_models()}
    registers = {register.model: register.name for register in all_registers()}
    for model, rows in touched.items():
        if rows and model in registers:
            # What is made of the register (search, bulk files) follows its events.
            record_event(action="register.redact", subject=registers[model], by=None, at=at,
                         details={"rows": len(rows)})  # fmt: skip
    for pk in sorted({pk for model, rows in signed if model is ProblemStatement for pk in rows}):
        record_event(action="problem.redact", subject=f"problems/{pk}", by=None, at=at)
    return sum(len(rows) for rows in [*(each for _, each in signed), *touched.values()])


def _redact_plain(model: Any, names: list[str], found: re.Pattern[str]) -> list[int]:
    fields = [each.name for each in model._meta.concrete_fields
              if isinstance(each, CharField | TextField) and not each.choices]  # fmt: skip
    held = Q()
    for field in fields:
        for name in names:
            held |= Q(**{f"{field}__icontains": name})
    rows = model._default_manager.filter(held) if fields else model._default_manager.none()
    redacted = []
    for row in rows:
        texts = {name: getattr(row, name) or "" for name in fields}
        changed = {name: found.sub(ERASED, text) for name, text in texts.items()
                   if found.search(text)}  # fmt: skip
        model._default_manager.filter(pk=row.pk).update(**changed)
        redacted.append(row.pk)
    return redacted
