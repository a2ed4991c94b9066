"""A day as a sentence says it."""

from datetime import date


def day_in_words(day: date) -> str:
    """Return a day in words: '28 February 2019'."""
    return f"{day.day} {day:%B %Y}"
