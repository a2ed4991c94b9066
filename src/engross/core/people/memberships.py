"""What speaks against beginning or ending a membership."""

from datetime import date

from engross.core.refusals import Reason


def reasons_against_leaving(*, is_administrator: bool, others: int) -> list[Reason]:
    """Return why somebody cannot stop managing a Party's people: nobody else would.

    `others` is how many others manage them.
    """
    if not is_administrator or others:
        return []
    what = "The Party would have nobody who manages its people"
    return [Reason(what, "Make somebody else an administrator first")]


def reasons_against_term(held_from: date, held_until: date | None) -> list[Reason]:
    """Return why a term cannot run so: it would end before it begins, or hold for no day."""
    if held_until is None or held_until > held_from:
        return []
    what = f"The term would begin on {held_from} and no longer hold on {held_until}"
    return [Reason(what, "Give a later day for its end, or none")]
