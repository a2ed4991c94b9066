"""Figures of product lists as published, and of devices that are assured."""

from collections.abc import Iterable

from engross.apps.products.queries import (
    AssuranceRow,
    PublicationRow,
    assured_on,
    publications_between,
)
from engross.apps.registers.figures import (
    called,
    count_by_month,
    days_of_month,
    months_told,
    months_without,
    once,
    option_or_none,
    span_told,
)
from engross.core.codes.codes import Option
from engross.core.dates.months import Month
from engross.core.reports.figures import Answer, Asking, Span, figure
from engross.core.reports.tables import ColumnKind, ColumnSpec, Table, columns, table

LISTS = ("product-lists",)
ASSURANCE = ("device-assurance",)
ALL_MODES = "All modes"
ALL_REGIONS = "All regions"


def publications_told(asking: Asking) -> list[PublicationRow]:
    """Return the versions published in the months that the report tells of."""
    return once(asking, _read_publications)


def _read_publications(asking: Asking) -> list[PublicationRow]:
    return publications_between(*span_told(asking), known_at=asking.known_at)


def _of_month(asking: Asking) -> list[PublicationRow]:
    return [each for each in publications_told(asking) if each.published_on in asking.month]


def _lists(asking: Asking) -> list[Option]:
    latest = {each.key: each for each in asking.code.options("product_lists")}
    return sorted(latest.values(), key=lambda each: each.number("order"))


@figure(
    "product_lists.versions.in_month",
    title="Product list versions published in the month",
    unit="versions",
    method="Versions of all product lists published on a day of the month.",
    needs=LISTS,
)
def versions_in_month(asking: Asking) -> Answer:
    """Count the versions published in the month."""
    found = _of_month(asking)
    rows = [
        (each.product_list, called(asking.code, "product_lists", each.product_list), each.version,
         each.published_on)
        for each in found
    ]  # fmt: skip
    specs = columns(
        ("list_key", "", "text"),
        ("list", "", "text"),
        ("version", "", "text"),
        ("published_on", "Published on", "day"),
    )
    return Answer(len(found), table(specs, rows), frozenset(each.basis for each in found))


@figure(
    "product_lists.versions.by_list",
    title="Versions published of each product list",
    unit="versions",
    method="The versions of the month by list, lists without any too.",
    needs=LISTS,
)
def versions_by_list(asking: Asking) -> Answer:
    """Count the versions published of each list in the month."""
    found = [each.product_list for each in _of_month(asking)]
    rows = [
        (each.key, each.name, found.count(each.key))
        for each in _lists(asking)
        if each.key in found or each.is_held_on(days_of_month(asking)[1])
    ]
    specs = columns(("list_key", "", "text"), ("list", "", "text"), ("versions", "", "whole"))
    bases = frozenset(each.basis for each in _of_month(asking))
    return Answer(rows=table(specs, rows).with_total(), bases=bases)


@figure(
    "product_lists.versions.by_month",
    title="Product list versions by month",
    unit="versions",
    method="Versions published by month, in one column for each list that the code charts.",
    needs=LISTS,
)
def versions_by_month(asking: Asking) -> Answer:
    """Count the versions of each charted list in each month that the report tells of."""
    charted = [each for each in _lists(asking) if each.flag("is_charted")]
    specs = (
        ColumnSpec("month", kind=ColumnKind.MONTH),
        *(ColumnSpec(each.key, each.text("abbreviation"), ColumnKind.WHOLE) for each in charted),
    )
    series = [_counts(asking, each.key) for each in charted]
    rows = zip(months_told(asking), *series, strict=True)
    keys = {each.key for each in charted}
    bases = frozenset(each.basis for each in publications_told(asking) if each.product_list in keys)
    return Answer(rows=table(specs, rows), bases=bases)


def _counts(asking: Asking, key: str) -> list[int | None]:
    months: tuple[Month, ...] = months_told(asking)
    days = [each.published_on for each in publications_told(asking) if each.product_list == key]
    return count_by_month(days, months, without=months_without(asking, *LISTS))


def devices_assured(asking: Asking) -> list[AssuranceRow]:
    """Return what is assured on the day asked about."""
    return once(asking, _read_assured)


