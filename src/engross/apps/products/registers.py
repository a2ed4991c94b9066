"""The registers of product list publications and of assured devices."""

from collections.abc import Iterable, Mapping

from engross.apps.products.models import AssuranceEntry, ListPublication
from engross.apps.registers.registers import Register, add_register, days_in_order
from engross.core.refusals import Reason
from engross.core.registers.columns import Column, Kind, Value
from engross.core.registers.timelines import Telling


def _assured_in_order(values: Mapping[str, Value]) -> Iterable[Reason]:
    return days_in_order(values, "assured_on", "ended_on")


product_lists = add_register(
    Register(
        name="product-lists",
        title="Product list publications",
        meaning="Each version of each product list, and the day it was published",
        model=ListPublication,
        columns=(
            Column("product_list", "The list", Kind.CHOICE, required=True,
                   choices="product_lists", example="cpl"),
            Column("version", "The version, as printed on it", Kind.IDENTIFIER, required=True,
                   longest=40, example="6.20.1"),
            Column("published_on", "The day it was published", Kind.DAY, required=True,
                   example="2021-09-14"),
            Column("note", "What is worth knowing about it"),
        ),
        key=("product_list", "version"),
        order=("published_on", "product_list", "version"),
        day="published_on",
        filters=("product_list",),
        tells=(Telling("published_on", "{product_list}, version {version}", ("{note}",)),),
    )
)  # fmt: skip

device_assurance = add_register(
    Register(
        name="device-assurance",
        title="Device assurance",
        meaning="Devices that are assured, by type, mode and region",
        model=AssuranceEntry,
        columns=(
            Column("reference", "The entry's own reference", Kind.IDENTIFIER, required=True,
                   longest=60, example="DA-0001"),
            Column("device_type", "The type of device", Kind.CHOICE, required=True,
                   choices="device_types", example="esme"),
            Column("mode", "The mode it is assured for", Kind.CHOICE, choices="assurance_modes",
                   example="credit"),
            Column("region", "The region it is assured for", Kind.CHOICE,
                   choices="assurance_regions", example="central-south"),
            Column("devices", "How many devices the entry stands for", Kind.WHOLE,
                   required=True, least=1, example="1"),
            Column("assured_on", "The day the assurance began", Kind.DAY, required=True,
                   example="2019-07-19"),
            Column("ended_on", "The first day without assurance, if it ended", Kind.DAY),
        ),
        key=("reference",),
        order=("assured_on", "reference"),
        day="assured_on",
        filters=("device_type", "mode", "region"),
        row_rules=_assured_in_order,
    )
)  # fmt: skip
