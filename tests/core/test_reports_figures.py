"""Figures: what they carry, when they are unknown, and what a mistaken name gets."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from engross.core.dates.months import Month
from engross.core.reports.figures import (
    Answer,
    Asking,
    FigureRegistry,
    Span,
    State,
    figure,
)
from engross.core.reports.tables import ColumnKind, ColumnSpec, Table

SEPTEMBER = Month(2021, 9)
CATEGORIES = (ColumnSpec("category"), ColumnSpec("parties", kind=ColumnKind.WHOLE))


def a_code(**lists):
    """Return something with a code's lists of options."""
    options = {
        name: tuple(SimpleNamespace(key=key, name=key.upper()) for key in keys)
        for name, keys in lists.items()
    }
    return SimpleNamespace(options=lambda name, on=None: options[name])


def asking(registry, *, kept=lambda register, first, last: True, code=None):
    return Asking(
        code=code or a_code(),
        month=SEPTEMBER,
        as_at=date(2021, 9, 30),
        kept=kept,
        registry=registry,
    )


def registered(registry, name, compute, **more):
    figure(name, title="T", unit="U", method="M", registry=registry, **more)(compute)


def test_a_figure_is_computed_once_however_often_it_is_asked_for():
    registry, calls = FigureRegistry(), []
    registered(registry, "parties.total", lambda asking: calls.append(1) or Answer(3))
    round_ = asking(registry)

    assert round_.figure("parties.total").value == 3
    assert round_.value("parties.total") == 3
    assert calls == [1]


def test_a_figure_takes_on_the_bases_of_the_figures_it_asked_for():
    registry = FigureRegistry()
    registered(registry, "a.b", lambda asking: Answer(1, bases=frozenset({"fictional"})))
    registered(
        registry,
        "a.c",
        lambda asking: Answer(asking.value("a.b") + 1, bases=frozenset({"record"})),
    )
    registered(registry, "a.d", lambda asking: Answer(asking.value("a.c")))

    found = asking(registry).figure("a.d")

    assert found.bases == {"fictional", "record"}
    assert found.asked == ("a.c",)


def test_bases_travel_from_another_month_too():
    registry = FigureRegistry()
    registered(registry, "a.b", lambda asking: Answer(1, bases=frozenset({asking.month.name})))
    registered(
        registry, "a.c", lambda asking: Answer(asking.for_month(Month(2021, 8)).value("a.b"))
    )

    assert asking(registry).figure("a.c").bases == {"August 2021"}


def test_a_register_that_is_not_kept_gives_no_records_and_computes_nothing():
    registry = FigureRegistry()
    registered(registry, "a.b", lambda asking: Answer(1 // 0), needs=("parties",))

    found = asking(registry, kept=lambda register, first, last: False).figure("a.b")

    assert (found.state, found.value, found.rows) == (State.NO_RECORDS, None, None)


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.DAY, date(2021, 9, 30), date(2021, 9, 30)),
        (Span.MONTH, date(2021, 9, 1), date(2021, 9, 30)),
        (Span.TWELVE_MONTHS, date(2020, 10, 1), date(2021, 9, 30)),
    ],
)
def test_a_span_asks_whether_the_register_is_kept_over_its_days(span, first, last):
    registry, asked = FigureRegistry(), []
    registered(registry, "a.b", lambda asking: Answer(1), needs=("parties",), span=span)

    asking(registry, kept=lambda *each: asked.append(each) or True).figure("a.b")

    assert asked == [("parties", first, last)]


def test_a_figure_that_needs_an_unknown_value_has_no_records_itself():
    registry = FigureRegistry()
    registered(registry, "a.b", lambda asking: Answer(1), needs=("parties",))
    registered(registry, "a.c", lambda asking: Answer(asking.value("a.b") * 2))

    found = asking(registry, kept=lambda *each: False).figure("a.c")

    assert found.state is State.NO_RECORDS


def test_an_unknown_name_is_answered_with_the_nearest_known_one():
    registry = FigureRegistry()
    registered(registry, "parties.total", lambda asking: Answer(1))

    with pytest.raises(LookupError, match=r"'parties\.totl'.*'parties\.total'"):
        asking(registry).figure("parties.totl")


def test_a_figure_that_asks_itself_is_named_with_its_path():
    registry = FigureRegistry()
    registered(registry, "a.b", lambda asking: Answer(asking.value("a.c")))
    registered(registry, "a.c", lambda asking: Answer(asking.value("a.b")))

    with pytest.raises(RecursionError, match=r"a\.b asks a\.c asks a\.b"):
        asking(registry).figure("a.b")


def test_a_name_with_a_list_of_the_code_stands_for_each_of_its_keys():
    registry = FigureRegistry()
    figure(
        "assessments.{kinds}.open",
        title="Open {kinds}",
        unit="assessments",
        method="M",
        registry=registry,
    )(lambda asking, kind: Answer(kind))
    code = a_code(kinds=["pa", "ia"])

    found = asking(registry, code=code).figure("assessments.ia.open")

    assert (found.value, found.spec.title) == ("ia", "Open IA")
    assert list(registry.specs(code)) == ["assessments.ia.open", "assessments.pa.open"]


def test_two_figures_cannot_bear_one_name():
    registry = FigureRegistry()
    registered(registry, "a.b", lambda asking: Answer(1))

    with pytest.raises(ValueError, match="Two figures"):
        registered(registry, "a.b", lambda asking: Answer(2))


def test_a_figure_as_json_keeps_decimals_days_and_rows_whole():
    registry = FigureRegistry()
    rows = Table(CATEGORIES, (("Networks", 2),))
    registered(registry, "a.b", lambda asking: Answer(Decimal("1.10"), rows))

    written = asking(registry).figure("a.b").to_json()

    assert written["value"] == "1.10"
    assert written["as_at"] == "2021-09-30"
    assert written["rows"]["rows"] == [["Networks", 2]]
