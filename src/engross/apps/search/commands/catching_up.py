"""Bringing the entries up to the latest event: a little in a request, all of it by command."""

import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from itertools import islice

from django.db import OperationalError, connection, transaction

from engross.adapters.opensearch import IndexUnreachable
from engross.apps.audit.queries import latest_event_id
from engross.apps.legaltext.queries import recorded_after, wordings_after
from engross.apps.search.commands.drafting import drafts_of
from engross.apps.search.commands.noticing import (
    Noticed,
    entries_touched,
    happening_sources,
    named_by,
    noticed_after,
    things_touched,
    touches_text,
)
from engross.apps.search.commands.reading_text import take_in_definitions, take_in_words
from engross.apps.search.commands.storing import forget_everything, keys_below, replace_entries
from engross.apps.search.models import SearchEntry, SourceState
from engross.apps.search.registers import (
    TEXT_SOURCES,
    Draft,
    HappeningSource,
    RegisterSource,
    StandingSource,
    all_sources,
)

# What a request does itself before it answers; more waits for the command.
MOST_EVENTS = 2000
MOST_ROWS = 300
MOST_LAG = 100
_WAIT_MS = 300

Told = Callable[[str, int], None]


def _nobody(source: str, entries: int) -> None:
    """Tell nobody."""


def catch_up() -> frozenset[str]:
    """Bring the sources up to the latest event where that is little work, before an answer.

    Returns the sources that are still behind: their entries may tell what is so no more, or who
    may no longer read it, so that nothing of them may be shown. When nothing happened since,
    this asks two cheap questions and writes nothing.
    """
    states = {state.source: state for state in SourceState.objects.all()}
    missing = frozenset(_names() - states.keys())
    left = _build_if_small(missing) if missing else frozenset()
    oldest = min((state.position for state in states.values()), default=None)
    # Before the events are read: none that comes meanwhile is passed over.
    latest = latest_event_id()
    if oldest is None or latest <= oldest:
        return left
    return left | _behind_after(states, oldest, latest)


def _behind_after(states: dict[str, SourceState], oldest: int, latest: int) -> frozenset[str]:
    """Take in what happened since the oldest position, and return what is still behind."""
    events = noticed_after(oldest, most=MOST_EVENTS + 1)
    if len(events) > MOST_EVENTS:
        return frozenset(states)
    behind = _behind(states, events)
    if not behind and latest - oldest < MOST_LAG:
        return frozenset()
    return _in_time(lambda: _catch_up(events, behind, latest, most=MOST_ROWS), otherwise=behind)


def refresh(*, told: Told = _nobody) -> None:
    """Bring every source up to the latest event, however much there is to do."""
    known = set(SourceState.objects.values_list("source", flat=True))
    if missing := _names() - known:
        _build(missing, told)
    _refresh_standing(told)
    states = {state.source: state for state in SourceState.objects.all()}
    oldest, latest = min(state.position for state in states.values()), latest_event_id()
    if latest > oldest:
        events = [each for each in noticed_after(oldest) if each.position <= latest]
        _catch_up(events, _behind(states, events), latest, most=None, told=told)


def rebuild(*, told: Told = _nobody) -> None:
    """Make every entry anew; what was found before is found until all of it is done."""
    with transaction.atomic():
        forget_everything()
        SourceState.objects.all().delete()
        _build(_names(), told)


def _names() -> set[str]:
    return {source.name for source in all_sources()} | set(TEXT_SOURCES)


def _behind(states: dict[str, SourceState], events: list[Noticed]) -> frozenset[str]:
    """Return the sources of which events that they do not know of tell something."""
    touched = {
        name: {named_by(event)[0] for event in events if event.position > at.position}
        for name, at in states.items()
    }
    found = {
        source.name
        for source in all_sources()
        if isinstance(source, RegisterSource) and source.registers & touched.get(source.name, set())
    }
    for source in happening_sources():
        at = states.get(source.name)
        if at and things_touched(source, (each for each in events if each.position > at.position)):
            found.add(source.name)
    for name in TEXT_SOURCES:
        own = states[name].position
        if touches_text(event for event in events if event.position > own):
            found.add(name)
    return frozenset(found)


def _build_if_small(missing: frozenset[str]) -> frozenset[str]:
    """Build at once what is new and small; return what is too much for a request."""
    rows = sum(
        source.declared.model.objects.known_at(None)[: MOST_ROWS + 1].count()
        for source in all_sources()
        if isinstance(source, RegisterSource) and source.name in missing
    )
    rows += sum(
        len(list(islice(source.drafts(None), MOST_ROWS + 1)))
        for source in happening_sources()
        if source.name in missing
    )
    # A wording is a row, too.
    rows += len(wordings_after(0, most=MOST_ROWS + 1)) if missing & set(TEXT_SOURCES) else 0
    if rows > MOST_ROWS:
        return missing
    return _in_time(lambda: _built(missing), otherwise=missing)


