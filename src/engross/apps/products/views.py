"""The pages of product lists, and of the devices that are assured."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode

from engross.adapters.tables import CONTENT_TYPES, table_bytes
from engross.apps.accounts.queries import may_change_registers
from engross.apps.products import queries
from engross.apps.products.forms import AsAtForm, DeviceFilterForm
from engross.apps.products.models import AssuranceEntry, ListPublication
from engross.apps.registers.queries import Asked, active_code, last_kept_day, plain_rows
from engross.apps.registers.registers import register_named
from engross.core.codes.codes import Option
from engross.core.dates.months import Month
from engross.core.registers.addresses import nearest_keys
from engross.design.parts import Column, basis

ROWS_A_PAGE = 60
LIST_COLUMNS = (
    Column("name", "List", "title", link="href"),
    Column("short", "Short", "reference"),
    Column("version", "Latest version", "reference"),
    Column("published_on", "Published", "day"),
    Column("count", "Versions recorded", "number"),
    Column("made_by", "Made by"),
)
PUBLICATION_COLUMNS = (
    Column("version", "Version", "reference", link="href"),
    Column("published_on", "Published", "day", sort="published_on"),
    Column("note", "Note"),
    Column("basis", "Basis"),
)
DEVICE_COLUMNS = (
    Column("reference", "Entry", "reference", sort="reference", link="href"),
    Column("device_type", "Type", "title", sort="device_type"),
    Column("mode", "Mode", sort="mode"),
    Column("region", "Region", sort="region"),
    Column("devices", "Devices", "number", sort="devices"),
    Column("assured_on", "Assured", "day", sort="assured_on"),
    Column("ended_on", "Until", "day", sort="ended_on"),
    Column("basis", "Basis"),
)


def tabs_of(current: str) -> list[dict[str, Any]]:
    """Return the two views that share a place in the menu."""
    named = {"lists": "Product lists", "devices": "Device assurance"}
    return [
        {"label": label, "href": reverse(f"products:{name}"), "is_current": name == current}
        for name, label in named.items()
    ]


def list_index(request: HttpRequest) -> HttpResponse:
    """Show the lists of the code: the latest version of each, and the last twelve months."""
    as_at = AsAtForm(request.GET).day()
    day = as_at or last_kept_day("product-lists", timezone.localdate())
    context = {
        "title": "Product lists",
        "lead": "The lists that the code keeps: the latest version of each, and how often they "
        "are published.",
        "tabs": tabs_of("lists"),
        "columns": LIST_COLUMNS,
        "rows": _shown_lists(day, as_at),
        "months": queries.versions_by_month(Month.of(day), until=day),
        "last_month": Month.of(day).name,
        "as_at": as_at,
        "downloads": {
            **{
                form: f"{reverse('registers:list', args=['product-lists']).rstrip('/')}.{form}"
                for form in ("csv", "xlsx", "json")
            },
            "atom": reverse("registers:feed", args=["product-lists"]),
        },
        "may_change": may_change_registers(request.user),
    }
    return render(request, "products/lists.html", context)


def _shown_lists(day: date, as_at: date | None) -> list[dict[str, Any]]:
    latest = queries.latest_by_list(day)
    rows = []
    for option in _lists_on(day, also=set(latest)):
        found = latest.get(option.key)
        rows.append(
            {
                "name": option.name,
                "href": href_of_list(option.key, as_at),
                "short": option.text("abbreviation"),
                "version": _version_of(found.row) if found else None,
                "published_on": found.row.published_on if found else None,
                "count": found.count if found else None,
                "made_by": option.text("made_by"),
            }
        )
    return rows


def _version_of(row: ListPublication) -> str:
    return format_html("{} {}", row.version, basis(row.basis)) if basis(row.basis) else row.version


def _lists_on(day: date, *, also: set[str]) -> list[Option]:
    """Return the lists that the code keeps on a day, and those that have versions all the same."""
    options = {each.key: each for each in active_code().options("product_lists")}
    kept = {each.key for each in active_code().options("product_lists", day)}
    return [each for key, each in options.items() if key in kept | also]


def href_of_list(key: str, as_at: date | None = None) -> str:
    """Return the address of a list's page, as at a day if one is asked for."""
    query = f"?{urlencode({'as_at': as_at.isoformat()})}" if as_at else ""
    return reverse("products:list", args=[key]) + query


