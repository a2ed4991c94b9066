"""The read API of product lists and of assured devices."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from engross.apps.products import queries
from engross.apps.registers.api import (
    PROBLEMS,
    AsAt,
    Paged,
    PageOf,
    aware,
    plain_values,
    turn_to,
)
from engross.apps.registers.queries import Asked, active_code
from engross.core.codes.codes import Option

lists = Router(tags=["Products"])
devices = Router(tags=["Products"])


class ListItem(Schema):
    """A product list and its latest version by the day asked for."""

    product_list: str
    url: str
    name: str
    version: str | None = None
    published_on: date | None = None
    versions: int
    basis: str | None = None


class Publication(Schema):
    """A version of a list."""

    version: str
    published_on: date
    note: str | None = None
    basis: str


class ListEntry(ListItem):
    """A product list with a page of its versions, the latest first."""

    count: int
    next: str | None = None
    publications: list[Publication]


class DevicesQuery(Paged):
    """What the list of assured devices can be asked."""

    device_type: str = Field("", max_length=60, description="A key of the list device_types")
    mode: str = Field("", max_length=60, description="A key of the list assurance_modes")
    region: str = Field("", max_length=60, description="A key of the list assurance_regions")
    sort: str = Field("", max_length=60, description="A column of the register; with - before it, "
                      "backwards")  # fmt: skip


class DeviceItem(Schema):
    """Devices of one kind that are assured on the day asked for."""

    reference: str
    device_type: str
    mode: str | None = None
    region: str | None = None
    devices: int
    assured_on: date
    ended_on: date | None = None
    basis: str


class DevicePage(PageOf):
    """A page of assured devices."""

    rows: list[DeviceItem]


@lists.get("", response={200: list[ListItem], **PROBLEMS}, summary="Product lists",
           operation_id="list_product_lists_as_listed")  # fmt: skip
def list_product_lists(request: HttpRequest, asked: Query[AsAt]) -> Any:
    """The lists that the code keeps, each with its latest version by a day."""
    latest = queries.latest_by_list(
        asked.as_at or timezone.localdate(), known_at=aware(asked.known_at)
    )
    options = {each.key: each for each in active_code().options("product_lists")}
    return JsonResponse([_list(each, latest.get(key)) for key, each in options.items()], safe=False)


def _list(option: Option, latest: queries.Latest | None) -> dict[str, Any]:
    item = {
        "product_list": option.key,
        "url": reverse("products:list", args=[option.key]),
        "name": option.name,
        "versions": latest.count if latest else 0,
    }
    if latest is None:
        return {**item, "version": None, "published_on": None, "basis": None}
    return {**item, **plain_values(latest.row, "version", "published_on", "basis")}


@lists.get("/{key}", response={200: ListEntry, **PROBLEMS}, summary="One product list",
           operation_id="get_product_list")  # fmt: skip
def get_product_list(request: HttpRequest, key: str, asked: Query[Paged]) -> Any:
    """A list by its key, with its versions."""
    options = {each.key: each for each in active_code().options("product_lists")}
    if key not in options:
        raise Http404("There is no such product list")
    turn = turn_to(request, asked)
    latest = queries.latest_by_list(asked.as_at or turn.today, known_at=turn.known_at)
    plain = Asked(as_at=asked.as_at, known_at=turn.known_at, filters={"product_list": key})
    page = turn.page(queries.publications_asked(plain), lambda row: str(row.entry))
    names = ("version", "published_on", "note", "basis")
    rows = [plain_values(row, *names) for row in page.rows]
    return page.answer(rows, named="publications", **_list(options[key], latest.get(key)))


@devices.get("", response={200: DevicePage, **PROBLEMS}, summary="Assured devices",
             operation_id="list_assured_devices")  # fmt: skip
def list_devices(request: HttpRequest, asked: Query[DevicesQuery]) -> Any:
    """The devices that are assured today, or were on a day."""
    chosen = {"device_type": asked.device_type, "mode": asked.mode, "region": asked.region}
    turn = turn_to(request, asked)
    plain = Asked(
        known_at=turn.known_at, sort=asked.sort,
        filters={name: key for name, key in chosen.items() if key},
    )  # fmt: skip
    found = queries.entries_asked(plain, asked.as_at or turn.today)
    page = turn.page(found, lambda row: str(row.entry))
    names = ("reference", "device_type", "mode", "region", "devices", "assured_on", "ended_on",
             "basis")  # fmt: skip
    return page.answer([plain_values(row, *names) for row in page.rows])
