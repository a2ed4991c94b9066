"""Drafting legal text: a file as a change set, seen before it is saved; its base, class, parts."""

from collections.abc import Iterable
from typing import Any

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from engross.adapters.legaltext.change_set_json import change_set_from_json
from engross.apps.accounts.queries import who_reads
from engross.apps.accounts.views import person_of, staff_only
from engross.apps.releases import commands, queries
from engross.apps.releases.forms import ClassForm, DraftForm, PartsForm
from engross.apps.releases.models import ChangeSetVersion
from engross.apps.releases.queries.bases import base_for
from engross.apps.releases.queries.drafts import Understood, redlined, understood
from engross.apps.releases.views.change_sets import redline_parts
from engross.apps.releases.views.conflicts import shown_conflicts
from engross.core.legaltext.change_sets import ChangeSet as Said
from engross.core.legaltext.places import Places
from engross.core.refusals import Reason, Refused
from engross.core.releases.tranches import bundles_of, told_bundle

SHOWN = 60


@staff_only
def draft(request: HttpRequest) -> HttpResponse:
    """Take in a file as a change set: give it, see what was understood, then save it."""
    asked = request.GET.get("change_set", "")
    form = DraftForm(request.POST or None, request.FILES or None,
                     initial=_initial(request, asked))  # fmt: skip
    if request.method != "POST" or not form.is_valid():
        return _form(request, form)
    try:
        found = _understood(form)
        if not request.POST.get("confirmed"):
            return _preview(request, form, found)
        return _saved(request, form, found)
    except Refused as refused:
        form.add_error(None, [str(reason) for reason in refused.reasons])
    return _form(request, form)


def _initial(request: HttpRequest, name: str) -> dict[str, Any]:
    """Return what the form begins with: an open set's own, or the proposal that is asked for."""
    newest = queries.newest_base()
    latest = _readable(request, name) if name else None
    if latest is None:
        proposal = request.GET.get("proposal", "")
        return {"proposal": proposal, "base_version": newest}
    kept = latest.change_set
    return {"name": kept.name, "title": kept.title, "base_version": latest.base_version.key,
            "proposal": str(kept.proposal or ""), "seen": latest.number}  # fmt: skip


def _readable(request: HttpRequest, name: str) -> ChangeSetVersion | None:
    version = queries.latest_version(name)
    if version is None:
        return None
    may = queries.may_read_change_set(who_reads(request), version.change_set.paper_class)
    return version if may else None


def _open_or_404(request: HttpRequest, name: str) -> ChangeSetVersion:
    version = _readable(request, name)
    if version is None or version.change_set.published_in or version.change_set.parted_at:
        raise Http404("There is no such open change set")
    return version


def _understood(form: DraftForm) -> Understood:
    """Return what the file, or what was seen of it before, says; raises Refused."""
    cleaned = form.cleaned_data
    if cleaned["payload"]:
        payload = cleaned["payload"].encode()
        return Understood(change_set_from_json(payload, name=cleaned["name"]))
    base = base_for(cleaned["base_version"], at=timezone.now())
    given = cleaned["file"]
    return understood(given.read(), file_name=given.name, name=cleaned["name"], base=base.code,
                      document=cleaned["document"].strip())  # fmt: skip


def _form(request: HttpRequest, form: DraftForm) -> HttpResponse:
    context = {
        "title": "Save a change set",
        "lead": "Give a Word file with tracked changes, or a change set. Nothing is saved "
        "before you have seen what was understood.",
        "form": form,
        "submit": "See what was understood",
        "cancel_url": reverse("releases:change-sets"),
    }
    return render(request, "design/form.html", context, status=422 if form.errors else 200)


