"""What can be searched beside the registers: what comes with the code's data and the software."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from engross.apps.registers.queries import active_code
from engross.apps.registers.registers import all_registers
from engross.apps.search.registers.sources import Draft, StandingSource, add_source
from engross.core.access import Marking, reach_of
from engross.core.reports.figures import FIGURES

# What is read of the text itself rather than of a register: its words, and its definitions.
TEXT_SOURCES = ("text-words", "definitions")


def _joined(*words: str) -> str:
    return ", ".join(filter(None, words))


def _lists() -> Iterable[Draft]:
    for option in active_code().options("product_lists"):
        yield Draft(
            key=option.key, title=option.name, href=reverse("products:list", args=[option.key]),
            body=_joined(*option.aliases, option.clause, option.text("made_by")),
            names=(option.key, option.name, *option.aliases),
        )  # fmt: skip


def _guidance() -> Iterable[Draft]:
    """Return who meets, which categories there are, what is kept and how it is counted."""
    code = active_code()
    for option in code.options("bodies"):
        query = urlencode({"body": option.key})
        yield Draft(
            key=f"bodies/{option.key}", title=option.name,
            href=f"{reverse('meetings:list')}?{query}",
            body=_joined("A body that meets", *option.aliases, option.clause, option.note),
        )  # fmt: skip
    for option in code.options("party_categories"):
        query = urlencode({"category": option.key})
        yield Draft(
            key=f"party_categories/{option.key}", title=option.plural or option.name,
            href=f"{reverse('parties:list')}?{query}", categories=(option.key,),
            body=_joined("A Party Category", *option.aliases, option.clause, option.note),
        )  # fmt: skip
    for register in all_registers():
        yield Draft(
            key=f"registers/{register.name}", title=f"The register {register.title}",
            href=reverse("registers:list", args=[register.name]), body=register.meaning,
        )  # fmt: skip


def _figures() -> Iterable[Draft]:
    """Return how each figure is counted, marked by its own class."""
    code = active_code()
    for figure in FIGURES.specs(code).values():
        yield Draft(
            key=figure.name, title=f"How we count: {figure.title}",
            href=reverse("reports:figure", args=[figure.name]),
            body=_joined(figure.name, figure.method), names=(figure.name,),
            paper_class=figure.paper_class,
            marking=Marking(reach_of(code, figure.paper_class)),
        )  # fmt: skip


add_source(StandingSource("lists", "list", _lists, weight=1.3))
add_source(StandingSource("guidance", "guidance", _guidance, weight=0.8))
add_source(StandingSource("figures", "guidance", _figures, weight=0.4))
