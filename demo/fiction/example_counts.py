"""What the example code counts month by month: meetings, letters, lamps and days."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from demo.fiction.days import months, weekday
from demo.fiction.sheets import Sheets, pick, shares, sheet

# Fourteen months, so that the last two of them both have a whole span behind them.
FIRST, LAST, NEXT = "2020-08", "2021-09", "2021-10"
PAPER = "operations-report"


def council_sheets() -> Sheets:
    """Return meetings, their papers and what the office writes."""
    return {
        "meetings": sheet("meeting body number title held_on summary", _meetings()),
        "papers": sheet(
            "reference meeting title paper_class action written_on report month", _papers()
        ),
        "highlights": sheet("paper month section position text", _highlights()),
    }


def _council_days() -> Iterator[tuple[int, date]]:
    """Yield each Council's number and day; the last one hears of the last month."""
    for number, month in enumerate(months(FIRST, NEXT), start=1):
        yield number, weekday(month + timedelta(days=13))


def _meetings() -> Iterator[tuple[Any, ...]]:
    for number, day in _council_days():
        name, said = f"Lamp Council {number}", "Heard the month's report."
        yield (f"LAMP_{number}", "lamp-council", number, name, day, said)
    for number, month in enumerate(months(FIRST, LAST), start=1):
        day = weekday(month + timedelta(days=8))
        yield (f"TRIM_{number}", "trimming-table", number, f"Trimming Table {number}", day, "")
    day = date(2021, 9, 23)
    yield ("TRIM_14X", "trimming-table", "14X", "Trimming Table 14X", day, "Met out of turn.")


def _papers() -> Iterator[tuple[Any, ...]]:
    """Yield the paper of each month, which the next month's Council hears."""
    councils = list(_council_days())[1:]
    for (number, day), month in zip(councils, months(FIRST, LAST), strict=True):
        reference, written = f"LAMP_{number}_{day:%d%m}_1", day - timedelta(days=7)
        yield (reference, f"LAMP_{number}", f"Lamp Report, {month:%Y-%m}", "white", "information",
               written, PAPER, f"{month:%Y-%m}")  # fmt: skip


def _highlights() -> Iterator[tuple[Any, ...]]:
    for month in months(FIRST, LAST):
        hours = "The office kept its hours and answered its letters."
        yield (PAPER, f"{month:%Y-%m}", "team-office", 1, hours)
        wick = "One Motion was raised, and the Table trimmed its wick."
        yield (PAPER, f"{month:%Y-%m}", "motions", 1, wick)


def count_sheets() -> Sheets:
    """Return letters, series, broadsheets and days worked."""
    contacts, series, effort = [], [], []
    issues: list[tuple[Any, ...]] = []
    places = [
        (driver, product, grade)
        for driver, product in (("councils", "minutes"), ("members", "visits"))
        for grade in ("clerk", "warden")
    ]
    for month in months(FIRST, LAST):
        written = f"{month:%Y-%m}"
        for place in range(pick(f"letters {month}", 6, 14)):
            topic = ("oil", "dues-and-arrears", "other")[pick(f"topic {month} {place}", 0, 2)]
            channel = "phone" if place % 5 == 4 else "email"
            day = weekday(month + timedelta(days=pick(f"letter {month} {place}", 0, 25)))
            contacts.append((f"L-{month:%y%m}-{place + 1:02d}", day, channel, topic))
        visits = pick(f"visits {month}", 200, 400)
        series.append(("website-visits", written, visits, "The office's own count"))
        series.append(("website-page-views", written, 3 * visits, "The office's own count"))
        issues.append(
            (
                weekday(month + timedelta(days=9)),
                f"Broadsheet {written}",
                40 + len(issues),
                20 + pick(f"views {month}", 0, 15),
            )
        )
        days = shares(2400, [" ".join(place) for place in places], seed=written, least=100)
        effort += [
            (written, "rounds", driver, product, "core", grade, f"{count / 100:.2f}")
            for (driver, product, grade), count in zip(places, days, strict=True)
        ]
    return {
        "helpdesk-contacts": sheet("reference received_on channel topic", contacts),
        "monthly-series": sheet("series month value source", series),
        "newsletter-issues": sheet("issued_on title subscribers views", issues),
        "effort": sheet("month effort_group driver product team grade days", effort),
    }


def lamp_sheets() -> Sheets:
    """Return the Roll's versions and the lamps that are proved."""
    rolls: list[tuple[Any, ...]] = [
        ("lamp-roll", f"1.{place}", weekday(month + timedelta(days=3 + 10 * part)))
        for place, (month, part) in enumerate(
            (month, part)
            for month in months(FIRST, LAST)
            for part in range(pick(f"rolls {month}", 0, 2))
        )
    ]
    proved = [
        (f"LAMP-{place}", kind, mode, region, 1, date(2020, 8, 3) + timedelta(days=40 * place))
        for place, (kind, mode, region) in enumerate(
            (kind, mode, region)
            for kind in ("street-lamp", "hand-lamp")
            for mode in ("whale", "rape")
            for region in ("quay", "hill")
        )
    ]
    return {
        "product-lists": sheet("product_list version published_on", rolls),
        "device-assurance": sheet("reference device_type mode region devices assured_on", proved),
    }
