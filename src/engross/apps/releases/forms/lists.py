"""What a person asks of the lists of code versions and of releases."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from engross.apps.registers.forms import DayField
from engross.apps.registers.queries import Asked, active_code

ANY = [("", "Any")]


def _choices(name: str) -> list[tuple[str, str]]:
    names = {each.key: each.name for each in active_code().options(name)}
    return [*ANY, *names.items()]


class _DatedList(forms.Form):
    """Words, a choice of the code, a year and a day."""

    chosen = ""
    choices = ""

    q = forms.CharField(label="Words", required=False, max_length=200,
                        widget=forms.TextInput(attrs={"type": "search"}))  # fmt: skip

    def __init__(self, data: Any, *, years: Iterable[int], label: str) -> None:
        super().__init__(data)
        self.fields[self.chosen] = forms.ChoiceField(
            label=label, required=False, choices=_choices(self.choices)
        )
        listed = [*ANY, *((str(year), str(year)) for year in years)]
        self.fields["year"] = forms.ChoiceField(label="Year", required=False, choices=listed)
        self.fields["as_at"] = DayField(
            label="As at", required=False, widget=forms.DateInput(attrs={"type": "date"})
        )

    def asked(self, *, sort: str) -> Asked:
        """Return what is asked; a filter that cannot be read is left out."""
        self.is_valid()
        chosen = self.cleaned_data.get(self.chosen)
        return Asked(
            as_at=self.cleaned_data.get("as_at"),
            filters={self.chosen: chosen} if chosen else {},
            words=self.cleaned_data.get("q", ""),
            sort=sort,
        )

    def year(self) -> int | None:
        """Return the year that is asked for, if one is."""
        self.is_valid()
        return int(self.cleaned_data.get("year") or 0) or None


class VersionFilterForm(_DatedList):
    """The filters of the list of code versions."""

    chosen, choices = "cause", "version_reasons"

    def __init__(self, data: Any, *, years: Iterable[int]) -> None:
        super().__init__(data, years=years, label="Cause")


class ReleaseFilterForm(_DatedList):
    """The filters of the list of releases."""

    chosen, choices = "kind", "release_kinds"

    def __init__(self, data: Any, *, years: Iterable[int]) -> None:
        super().__init__(data, years=years, label="Kind")


class AsAtForm(forms.Form):
    """The day that a page is asked about."""

    as_at = DayField(required=False)

    def day(self) -> date | None:
        """Return the day; None if none, or none that can be read, is asked for."""
        return self.cleaned_data.get("as_at") if self.is_valid() else None
