"""Taking in the text of the code: the words of its wordings, and the terms they define."""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from django.urls import reverse

from engross.apps.legaltext.queries import (
    Recorded,
    hits_of,
    latest_recording,
    recorded_after,
    wordings_after,
)
from engross.apps.legaltext.queries.styles import term_style
from engross.apps.search.commands.mirroring import mirror_text
from engross.apps.search.commands.storing import count_words, replace_entries
from engross.apps.search.registers import DEFINITION, Draft
from engross.core.legaltext.terms.phrases import phrases_in

BATCH_ROWS = 900
WEIGHT = 1.5
DEFINITIONS = "definitions"


def take_in_words(last: int) -> int:
    """Count the words of the wordings after one, and return the id of the last one taken in."""
    while wordings := wordings_after(last, most=5000):
        count_words((text for _, text in wordings), by=1)
        last = wordings[-1][0]
    return last


def take_in_definitions(recording: int) -> int:
    """Make entries of the terms defined since a recording; return the latest recording."""
    latest = latest_recording()
    if latest == recording:
        return latest
    touched = recorded_after(recording)
    while batch := list(islice(touched, BATCH_ROWS)):
        _replace(batch)
    return latest


def _replace(batch: list[Recorded]) -> None:
    mirror_text(batch)
    defining = [(each, terms) for each in batch if each.is_live and (terms := _terms(each))]
    drafts = list(_drafts(defining))
    # A placement of which nothing is told any more may have been told of before.
    replace_entries(
        DEFINITIONS, DEFINITION, drafts, gone=[str(each.placement) for each in batch], weight=WEIGHT
    )


def _terms(recorded: Recorded) -> tuple[str, ...]:
    style = term_style(recorded.effective_from)
    found = phrases_in(recorded.provision, style)
    return tuple(dict.fromkeys(phrase.term for phrase in found))


def _drafts(defining: Iterable[tuple[Recorded, tuple[str, ...]]]) -> Iterator[Draft]:
    """Return an entry for each placement that defines; where it stood on its first day."""
    ordered = sorted(defining, key=lambda each: each[0].effective_from)
    for day, group in groupby(ordered, key=lambda each: each[0].effective_from):
        listed = list(group)
        hits = hits_of([each.placement for each, _ in listed], on=day)
        for recorded, terms in listed:
            hit = hits[recorded.placement]
            yield Draft(
                key=str(recorded.placement),
                title=", ".join(terms),
                href=reverse("reading:document", kwargs={"slug": hit.address.slug}),
                body=f"{hit.address}: {hit.text}",
                names=terms,
                day_from=recorded.effective_from,
                day_until=recorded.effective_until,
            )