def _preview(request: HttpRequest, form: DraftForm, found: Understood) -> HttpResponse:
    cleaned = form.cleaned_data
    base = base_for(cleaned["base_version"], at=timezone.now())
    aligned = redlined(base.code, found.said)
    latest = queries.latest_version(cleaned["name"])
    number = latest.number + 1 if latest else 1
    about = f" for {cleaned['proposal']}" if cleaned["proposal"] and not latest else ""
    parts = redline_parts(aligned)
    will = [
        f"{cleaned['name']} gets version {number}{about}, drafted on version "
        f"{cleaned['base_version']} of the text.",
        f"It has {len(found.said.operations)} operations: {parts['lead']}",
    ]
    return _confirm(
        request, form, found.said, parts=parts, will=will, title="Is this what it does?",
        lines=found.lines, remarks=found.remarks,
    )  # fmt: skip


def _confirm(
    request: HttpRequest, form: DraftForm, said: Said, *, parts: dict[str, Any], will: list[str],
    title: str, seen: int | None = None, **more: Any,
) -> HttpResponse:  # fmt: skip
    """Show what a change set would do, with all that saves it when it is confirmed."""
    cleaned = form.cleaned_data
    hidden = {
        **{key: cleaned[key] for key in ("name", "title", "proposal", "base_version", "note")},
        "seen": seen or cleaned["seen"] or "",
        "payload": msgspec.json.encode(said).decode(),
    }
    lines = more.pop("lines", ())
    context = {**parts, **more, "lines": lines[:SHOWN], "lines_left": max(len(lines) - SHOWN, 0),
               "title": title, "hidden": hidden, "will": will, "action": "Save it",
               "cancel_url": reverse("releases:change-sets"), "lead": "",
               "page_class": _class_of(cleaned["name"])}  # fmt: skip
    return render(request, "releases/draft_preview.html", context)


def _class_of(name: str) -> str:
    kept = queries.change_set_named(name)
    return (kept.paper_class if kept else "") or "white"


def _saved(request: HttpRequest, form: DraftForm, found: Understood) -> HttpResponse:
    cleaned = form.cleaned_data
    try:
        made = commands.save_change_set(
            cleaned["name"], found.said, base_version=cleaned["base_version"],
            by=person_of(request), at=timezone.now(), seen=cleaned["seen"],
            proposal=cleaned["proposal"], title=cleaned["title"], note=cleaned["note"],
        )  # fmt: skip
    except commands.ChangedMeanwhile as changed:
        return _both(request, form, changed)
    messages.success(request, f"Version {made.number} of {cleaned['name']} is saved.")
    return redirect("releases:change-set", name=cleaned["name"])


def _both(
    request: HttpRequest, form: DraftForm, changed: commands.ChangedMeanwhile
) -> HttpResponse:  # fmt: skip
    """Show the second of two what the first saved, and both together if they agree."""
    latest = changed.latest
    base = queries.base_of(latest)
    theirs = redline_parts(redlined(base, queries.change_set_of(latest)))
    more = {"refused": changed.reasons, "theirs": theirs, "latest": latest}
    if changed.merged is None:
        context = {
            **more,
            "title": "Somebody else saved it meanwhile",
            "conflicts": shown_conflicts(changed.conflicts),
            "again": f"{reverse('releases:draft')}?change_set={form.cleaned_data['name']}",
        }
        return render(request, "releases/draft_conflict.html", context, status=409)
    parts = redline_parts(redlined(base, changed.merged))
    will = [f"{latest.change_set.name} gets version {latest.number + 1} with what both of you "
            f"changed: {parts['lead']}"]  # fmt: skip
    more["refused"] = ()
    return _confirm(request, form, changed.merged, parts=parts, will=will, seen=latest.number,
                    title="Save both together?", meanwhile=changed.reasons,
                    theirs=theirs, latest=latest)  # fmt: skip