def product_list(request: HttpRequest, key: str) -> HttpResponse:
    """Show one list: what it is, and every version of it that was published."""
    options = {each.key: each for each in active_code().options("product_lists")}
    if key not in options:
        return _unknown(request, key, options)
    option = options[key]
    as_at = AsAtForm(request.GET).day()
    day = as_at or last_kept_day("product-lists", timezone.localdate())
    asked = Asked(as_at=as_at, filters={"product_list": key}, sort=request.GET.get("sort", ""))
    rows: Any = queries.publications_asked(asked)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = [_shown_publication(row) for row in page.object_list]
    latest = queries.latest_by_list(day).get(key)
    months = queries.versions_by_month(Month.of(day), lists=[key], until=day)
    files = reverse("registers:list", args=["product-lists"]).rstrip("/")
    query = urlencode({"product_list": key, **({"as_at": as_at.isoformat()} if as_at else {})})
    context = {
        "title": option.name,
        "reference": option.text("abbreviation"),
        "latest": latest.row if latest else None,
        "facts": _list_facts(option),
        "months": months.down(),
        "months_note": f"The twelve months to {Month.of(day).name}",
        "bases": months.bases,
        "page": page,
        "columns": PUBLICATION_COLUMNS,
        "sorted_by": asked.sort,
        "as_at": as_at,
        "downloads": {form: f"{files}.{form}?{query}" for form in ("csv", "xlsx", "json")},
        "api_url": f"/api/v1/product-lists/{key}",
        "record_url": f"{reverse('registers:record', args=['product-lists'])}?product_list={key}",
        "may_change": may_change_registers(request.user),
    }
    return render(request, "products/list.html", context)


def _shown_publication(row: ListPublication) -> dict[str, Any]:
    return {
        "version": row.version,
        "href": reverse("registers:entry", args=["product-lists", row.entry]),
        "published_on": row.published_on,
        "note": row.note,
        "basis": basis(row.basis) or "record",
    }


def _list_facts(option: Option) -> list[tuple[str, Any]]:
    facts: list[tuple[str, Any]] = [("Made by", option.text("made_by")), ("Clause", option.clause)]
    return [*facts, ("Kept from", option.held_from)] if option.held_from else facts


def _unknown(request: HttpRequest, key: str, options: dict[str, Option]) -> HttpResponse:
    near = nearest_keys(key, options)
    context = {
        "title": f"There is no product list {key[:60]}",
        "lead": "The code keeps none of that name.",
        "near": [(options[each].name, href_of_list(each)) for each in near],
        "all_url": reverse("products:lists"),
        "all_label": "All product lists",
    }
    return render(request, "design/unknown.html", context, status=404)


def devices(request: HttpRequest) -> HttpResponse:
    """Show the devices that are assured on a day, by type, mode and region."""
    form = DeviceFilterForm(request.GET)
    asked = form.asked(sort=request.GET.get("sort", ""))
    as_at = form.day()
    day = as_at or timezone.localdate()
    rows: Any = queries.entries_asked(asked, day)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = _shown_entries(list(page.object_list))
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {
        "title": "Device assurance",
        "lead": "Devices that are assured, by type, mode and region.",
        "tabs": tabs_of("devices"),
        "day": day,
        "table": queries.devices_by_type(day),
        "filter_form": form,
        "page": page,
        "columns": DEVICE_COLUMNS,
        "noun": "entries" if page.paginator.count != 1 else "entry",
        "sorted_by": asked.sort,
        "as_at": as_at,
        "downloads": {
            each: reverse("products:download-devices", args=[each]) + query
            for each in ("csv", "xlsx", "json")
        },
        "may_change": may_change_registers(request.user),
        "empty_title": None if request.GET else "No device is recorded as assured yet.",
    }
    return render(request, "products/devices.html", context)


def _shown_entries(rows: list[AssuranceEntry]) -> list[dict[str, Any]]:
    code = active_code()
    names = {
        field: {each.key: each.name for each in code.options(choices)}
        for field, choices in (
            ("device_type", "device_types"),
            ("mode", "assurance_modes"),
            ("region", "assurance_regions"),
        )
    }
    return [
        {
            "reference": row.reference,
            "href": reverse("registers:entry", args=["device-assurance", row.entry]),
            **{field: listed.get(getattr(row, field), getattr(row, field))
               for field, listed in names.items()},
            "devices": row.devices,
            "basis": basis(row.basis) or "record",
            "assured_on": row.assured_on,
            "ended_on": row.ended_on,
        }
        for row in rows
    ]  # fmt: skip


def download_devices(request: HttpRequest, form: str) -> HttpResponse:
    """Send the assured devices that were asked for as a file that an import takes back."""
    asking = DeviceFilterForm(request.GET)
    asked = asking.asked(sort=request.GET.get("sort", ""))
    rows: Any = queries.entries_asked(asked, asking.day() or timezone.localdate())
    register = register_named("device-assurance")
    name = register.name
    content = table_bytes(form, name, register.all_columns, plain_rows(register, rows))
    response = HttpResponse(content, content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
