"""Composing a release: choose change sets, see what they give, decide, accept."""

from typing import Any

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.queries import who_reads
from engross.apps.accounts.views import person_of, staff_only
from engross.apps.notices.queries import told_in_words, who_would_get
from engross.apps.releases import commands, queries
from engross.apps.releases.commands.compositions import COMPOSED
from engross.apps.releases.forms import ComposeForm, DecisionForm, WhyForm
from engross.apps.releases.models import Composition, CompositionConflict, ReleaseDetails
from engross.apps.releases.views.conflicts import OWN_WORDS, shown_conflict
from engross.apps.releases.views.shown import href_of_release, outcome_words
from engross.core.legaltext.merging import Conflict, Given
from engross.core.refusals import Refused
from engross.core.registers.addresses import address_of
from engross.core.releases.publishing import Carried, reasons_against_publishing
from engross.design.parts import Column

OUTCOMES = (
    Column("address", "Provision", "reference"),
    Column("kind", "What becomes of it"),
    Column("sets", "Change sets"),
)
SHOWN = 400
_conflict = msgspec.json.Decoder(Conflict)


def release_or_404(name: str) -> ReleaseDetails:
    """Return the release that an address means; raises Http404 if there is none."""
    row = queries.release_at(name)
    if row is None:
        raise Http404("There is no such release")
    return row


def composition_or_404(request: HttpRequest, name: str, number: int) -> Composition:
    """Return a composition whose every change set the reader may see; raises Http404."""
    row = release_or_404(name)
    made = queries.compositions_of(row.release.key).filter(number=number).first()
    if made is None or not all(
        queries.may_read_change_set(who_reads(request), each) for each in queries.classes_of(made)
    ):
        raise Http404("The release has no such composition")
    return made


def href_of_composition(made: Composition) -> str:
    """Return the address of a composition's page."""
    return reverse("releases:composition", args=[address_of(made.release.key), made.number])


