"""What a visit to a document or clause asks for, once it is known that there is such a thing."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import HttpRequest

from engross.apps.accounts.queries import who_reads
from engross.apps.legaltext.queries import applicability_decisions
from engross.apps.reading.queries import CodeLayers, TextState, TextWith, layers_as_at
from engross.apps.reading.queries.open_changes import OpenChanges, open_changes
from engross.apps.reading.views.kept_pages import DocumentPage
from engross.apps.reading.views.paths import Paths, on_day, with_query
from engross.core.access import Reader
from engross.core.legaltext.applicability import Decision
from engross.core.legaltext.numbers.addresses import Address


@dataclass(frozen=True)
class Visit:
    """A visit: the address, its document's page, and the day.

    `asked` is the day only where somebody asked for one: then every link keeps it. `chosen` is
    the text with the change sets that are switched on, None where none is.
    """

    request: HttpRequest
    address: Address
    page: DocumentPage
    state: TextState
    on: date
    asked: date | None
    chosen: TextWith | None = None

    @cached_property
    def code(self) -> CodeLayers:
        """The whole text of the day, with all that is derived from it."""
        if self.chosen is not None:
            return self.chosen.layers
        found = layers_as_at(self.on, state=self.state)
        if found is None:
            raise LookupError(f"there is no text on {self.on}, and yet a page of it")
        return found

    @cached_property
    def reader(self) -> Reader:
        """Who reads."""
        return who_reads(self.request)

    @cached_property
    def changes(self) -> OpenChanges:
        """Where the open change sets that the reader may see would change the text."""
        return open_changes(self.reader, state=self.state)

    @cached_property
    def decided(self) -> tuple[Decision, ...]:
        """What people decided about whom the text applies to."""
        return applicability_decisions()

    @cached_property
    def paths(self) -> Paths:
        """The addresses in the text."""
        return Paths(self.code)

    @property
    def until(self) -> date | None:
        """The next day from which some of the code reads otherwise; None while none is known."""
        return next((day for day in self.state.days if day > self.on), None)

    def shown(self, kept: str) -> str:
        """Return a kept piece of HTML with the addresses of the day that was asked for."""
        query = with_query(self.chosen.sets) if self.chosen else ""
        return on_day(kept, self.asked, query)