@staff_only
def rebase(request: HttpRequest, name: str) -> HttpResponse:
    """Carry an open change set over to the newest text: see what it gives, then do it."""
    version = _open_or_404(request, name)
    newest = queries.newest_base()
    if request.method != "POST":
        return _rebase_page(request, version, newest, ())
    try:
        outcome = commands.rebase_change_set(name, newest, by=person_of(request), at=timezone.now())
    except Refused as refused:
        return _rebase_page(request, version, newest, refused.reasons)
    if outcome.version is None:
        return _rebase_page(request, version, newest, outcome.reasons)
    messages.success(request, f"{name} stands on version {newest} now.")
    return redirect("releases:change-set", name=name)


def _rebase_page(
    request: HttpRequest, version: ChangeSetVersion, newest: str, reasons: Iterable[Reason]
) -> HttpResponse:
    name = version.change_set.name
    context: dict[str, Any] = {
        "title": f"Rebase {name} onto version {newest}",
        "cancel_url": reverse("releases:change-set", args=[name]),
        "action": "Rebase it",
        "refused": list(reasons),
        "hidden": {},
        "page_class": version.change_set.paper_class or "white",
    }
    try:
        base, found = queries.rebased(version, newest, at=timezone.now())
    except Refused as refused:
        context["refused"] = refused.reasons
        context["will"] = ["Nothing changes."]
    else:
        obstacles = [each.reason(name) for each in found.obstacles]
        context["refused"] = context["refused"] or obstacles
        context["will"] = [
            f"{name} gets version {version.number + 1}, drafted on version {newest} instead of "
            f"{version.base_version}.",
            f"Version {version.number} stays in its history.",
        ]
        if not obstacles and found.change_set.operations:
            parts = redline_parts(redlined(base.code, found.change_set))
            context |= {**parts, "remarks": [note.says for note in found.notes], "lead": ""}
    return render(request, "releases/draft_preview.html", context,
                  status=422 if request.method == "POST" else 200)  # fmt: skip


@staff_only
def classify(request: HttpRequest, name: str) -> HttpResponse:
    """Say who may read a change set."""
    version = _readable(request, name)
    if version is None:
        raise Http404("There is no such change set")
    form = ClassForm(request.POST or None,
                     initial={"paper_class": version.change_set.paper_class})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        commands.classify_change_set(
            name, form.cleaned_data["paper_class"], by=person_of(request), at=timezone.now()
        )
        messages.success(request, "Its class is kept.")
        if _readable(request, name) is None:
            return redirect("releases:change-sets")
        return redirect("releases:change-set", name=name)
    context = {
        "title": f"Who may read {name}",
        "form": form,
        "submit": "Keep this class",
        "page_class": version.change_set.paper_class or "white",
        "cancel_url": reverse("releases:change-set", args=[name]),
    }
    return render(request, "design/form.html", context, status=422 if form.errors else 200)


@staff_only
def part(request: HttpRequest, name: str) -> HttpResponse:
    """Part a change set into tranches that go live in several releases."""
    version = _open_or_404(request, name)
    said = queries.change_set_of(version)
    places = Places(queries.base_of(version))
    bundles = [told_bundle(places, said, each) for each in bundles_of(places, said)]
    form = PartsForm(bundles, request.POST or None, initial={"seen": version.number})
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.part_change_set(
                name, form.tranche_of(), seen=form.cleaned_data["seen"], by=person_of(request),
                at=timezone.now(), note=form.cleaned_data["note"],
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, [str(reason) for reason in refused.reasons])
        else:
            named = " and ".join(each.change_set.name for each in made)
            messages.success(request, f"{name} is parted into {named}.")
            return redirect("releases:change-set", name=name)
    context = {
        "title": f"Part {name}",
        "lead": "Each part becomes a change set of its own, and goes live in a release of its "
        "own. What cannot be parted stands together. Together the parts are the whole.",
        "form": form,
        "submit": "Part it",
        "page_class": version.change_set.paper_class or "white",
        "cancel_url": reverse("releases:change-set", args=[name]),
    }
    return render(request, "design/form.html", context, status=422 if form.errors else 200)
