"""Monthly series, effort, product lists and assured devices: what papers drew or only added up."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from demo.fiction.days import months, weekday
from demo.fiction.sheets import Sheets, facts_of, pick, shares, sheet

DRAWN = "Fictional: the paper only drew it"
WITHIN = "Fictional, between the least and the most that are known"
TOPICS = (
    "applications", "sub-committees", "consultation-correspondence", "contact-info",
    "general-queries", "panel-board-correspondence", "modifications", "user-cio-assessments",
    "training-days", "other",
)  # fmt: skip
SIGNIFIERS = "signifiers"
YEAR_TO_THEN = ("2017-03", "2018-02")
YEAR_TO_NOW = ("2020-10", "2021-09")
# Of every hundred readers, how many are of each kind.
READERS = {
    "large-suppliers": 22, "small-suppliers": 17, "electricity-networks": 9, "gas-networks": 6,
    "other-sec-parties": 24, "dcc": 11, "government-and-regulator": 3, "other-stakeholders": 8,
}  # fmt: skip
# Group, driver and product; those without a product are recorded by driver alone.
EFFORT = (
    ("core", "panel-board-and-sub-committees", "panel-meetings"),
    ("core", "panel-board-and-sub-committees", "change-board-including-working-groups"),
    ("core", "panel-board-and-sub-committees", "security-sub-committee-meetings"),
    ("core", "panel-board-and-sub-committees", "smki-pma-meetings"),
    ("core", "panel-board-and-sub-committees", "modifications"),
    ("core", "party-support", ""), ("core", "configuration-management", "sec-releases"),
    ("core", "configuration-management", "service-catalogue"), ("core", "knowledge", ""),
    ("core", "cio", ""), ("core", "general-operations", ""),
    ("core", "transitional-governance", "transitional-governance"), ("core", "website", ""),
    ("core", "reporting", ""), ("core", "design", ""),
    ("projects", "technical-governance-expertise", "tabasc-technical-experts"),
    ("projects", "security-governance-expertise", "ssc-security-experts"),
    ("projects", "website-enhancements", "website-enhancements"),
    ("projects", "technical-specifications-handover", ""),
    ("projects", "centralisation-projects-smarter-markets", "smarter-markets"),
    ("projects", "dcc-live-and-post-live-support", "dcc-live-support"),
    ("projects", "annual-security-obligations", "annual-security-risk-assessment"),
    ("projects", "enrolment-and-adoption", "enrolment-and-adoption"),
)  # fmt: skip
# Least and most versions of a list in a month, and the version that comes first.
LISTS = {"cpl": (6, 10, 301), "ppcl": (1, 2, 41), "epcl": (1, 3, 31), "dpl": (12, 16, 201)}
DEVICES = (
    ("esme", "credit", "central-south", 5), ("esme", "prepayment", "central-south", 2),
    ("esme", "credit", "north", 2), ("gsme", "credit", "central-south", 4),
    ("gsme", "prepayment", "central-south", 1), ("gsme", "credit", "north", 1),
    ("ppmid", "prepayment", "central-south", 2), ("ppmid", "prepayment", "north", 0),
)  # fmt: skip
# The bodies of February 2018 whose meetings no headline names: key, body, number, title, day.
MEETINGS_THEN = (
    ("SECP_53", "panel", "53", "SEC Panel Meeting 53", date(2018, 2, 9)),
    ("SECCO_2018-02", "secco-board", "", "SECCo Board Meeting", date(2018, 2, 9)),
    ("CB_2018-02", "change-board", "", "Change Board Meeting", date(2018, 2, 28)),
    ("WG_2018-02", "working-group", "", "Working Group Meeting", date(2018, 2, 7)),
    ("TAG_2018-02", "tag", "", "Testing Advisory Group Meeting", date(2018, 2, 28)),
)
FIRST_ASSURED_ON = date(2019, 7, 19)


def total_sheets(folder: Path) -> Sheets:
    """Return the fictional sheets of series, effort, product lists and assured devices."""
    now = facts_of(folder / "printed/published-2021-09.json")
    then = facts_of(folder / "printed/known-2018-02.json")
    series = [*_website(then), *_emails_then(then), *_emails_now(), *_readers(now)]
    return {
        "monthly-series": sheet("series month part value source", series),
        "effort": sheet("month effort_group driver product team days", _effort(then)),
        "product-lists": sheet("product_list version published_on", _publications()),
        "meetings": sheet("meeting body number title held_on", MEETINGS_THEN),
        "device-assurance": sheet(
            "reference device_type mode region devices assured_on",
            _devices(now["smda_dar_devices"]),
        ),
    }


def _between(name: str, low: int, high: int, count: int) -> list[int]:
    """Return `count` numbers from low to high, with both of them among the numbers."""
    numbers = [pick(f"{name} {place}", low, high) for place in range(count)]
    numbers[3], numbers[8] = low, high
    return numbers


def _website(then: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    for series, key in (("website-visits", "website_visits"),
                        ("website-page-views", "website_page_views")):  # fmt: skip
        low, high = then[f"{key}_lowest_month"], then[f"{key}_highest_month"]
        for month, value in zip(months(*YEAR_TO_THEN), _between(key, low, high, 12), strict=True):
            yield (series, f"{month:%Y-%m}", "", value, WITHIN)


def _emails_then(then: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    low, high = then["helpdesk_emails_lowest_month"], then["helpdesk_emails_highest_month"]
    totals = _between("emails", low, high, 12)
    for month, total in zip(months(*YEAR_TO_THEN), totals, strict=True):
        yield from _emails(month, total, WITHIN)


def _emails_now() -> Iterator[tuple[Any, ...]]:
    for month in months(*YEAR_TO_NOW):
        yield from _emails(month, pick(f"emails {month}", 1000, 1600), DRAWN)


def _emails(month: date, total: int, source: str) -> Iterator[tuple[Any, ...]]:
    """Yield the emails of a month and their topics, which add up to them."""
    written = f"{month:%Y-%m}"
    signifiers = pick(f"signifiers {month}", 1, 19)
    yield ("helpdesk-emails", written, "", total, source)
    yield ("helpdesk-emails-by-topic", written, SIGNIFIERS, signifiers, source)
    parts = shares(total - signifiers, TOPICS, seed=written)
    for topic, count in zip(TOPICS, parts, strict=True):
        yield ("helpdesk-emails-by-topic", written, topic, count, source)


def _readers(now: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    total = now["codeworks_users"]
    source = "Fictional parts of a published total"
    counts = {category: total * share // 100 for category, share in READERS.items()}
    counts["other-sec-parties"] += total - sum(counts.values())
    for category, count in counts.items():
        yield ("codeworks-users", "2021-09", category, count, source)


def _effort(then: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Yield days that add up to the published total, to the hundredth."""
    places = [(*entry, team) for entry in EFFORT for team in ("core", "community-of-experts")]
    names = [" ".join(place) for place in places]
    hundredths = shares(int(then["effort_days"] * 100), names, seed="effort", least=25)
    for (group, driver, product, team), count in zip(places, hundredths, strict=True):
        yield ("2018-02", group, driver, product, team, Decimal(count) / 100)


def _publications() -> Iterator[tuple[Any, ...]]:
    yield from (("dpl", 60, date(2018, 2, 8)), ("dpl", 61, date(2018, 2, 22)))
    for name, (low, high, first) in LISTS.items():
        version = first
        for month in months(*YEAR_TO_NOW):
            count = pick(f"{name} {month}", low, high)
            later = sorted(pick(f"{name} {month} {place}", 0, 25) for place in range(count))
            for days in later:
                yield (name, version, weekday(month + timedelta(days=days)))
                version += 1


def _devices(total: int) -> Iterator[tuple[Any, ...]]:
    """Yield one entry for each assured device; the last kind makes up the total."""
    counts = [count for *_, count in DEVICES]
    counts[-1] = total - sum(counts)
    number = 0
    for (kind, mode, region, _), count in zip(DEVICES, counts, strict=True):
        for _place in range(count):
            number += 1
            day = weekday(FIRST_ASSURED_ON + timedelta(days=40 * (number - 1)))
            yield (f"F-DA-{number:04d}", kind, mode, region, 1, day)
