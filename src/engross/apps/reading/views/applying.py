"""The text for one Party Category: what obliges, entitles or mentions it, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from django.http import QueryDict

from engross.adapters.legaltext.redlines.linked import Block
from engross.apps.reading.queries import CodeLayers, applications_for, categories_on, lifted_for
from engross.apps.reading.views.paths import Paths
from engross.apps.reading.views.visits import Visit
from engross.core.dates.wording import day_in_words
from engross.core.legaltext.applicability import Application, Decision, Sense

SENSES = tuple(Sense)
LONGEST_WORDS = 90
RESTS = {"dim": "shown faintly", "hide": "left out"}


@dataclass(frozen=True)
class Asked:
    """What was asked of the filter: for whom, in which senses, and what becomes of the rest.

    `unknown` is a Party Category that there is not.
    """

    category: str = ""
    name: str = ""
    senses: tuple[Sense, ...] = SENSES
    rest: str = "dim"
    unknown: str = ""


def asked_for(query: QueryDict, visit: Visit) -> Asked:
    """Return what the query of a page asks of the filter."""
    category = query.get("for", "")
    senses = senses_asked(query)
    rest = "hide" if query.get("rest") == "hide" else "dim"
    names = categories_on(visit.on)
    if category and category not in names:
        return Asked(senses=senses, rest=rest, unknown=category[:60])
    return Asked(category, names.get(category, ""), senses, rest)


def senses_asked(query: QueryDict, *, otherwise: tuple[Sense, ...] = SENSES) -> tuple[Sense, ...]:
    """Return the senses that a query asks for, each said alone or several with commas."""
    words = ",".join(query.getlist("show")).split(",")
    return tuple(sense for sense in SENSES if sense.value in words) or otherwise


@dataclass(frozen=True)
class Applied:
    """The provisions of a document that say something of a Party Category, by their places.

    `counts` are of the whole document, `above` the provisions that stand over any of them.
    """

    asked: Asked
    of: dict[int, Application]
    why: dict[int, str]
    above: frozenset[int]
    counts: tuple[tuple[str, int], ...]
    total: int

    def is_left_out(self, block: Block) -> bool:
        """Say whether a block is not shown at all."""
        is_rest = block.place not in self.of and block.place not in self.above
        return is_rest and self.asked.rest == "hide"

    def marks(self, block: Block) -> str:
        """Return the attributes of a block that say whether it applies."""
        application = self.of.get(block.place)
        if application is not None:
            return f' data-applies="{application.sense.value}"'
        return "" if block.place in self.above else ' data-applies="no"'

    def after(self, block: Block) -> str:
        """Return the line below a block that says how it applies, and by which words."""
        return self.why.get(block.place, "")


def applied(visit: Visit, asked: Asked) -> Applied | None:
    """Return how a document applies to the Party Category that is asked for; None for nobody."""
    if not asked.category:
        return None
    code, paths = visit.code, visit.paths
    nodes = code.nodes_of(visit.page.name)
    found = applications_for(code, visit.page.name, asked.category, visit.decided)
    lifted = lifted_for(code, visit.page.name, asked.category, visit.decided)
    counts = tuple(
        (sense.value, sum(1 for each in found.values() if each.sense is sense)) for sense in SENSES
    )
    chosen = {node: each for node, each in found.items() if each.sense in asked.senses}
    return Applied(
        asked=asked,
        of={node - nodes.start: each for node, each in chosen.items()},
        why={node - nodes.start: _why(code, paths, node, one) for node, one in chosen.items()}
        | {node - nodes.start: _why_not(code, node, one) for node, one in lifted.items()},
        above=frozenset(node - nodes.start for node in _above(code, chosen)),
        counts=counts,
        total=len(nodes) - 1,
    )


def why_words(code: CodeLayers, application: Application) -> str:
    """Return the words by which a provision applies, or the reason that a person gave."""
    if application.evidence is None:
        return by_whom(application)
    node, start, end = application.evidence
    words = " ".join(code.places.provision(node).text[start:end].split())
    if len(words) <= LONGEST_WORDS:
        return words
    half = LONGEST_WORDS // 2
    return f"{words[:half].rstrip()} … {words[-half:].lstrip()}"


def by_whom(said: Application | Decision) -> str:
    """Return who decided how a provision applies, when, and why."""
    on = f" on {day_in_words(said.decided_on)}" if said.decided_on else ""
    return f"by the secretariat{on}: {said.reason}"


def _why_not(code: CodeLayers, node: int, decision: Decision) -> str:
    """Return the line below a provision that does not apply; once, where that was decided."""
    if decision.key != code.places.keys[node]:
        return ""
    return f'<p class="applies"><strong>Does not apply</strong>: {escape(by_whom(decision))}</p>'


def _why(code: CodeLayers, paths: Paths, node: int, application: Application) -> str:
    words = escape(why_words(code, application))
    said = f"<q>{words}</q>" if application.evidence else words
    source = application.evidence.node if application.evidence else node
    inherited = ""
    if application.inherited and source != node:
        place = paths.place(source, seen_from=code.places.documents[node].document)
        inherited = f', from <a href="{place}">{escape(code.places.shown(source))}</a>'
    sense = application.sense.value.capitalize()
    return f'<p class="applies"><strong>{sense}</strong>: {said}{inherited}</p>'


def _above(code: CodeLayers, nodes: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for node in nodes:
        above = code.places.parents[node]
        while above >= 0 and above not in found:
            found.add(above)
            above = code.places.parents[above]
    return found


def filter_choices(asked: Asked, visit: Visit) -> dict[str, Any]:
    """Return what the filter's form offers, with what is chosen."""
    return {
        "asked": asked,
        "categories": [
            (key, name, key == asked.category) for key, name in categories_on(visit.on).items()
        ],
        "senses": [(sense.value, sense in asked.senses) for sense in SENSES],
        "rests": [(key, words, key == asked.rest) for key, words in RESTS.items()],
    }
