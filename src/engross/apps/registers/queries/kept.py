"""From when until when registers are kept: outside that there are no records, not 0."""

from datetime import date, datetime, timedelta

from engross.apps.registers.models import KeptSpan

Spans = dict[str, list[tuple[date, date | None]]]


def kept_spans(known_at: datetime | None = None) -> Spans:
    """Return from when until when each register is kept, adjoining spans joined; one query."""
    rows = KeptSpan.objects.known_at(known_at).order_by("register", "held_from")
    spans: Spans = {}
    for register, start, until in rows.values_list("register", "held_from", "held_until"):
        own = spans.setdefault(register, [])
        if own and (own[-1][1] is None or own[-1][1] >= start):
            before = own[-1][1]
            joined = None if before is None or until is None else max(before, until)
            own[-1] = (own[-1][0], joined)
        else:
            own.append((start, until))
    return spans


def is_within(spans: Spans, register: str, start: date, end: date) -> bool:
    """Say whether a register is kept on every day from `start` to `end`, both included."""
    return any(
        first <= start and (until is None or until > end)
        for first, until in spans.get(register, ())
    )


def is_kept(register: str, start: date, end: date, *, known_at: datetime | None = None) -> bool:
    """Say whether the register is kept on every day from `start` to `end`, both included."""
    return is_within(kept_spans(known_at), register, start, end)


def last_kept_day(register: str, on: date) -> date:
    """Return the latest day up to `on` on which a register is kept; `on` if no span is known.

    What is open today is not told from records that ended years ago: it is told as at then.
    """
    ends = [
        on if until is None else min(until - timedelta(days=1), on)
        for start, until in kept_spans().get(register, ())
        if start <= on
    ]
    return max(ends, default=on)
