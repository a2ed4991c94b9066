"""The box, and the filters beside it."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from engross.apps.registers.forms import DayField
from engross.apps.registers.queries import active_code
from engross.apps.search.queries import MOST_DEEP, PER_PAGE, SORTS, Asked, Chosen, asked_for
from engross.core.access import Reader
from engross.core.search import DayRange
from engross.core.search.grammar import LONGEST

ANY = ("", "Any")
_ORDERS = {"relevance": "Best first", "newest": "Newest first", "oldest": "Oldest first"}


def _day(label: str) -> DayField:
    return DayField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


class SearchForm(forms.Form):
    """What is looked for. Nothing that is typed here is an error: what cannot be read is left."""

    q = forms.CharField(
        label="Search for", required=False,
        widget=forms.TextInput(
            attrs={"type": "search", "data-search": "", "maxlength": LONGEST, "autocomplete": "off",
                   "enterkeyhint": "search"}
        ),
    )  # fmt: skip
    kind = forms.CharField(required=False, widget=forms.HiddenInput)
    category = forms.ChoiceField(label="Party Category", required=False)
    paper_class = forms.ChoiceField(label="Class", required=False)
    since = _day("From")
    until = _day("Until")
    as_at = _day("As at")
    order = forms.ChoiceField(label="Order", required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        code = active_code()
        for name, choices in (("category", "party_categories"), ("paper_class", "paper_classes")):
            names = {each.key: each.name for each in code.options(choices)}
            self._field(name).choices = [ANY, *names.items()]
        self._field("order").choices = [("", "Usual order"), *_ORDERS.items()]
        self.full_clean()

    def _field(self, name: str) -> Any:
        return self.fields[name]

    @property
    def filters(self) -> list[forms.BoundField]:
        """The fields beside the box."""
        return [each for each in self.visible_fields() if each.name != "q"]

    @property
    def written_filters(self) -> SafeString:
        """The fields beside the box as HTML; made once where nothing is chosen in them."""
        return self.written() if self.is_filtered else _unchosen(active_code().key)

    def written(self) -> SafeString:
        """Return the fields beside the box as HTML."""
        return render_to_string("search/filters.html", {"fields": self.filters})

    @property
    def is_filtered(self) -> bool:
        """Say whether something was chosen beside the box."""
        return any(self.data.get(each.name) for each in self.filters)

    @property
    def text(self) -> str:
        """What was typed, as far as it is read."""
        return str(self.cleaned_data.get("q") or "")[:LONGEST]

    @property
    def page(self) -> int:
        """The page that was asked for; the first where that is no number."""
        raw = self.data.get("page", "1")
        return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 7 else 1

    @property
    def is_too_deep(self) -> bool:
        """Say whether the page lies beyond what anybody reads."""
        return self.page * PER_PAGE > MOST_DEEP

    def asked(self, *, reader: Reader, on: date, behind: frozenset[str]) -> Asked:
        """Return the question, with `on` as today."""
        given = self.cleaned_data
        order = given.get("order") or ""
        until = given.get("until")
        ends = until + timedelta(days=1) if until and until < date.max else None
        return asked_for(
            self.text, reader=reader, on=on, as_at=given.get("as_at"),
            chosen=Chosen(
                kinds=tuple(filter(None, [given.get("kind")])),
                categories=tuple(filter(None, [given.get("category")])),
                classes=tuple(filter(None, [given.get("paper_class")])),
                days=DayRange(given.get("since"), ends),
            ),
            sort=order if order in SORTS else "", offset=(self.page - 1) * PER_PAGE, behind=behind,
        )  # fmt: skip


@lru_cache(maxsize=4)
def _unchosen(code: str) -> SafeString:
    """Return the filters of a code as HTML, with nothing chosen."""
    return SearchForm(QueryDict()).written()
