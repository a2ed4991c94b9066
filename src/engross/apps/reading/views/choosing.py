"""The form that chooses what is compared: versions, days, a document, open proposals."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from engross.apps.accounts.queries import who_reads
from engross.apps.legaltext.queries import TextEdition
from engross.apps.reading.queries import open_sets
from engross.apps.reading.views.switching import switch_of, with_asked
from engross.core.dates.wording import day_in_words

LONGEST = 60


def compare_form(
    request: HttpRequest,
    editions: Sequence[TextEdition],
    old: str = "",
    new: str = "",
    *,
    documents: Iterable[tuple[str, str]] = (),
    document: str = "",
) -> dict[str, Any]:
    """Return what the form offers, with what is chosen; the last two versions where nothing is."""
    names = [edition.name for edition in reversed(editions)]
    old, new = old or "".join(names[1:2]) or "".join(names[:1]), new or "".join(names[:1])
    # A change set of no proposal is not meant by a name that is empty.
    asked = {name.strip() for name in with_asked(request).split(",")} - {""}
    sets = open_sets(who_reads(request))
    return {
        "sides": [
            {"name": name, "label": label, "choices": _choices(editions, value),
             "day": "" if value in names else value}
            for name, label, value in (("old", "From", old), ("new", "To", new))
        ],
        "documents": [(slug, name, slug == document) for slug, name in documents],
        "sets": [
            switch_of(each, is_on=bool({each.name, each.proposal} & asked)) for each in sets
        ],
        "view": request.GET.get("view", "")[:LONGEST],
        "is_empty": not names,
    }  # fmt: skip


def _choices(editions: Iterable[TextEdition], chosen: str) -> list[tuple[str, str, bool]]:
    """Return the versions, the newest first, each with its day."""
    return [(each.name, _label(each), each.name == chosen) for each in reversed(list(editions))]


def _label(edition: TextEdition) -> str:
    day = day_in_words(edition.effective_on)
    return f"Version {edition.version}, {day}" if edition.version else day


def form_answer(request: HttpRequest) -> str | None:
    """Return where the comparison is that the form asks for; None where it asks for none.

    A day goes before a version; without a second text, the first is compared with itself: that
    says what the proposals do that are switched on.
    """
    asked = request.GET
    old, new = (asked.get(f"{side}_on") or asked.get(side, "") for side in ("old", "new"))
    old, new = old or new, new or old
    if not old or "/" in old + new or len(old + new) > 2 * LONGEST:
        return None
    kept = {key: asked[key] for key in ("document", "view") if asked.get(key)}
    query = urlencode(kept, safe="/")
    if names := with_asked(request):
        query = "&".join(filter(None, (query, urlencode({"with": names}, safe=","))))
    place = reverse("reading:compare", args=[old, new])
    return f"{place}?{query}" if query else place
