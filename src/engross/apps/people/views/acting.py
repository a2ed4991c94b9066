"""How something is done to people: fill in, see what will happen, do it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from engross.core.refusals import Reason, Refused
from engross.design.parts import reason

Cleaned = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """Something that can be done: its title, what it will do, and what does it.

    `will` says of cleaned input, in sentences, what is about to happen. `back` is where one comes
    from, and goes when it is done. `template` asks, and `more` is handed to it.
    """

    title: str
    will: Callable[[Cleaned], Sequence[str]]
    do: Callable[[Cleaned], object]
    back: str
    action: str = "Do this"
    done: str = "Done."
    reference: str = ""
    danger: bool = False
    who_sees: str = "Only staff can see this page."
    template: str = "people/form.html"
    more: Mapping[str, Any] = field(default_factory=dict)


def perform(request: HttpRequest, act: Act, form: Form) -> HttpResponse:
    """Answer one step of an act; nothing is done before it was seen and confirmed."""
    if not form.fields and request.method != "POST":
        return _preview(request, act, form, {})
    if request.method != "POST" or not form.is_valid():
        return _ask(request, act, form)
    if not request.POST.get("confirmed"):
        return _preview(request, act, form, form.cleaned_data)
    try:
        act.do(form.cleaned_data)
    except Refused as refused:
        if not form.fields:
            return _preview(request, act, form, {}, refused=refused.reasons)
        form.add_error(None, [reason(each) for each in refused.reasons])
        return _ask(request, act, form)
    messages.success(request, act.done)
    return redirect(act.back)


def _context(act: Act, form: Form) -> dict[str, Any]:
    return {**act.more, "title": act.title, "reference": act.reference, "form": form,
            "cancel_url": act.back, "who_sees": act.who_sees}  # fmt: skip


def _ask(request: HttpRequest, act: Act, form: Form) -> HttpResponse:
    context = {**_context(act, form), "submit": "See what will happen"}
    return render(request, act.template, context, status=422 if form.errors else 200)


def _preview(
    request: HttpRequest,
    act: Act,
    form: Form,
    cleaned: Cleaned,
    *,
    refused: Sequence[Reason] = (),
) -> HttpResponse:
    context = {**_context(act, form), "will": act.will(cleaned), "action": act.action,
               "danger": act.danger, "refused": refused}  # fmt: skip
    return render(request, "people/confirm.html", context, status=422 if refused else 200)