def _read_assured(asking: Asking) -> list[AssuranceRow]:
    return assured_on(asking.as_at, known_at=asking.known_at)


def _assured_table(asking: Asking, found: Iterable[AssuranceRow]) -> Table:
    rows = (
        (each.reference, called(asking.code, "device_types", each.device_type),
         _mode(asking, each.mode), _region(asking, each.region), each.devices, each.assured_on)
        for each in found
    )  # fmt: skip
    specs = columns(
        ("reference", "", "text"),
        ("type", "", "text"),
        ("mode", "", "text"),
        ("region", "", "text"),
        ("devices", "", "whole"),
        ("assured_on", "Assured on", "day"),
    )
    return table(specs, rows)


def _mode(asking: Asking, key: str) -> str:
    return called(asking.code, "assurance_modes", key) if key else ALL_MODES


def _region(asking: Asking, key: str) -> str:
    return called(asking.code, "assurance_regions", key) if key else ALL_REGIONS


def _bases_of(found: Iterable[AssuranceRow]) -> frozenset[str]:
    return frozenset(each.basis for each in found)


@figure(
    "device_assurance.devices.total",
    title="Devices on the assurance register",
    unit="devices",
    method="Devices of the entries that are assured on the day, added up.",
    needs=ASSURANCE,
    span=Span.DAY,
)
def devices_total(asking: Asking) -> Answer:
    """Add up the devices that are assured on the day."""
    found = devices_assured(asking)
    total = sum(each.devices for each in found)
    return Answer(total, _assured_table(asking, found), _bases_of(found))


@figure(
    "device_assurance.by_type",
    title="Assured devices by type",
    unit="devices",
    method="Devices of the entries that are assured on the day, by type; types without any are "
    "left out.",
    needs=ASSURANCE,
    span=Span.DAY,
)
def devices_by_type(asking: Asking) -> Answer:
    """Add up the assured devices of each type."""
    found = devices_assured(asking)
    devices: dict[str, int] = {}
    for each in found:
        devices[each.device_type] = devices.get(each.device_type, 0) + each.devices
    rows = [
        (key, _abbreviation(asking, key), devices[key])
        for key in _in_order(asking, "device_types", devices)
    ]
    specs = columns(("type_key", "", "text"), ("type", "", "text"), ("devices", "", "whole"))
    return Answer(rows=table(specs, rows).with_total(), bases=_bases_of(found))


def _abbreviation(asking: Asking, key: str) -> str:
    option = option_or_none(asking.code, "device_types", key)
    return option.text("abbreviation") if option else key


def _in_order(asking: Asking, listed: str, used: Iterable[str]) -> list[str]:
    """Return the keys in use in the order of the code's list; an empty one comes first."""
    order = list(dict.fromkeys(["", *(each.key for each in asking.code.options(listed))]))
    place = {key: at for at, key in enumerate(order)}
    return sorted(used, key=lambda key: (place.get(key, len(place)), key))


@figure(
    "device_assurance.by_mode_and_region",
    title="Devices with partial assurance",
    unit="devices",
    method="Devices of the entries on the day that are assured for one mode or one region only, "
    "by mode and region.",
    needs=ASSURANCE,
    span=Span.DAY,
)
def devices_by_mode_and_region(asking: Asking) -> Answer:
    """Add up the partly assured devices of each mode and region."""
    found = [each for each in devices_assured(asking) if each.mode or each.region]
    devices: dict[tuple[str, str], int] = {}
    for each in found:
        pair = (each.mode, each.region)
        devices[pair] = devices.get(pair, 0) + each.devices
    rows = [
        (_mode(asking, mode), _region(asking, region), devices[mode, region])
        for mode in _in_order(asking, "assurance_modes", {mode for mode, _ in devices})
        for region in _in_order(asking, "assurance_regions", {region for _, region in devices})
        if (mode, region) in devices
    ]
    specs = columns(("mode", "", "text"), ("region", "", "text"), ("devices", "", "whole"))
    return Answer(rows=table(specs, rows).with_total(), bases=_bases_of(found))
