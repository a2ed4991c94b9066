"""The register of consultations that others run."""

from collections.abc import Iterable, Mapping

from engross.apps.consultations.models import IndustryConsultation
from engross.apps.registers.registers import Register, add_register, days_in_order
from engross.core.refusals import Reason
from engross.core.registers.columns import Column, Kind, Value
from engross.core.registers.timelines import Telling


def _open_in_order(values: Mapping[str, Value]) -> Iterable[Reason]:
    return days_in_order(values, "opened_on", "closes_on")


industry_consultations = add_register(
    Register(
        name="industry-consultations",
        title="Open industry consultations",
        meaning="Consultations that others run, and where to answer them",
        model=IndustryConsultation,
        columns=(
            Column("organisation", "Who consults", required=True, longest=200,
                   example="Ofgem"),
            Column("title", "What it is called", required=True),
            Column("opened_on", "The day it opened; empty when not known", Kind.DAY,
                   example="2021-10-12"),
            Column("closes_on", "The last day for answers; empty when not known", Kind.DAY,
                   example="2021-11-12"),
            Column("link", "Where to read and answer it", Kind.LINK, required=True,
                   example="https://www.ofgem.gov.uk/consultations"),
            Column("about", "What it is about, in a few sentences", longest=1000),
        ),
        key=("organisation", "title"),
        order=("closes_on", "organisation", "title"),
        day="opened_on",
        row_rules=_open_in_order,
        tells=(Telling("opened_on", "{organisation} consults", ("{title}",), without_day=True),),
    )
)  # fmt: skip