def _built(missing: frozenset[str]) -> frozenset[str]:
    _build(missing, _nobody)
    return frozenset()


def _in_time(work: Callable[[], frozenset[str]], *, otherwise: frozenset[str]) -> frozenset[str]:
    """Do what a request may wait for; where that is refused just now, say what is behind."""
    try:
        with _short_wait():
            return work()
    except (OperationalError, IndexUnreachable):
        return otherwise


@contextmanager
def _short_wait() -> Iterator[None]:
    """Wait for a lock of the database no longer than a reader would."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")


@transaction.atomic
def _catch_up(
    events: list[Noticed],
    behind: frozenset[str],
    latest: int,
    *,
    most: int | None,
    told: Told = _nobody,
) -> frozenset[str]:
    """Take in what events tell; return the sources that more than `most` rows keep behind."""
    # Locked without waiting: whoever has it is doing this very work.
    waits = connection.features.has_select_for_update
    rows = SourceState.objects.select_for_update(nowait=waits).order_by("source")
    states = {state.source: state for state in rows}
    left = set()
    for source in all_sources():
        if source.name not in behind or isinstance(source, StandingSource):
            continue
        own = [event for event in events if event.position > states[source.name].position]
        touched = _touched(source, own)
        if most is not None and len(touched) > most:
            left.add(source.name)
            continue
        _replace(source, touched)
        told(source.name, len(touched))
    text = behind & set(TEXT_SOURCES)
    if most is not None and text and _is_much_text(states, most):
        left |= text
    else:
        _take_in_text(states, text)
    moved = [name for name in states if name not in left]
    SourceState.objects.filter(source__in=moved).update(position=latest)
    return frozenset(left)


def _is_much_text(states: dict[str, SourceState], most: int) -> bool:
    """Say whether more wordings or placements came than a request takes in."""
    words, definitions = (states[name].recorded for name in TEXT_SOURCES)
    return len(wordings_after(words, most=most + 1)) > most or (
        len(list(islice(recorded_after(definitions), most + 1))) > most
    )


def _take_in_text(states: dict[str, SourceState], names: Collection[str]) -> None:
    takers = {"text-words": take_in_words, "definitions": take_in_definitions}
    for name in TEXT_SOURCES:
        if name in names:
            states[name].recorded = takers[name](states[name].recorded)
            states[name].save(update_fields=["recorded"])


def _touched(source: RegisterSource | HappeningSource, events: list[Noticed]) -> set[str]:
    """Return the entries, or the things, of which something else is to be told now."""
    if isinstance(source, HappeningSource):
        return things_touched(source, events)
    return {str(entry) for entry in entries_touched(source, events)}


def _replace(source: RegisterSource | HappeningSource, touched: set[str]) -> None:
    if isinstance(source, HappeningSource):
        drafts, gone = list(source.drafts(touched)), keys_below(source.name, touched)
    else:
        entries = {uuid.UUID(each) for each in touched}
        drafts = [draft for batch in drafts_of(source, entries) for draft in batch]
        gone = sorted(touched)
    replace_entries(source.name, source.kind, drafts, gone=gone, weight=source.weight)


@transaction.atomic
def _build(names: Collection[str], told: Told) -> None:
    """Make the entries of sources that have none yet."""
    position = latest_event_id()
    states = {name: SourceState(source=name, position=position) for name in sorted(names)}
    SourceState.objects.bulk_create(states.values())
    for source in all_sources():
        if source.name not in names or isinstance(source, StandingSource):
            continue
        done = 0
        for drafts in _all_drafts(source):
            replace_entries(source.name, source.kind, drafts, gone=(), weight=source.weight)
            done += len(drafts)
        told(source.name, done)
    _take_in_text(states, names)
    told("the text", len(TEXT_SOURCES))
    _refresh_standing(told)


def _all_drafts(source: RegisterSource | HappeningSource) -> Iterator[list[Draft]]:
    if isinstance(source, HappeningSource):
        yield list(source.drafts(None))
    else:
        yield from drafts_of(source)


@transaction.atomic
def _refresh_standing(told: Told) -> None:
    """Make anew what comes with the software and the code's data, where it changed."""
    for source in all_sources():
        if not isinstance(source, StandingSource):
            continue
        drafts = list(source.drafts())
        known = SearchEntry.objects.filter(source=source.name).order_by("key")
        before = list(known.values_list("key", "title", "body", "href", "paper_class"))
        after = sorted((each.key, each.title, each.body, each.href) for each in drafts)
        if [row[:4] for row in before] == after:
            continue
        gone = [row[0] for row in before]
        replace_entries(source.name, source.kind, drafts, gone=gone, weight=source.weight)
        told(source.name, len(drafts))