@staff_only
def compose(request: HttpRequest, name: str) -> HttpResponse:
    """Choose the change sets of a release, with what is on file about each, and compose."""
    row = release_or_404(name)
    today = timezone.localdate()
    sets = [
        each
        for each in queries.latest_versions()
        if queries.may_read_change_set(who_reads(request), each.change_set.paper_class)
    ]
    carried = queries.carried(sets, release=row.release_id, on=today)
    choices = [(each.change_set, _choice(each)) for each in sorted(carried, key=_readiest)]
    last = queries.compositions_of(row.release.key).first()
    chosen = [each.change_set for each in carried if each.is_approved and each.is_in_scope]
    form = ComposeForm(
        choices, request.POST or None,
        initial={"change_sets": queries.names_in(last) if last else chosen,
                 "base_version": queries.newest_base()},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.compose_release(
                row.release.key, form.cleaned_data["change_sets"],
                base_version=form.cleaned_data["base_version"], by=person_of(request),
                at=timezone.now(), note=form.cleaned_data["note"],
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, [str(reason) for reason in refused.reasons])
        else:
            return redirect(href_of_composition(made))
    context = {
        "title": f"Compose {row.release}",
        "lead": "Choose what goes into the text. Nothing is published by this: the next page "
        "says what stands together, and what has to be decided.",
        "form": form,
        "submit": "Put them together",
        "cancel_url": href_of_release(row.release.key),
        "nothing": not choices,
        # Told once, when a release is first put together.
        "mails": "" if last else told_in_words(who_would_get(COMPOSED, on=today)),
    }
    return render(request, "releases/compose.html", context, status=422 if form.errors else 200)


def _readiest(each: Carried) -> tuple[bool, bool, str]:
    return not each.is_in_scope, not each.is_approved, each.change_set


def _choice(each: Carried) -> str:
    """Return a change set with what is on file about its proposal, in a line."""
    if not each.proposal:
        return f"{each.change_set}: no proposal"
    told = [
        "approved" if each.is_approved else "not approved",
        "in scope" if each.is_in_scope else "not in scope",
    ]
    if each.appeal_ends_on:
        told.append(f"can be appealed until {each.appeal_ends_on:%-d %B %Y}")
    return f"{each.change_set} ({each.proposal}): {', '.join(told)}"


@staff_only
def composition(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Show what chosen change sets give together, and what is left before they are published."""
    row = release_or_404(name)
    made = composition_or_404(request, name, number)
    context: dict[str, Any] = {
        "title": f"Composition {made.number}",
        "release": row,
        "release_href": href_of_release(row.release.key),
        "made": made,
        "address": address_of(row.release.key),
        "sets": queries.chosen_in(made),
        "page_class": _strictest(made),
        "columns": OUTCOMES,
        "findings": list(made.findings.filter(gone_at__isnull=True).order_by("address", "pk")
                         .select_related("accepted__made_by")),
        "version_href": reverse("releases:version", args=[address_of(made.published_version.key)])
        if made.published_version else "",
    }  # fmt: skip
    try:
        result = queries.composed(made)
    except Refused as refused:
        context["cannot"] = refused.reasons
        return render(request, "releases/composition.html", context)
    today = timezone.localdate()
    if made.published_version is None:
        effective_on = max(row.released_on, today)
        context["effective_on"] = effective_on
        context["against"] = reasons_against_publishing(
            queries.to_publish(result, effective_on=effective_on, on=today),
            effective_on=effective_on, published_on=today, today=today,
        )  # fmt: skip
    outcomes = result.merged.outcomes
    context |= {
        "conflicts": _conflicts(made, {each.id for each in result.merged.conflicts}),
        "outcomes": [_outcome(each) for each in outcomes[:SHOWN]],
        "outcomes_left": max(len(outcomes) - SHOWN, 0),
        "documents": queries.documents_changed(result),
        "notes": [f"{each.address}: {each.says}" for each in result.merged.notes[:SHOWN]],
    }
    return render(request, "releases/composition.html", context)


def _strictest(made: Composition) -> str:
    known = queries.classes_of(made)
    return next((each for each in ("red", "amber", "green") if each in known), "white")


def _outcome(outcome: Any) -> dict[str, str]:
    return {"address": outcome.address, "kind": outcome_words(outcome.kind),
            "sets": ", ".join(outcome.change_sets)}  # fmt: skip


def _conflicts(made: Composition, left: set[str]) -> list[dict[str, Any]]:
    """Return the conflicts that there are now, those that nobody decided first."""
    decided = queries.decisions_of(made)
    shown = []
    for row in made.conflicts.order_by("pk"):
        answer = decided.get(row.pk)
        if row.conflict not in left and answer is None:
            continue
        shown.append({**shown_conflict(_conflict.decode(row.payload)), "answer": answer,
                      "is_left": row.conflict in left})  # fmt: skip
    return sorted(shown, key=lambda each: not each["is_left"])


@staff_only
def decide(request: HttpRequest, name: str, number: int, conflict: str) -> HttpResponse:
    """Decide a conflict: see all sides, choose one or write what shall stand, say why."""
    made = composition_or_404(request, name, number)
    row = made.conflicts.filter(conflict=conflict).first()
    if row is None or made.published_version_id:
        raise Http404("The composition has no such conflict to decide")
    said = _conflict.decode(row.payload)
    own = OWN_WORDS.get(said.kind, "")
    form = DecisionForm(_takes(said), request.POST or None, may_give=bool(own),
                        initial={"given": _words(said)})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, made, row, form, own)
        except Refused as refused:
            form.add_error(None, [str(reason) for reason in refused.reasons])
        else:
            messages.success(request, f"{row.address} is decided.")
            return redirect(href_of_composition(made))
    context = {
        "title": f"Decide {row.address}",
        "conflict": shown_conflict(said),
        "form": form,
        "submit": "Decide it so",
        "page_class": _strictest(made),
        "cancel_url": href_of_composition(made),
    }
    return render(request, "releases/decide.html", context, status=422 if form.errors else 200)


def _takes(said: Conflict) -> list[tuple[str, str]]:
    """Return what a person may choose among."""
    sides = [] if said.kind == "base" else [
        (f"side:{each.change_sets[0]}", f"As {' and '.join(each.change_sets)} has it")
        for each in said.sides
    ]  # fmt: skip
    return [*sides, ("base", "As it stood: none of them")]


def _words(said: Conflict) -> str:
    """Return the words that a person's own begin with: those of the first side that has any."""
    given = [side.text for side in said.sides if isinstance(side.text, str)]
    return given[0] if given else said.base or ""


def _decide(
    request: HttpRequest, made: Composition, row: CompositionConflict, form: DecisionForm, own: str
) -> None:
    take, _, side = form.cleaned_data["take"].partition(":")
    more: dict[str, Any] = {}
    if take == "given":
        words = form.cleaned_data["given"].replace("\r\n", "\n").strip()
        more["given"] = Given(**{own: words})
    commands.resolve_conflict(
        made.pk, row.conflict, take=take, side=side, reason=form.cleaned_data["reason"],
        by=person_of(request), at=timezone.now(), **more,
    )  # fmt: skip


@staff_only
def accept(request: HttpRequest, name: str, number: int, finding: str) -> HttpResponse:
    """Accept what the checks found as it is, with a reason."""
    made = composition_or_404(request, name, number)
    row = made.findings.filter(finding=finding, gone_at__isnull=True).first()
    if row is None or made.published_version_id:
        raise Http404("The composition has no such finding to accept")
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.accept_finding(
                made.pk, finding, reason=form.cleaned_data["reason"], by=person_of(request),
                at=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, [str(reason) for reason in refused.reasons])
        else:
            messages.success(request, f"{row.address} is accepted as it is.")
            return redirect(href_of_composition(made))
    context = {
        "title": "Accept this finding",
        "lead": f"{row.address}: {row.what}. {row.remedy}.",
        "form": form,
        "submit": "Accept it",
        "page_class": _strictest(made),
        "cancel_url": href_of_composition(made),
    }
    return render(request, "design/form.html", context, status=422 if form.errors else 200)
