"""The button with which a page lets itself be followed."""

from typing import Any

from django import template
from django.template import Context

from engross.apps.accounts.models import User
from engross.apps.following.queries import follow_of
from engross.core.following import Kind, Subject
from engross.core.legaltext.numbers.addresses import document_slug

register = template.Library()


@register.inclusion_tag("following/button.html", takes_context=True)
def follow_button(
    context: Context, kind: str, key: str = "", what: str = "", words: str = "Follow"
) -> dict[str, Any]:
    """Show the button that follows a subject, or ceases to; `what` names it for who cannot see.

    A document may be given by its name. Raises ValueError for a kind that there is not.
    """
    request: Any = context.get("request")
    person = getattr(request, "user", None)
    if kind == Kind.DOCUMENT and "/" not in key:
        key = document_slug(key)
    subject = Subject(Kind(kind), key)
    return {
        "kind": kind,
        "key": key,
        "what": what,
        "words": words,
        "is_signed_in": isinstance(person, User),
        "is_followed": isinstance(person, User) and follow_of(person, subject) is not None,
        "here": request.get_full_path() if request else "/",
        "csrf_token": context.get("csrf_token"),
    }
