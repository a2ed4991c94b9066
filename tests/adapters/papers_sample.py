"""A small paper with odd content, for the tests of everything that reads or draws papers."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

from engross.adapters.papers.definition import load_paper
from engross.adapters.papers.template import Occasion, compose
from engross.adapters.papers.vocabulary import Highlight
from engross.core.dates.months import Month
from engross.core.reports.checks import CheckRegistry, CheckResult, check
from engross.core.reports.figures import Answer, Asking, FigureRegistry, figure
from engross.core.reports.tables import Table, columns

MONTH = Month(2021, 9)
ODD = "Fish & Chips <Ltd> \"The 'Best'\" *not bold* #1 {{ no }} £5 \\ $x$ _y_ @z [a](b)"
LONG = "Supercalifragilisticexpialidocious" * 4

TOML = """
key = "sample-report"
title = "Sample & Report"
body = "panel"
class = "white"
action = "information"
purpose = "To show <everything>."
recommendation = "The Panel is asked to note it."
author_role = "The secretariat"

[[form]]
key = "old"
from = "2018-01"
until = "2021-01"
file = "old.md"

[[form]]
key = "new"
from = "2021-01"
file = "new.md"

[[attachment]]
key = "appendix-a"
title = "Appendix A"
class = "amber"
file = "appendix.md"
forms = ["new"]

[[published]]
key = "parties"
figure = "parties.total"

[[published]]
key = "by_category"
figure = "parties.by_category"
label = "category"
column = "parties"

[[known_slip]]
subject = "parties.add_up"
reason = "The paper left one out."
"""
BODY = """\
{% macro items(section) %}{% for each in highlights(section) %}

- **{{ each.label }}**

  {{ each.text }}
{% endfor %}{% endmacro %}
# Purpose {#purpose}

{{ head.purpose }} See [](#table:odd), [](#figure:emails) and [](#section:parties).

# Parties {#parties}

There {{ plural('parties.defaults', 'was', 'were') ~ '' }} **{{ words('parties.defaults') }}** in
{{ month.name }}, and {{ value('parties.total') }} {{ term('parties') }};
visits: {{ value('site.visits') }}.
{{ words('parties.total', capital=true) }} of them. Of these
{{ cell('parties.by_category', 'Networks', 'parties') }} are networks.

{{ items('team') }}

## Odd {-}

{% for row in rows('parties.odd') %}
- {{ row.name }}
{% endfor %}

```table parties.odd caption="Odd & <names> in {{ month.name }}" label=odd link=link
```

```table parties.none caption="Nobody" empty="No new Parties."
```

```table site.visits_by_month caption="Visits" columns="a,b" headings="A|B" link=c
```

## Counts

```table parties.by_category caption="By category" group=four
```

```table parties.many caption="Many" group=four headings="No.|Who"
```

```chart helpdesk.by_month kind=stacked-bars caption="Emails & calls" alt="By month" label=emails
```

```chart helpdesk.by_month kind=lines caption="Emails as lines" alt="A line" series="emails"
```

```glance
parties.total | Parties
site.visits | visits
parties.days | days
```

> A remark on {{ value('parties.total') }}.
"""


def a_code():
    """Return something with the lists of a code that papers read."""

    def option(key, name, **attributes):
        text = attributes.__getitem__
        return SimpleNamespace(key=key, name=name, text=text, number=text, attributes=attributes)

    lists = {
        "paper_classes": (
            option(
                "white",
                "White",
                sentence="Anyone may read <this>.",
                colour="#ffffff",
                rank=0,
            ),
            option("amber", "Amber", sentence="For members.", colour="#f0a000", rank=2),
        ),
        "paper_actions": (option("information", "Information", printed="For Information"),),
        "bodies": (option("panel", "The Panel"),),
    }

    def found(name, key, on=None):
        return next(each for each in lists[name] if each.key == key)

    return SimpleNamespace(
        administrator="The & Secretariat",
        words={"parties": "Parties"},
        options=lambda name, on=None: lists[name],
        option=found,
    )


def a_registry(*, total=3):
    """Return a registry of figures with awkward answers."""
    registry = FigureRegistry()
    months = MONTH.last_months()
    series = columns(("month", "", "month"), ("emails", "", "whole"), ("calls", "", "whole"))
    calls = [None, None, *range(10)]
    fictional = frozenset({"fictional"})
    answers = {
        "parties.total": Answer(total),
        "parties.defaults": Answer(1),
        "parties.days": Answer(Decimal("1234.50")),
        "parties.odd": Answer(
            rows=Table(
                columns(("name", "", "text"), ("on", "", "day"), ("link", "", "text")),
                (
                    (ODD, date(2021, 9, 1), "https://example.org/?a=1&b=2"),
                    (LONG, None, ""),
                ),
            )
        ),
        "parties.none": Answer(rows=Table(columns(("party", "", "text")))),
        "parties.by_category": Answer(
            rows=Table(
                columns(("category", "", "text"), ("parties", "", "whole")),
                (("Networks", 1), ("Suppliers", 2)),
                total=("Total", 3),
            )
        ),
        "parties.many": Answer(
            rows=Table(
                columns(("number", "", "whole"), ("who", "", "text")),
                tuple((number, f"Example {number} Limited") for number in range(1, 61)),
            )
        ),
        "helpdesk.by_month": Answer(
            rows=Table(
                series,
                tuple((m, 1000 + i, calls[i]) for i, m in enumerate(months)),
            ),
            bases=fictional,
        ),
    }
    for name, answer in answers.items():
        figure(
            name,
            title=f"Title of {name}",
            unit="Parties",
            method="Counted.",
            registry=registry,
        )(lambda asking, answer=answer: answer)
    for name in ("site.visits", "site.visits_by_month"):
        figure(
            name,
            title=name,
            unit="visits",
            method="Counted.",
            needs=("visits",),
            registry=registry,
        )(lambda asking: Answer(1))
    return registry


def an_asking(*, month=MONTH, total=3):
    """Return a round of questions in which everything is kept but visits."""
    return Asking(
        code=a_code(),
        month=month,
        as_at=month.last_day,
        kept=lambda register, first, last: register != "visits",
        registry=a_registry(total=total),
    )


def a_folder(papers: Path, *, body=BODY, toml=TOML):
    """Write the paper's folder and return its definition."""
    folder = papers / "sample-report"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "paper.toml").write_text(toml, encoding="utf-8")
    (folder / "new.md").write_text(body, encoding="utf-8")
    (folder / "old.md").write_text("# The old form\n\nOld.\n", encoding="utf-8")
    (folder / "appendix.md").write_text("# For members\n\nSecret.\n", encoding="utf-8")
    return load_paper(papers, "sample-report")


def checks_of_sample():
    registry = CheckRegistry()
    check("parties.add_up", title="Parties add up", registry=registry)(
        lambda asking: CheckResult(False, "2 & 3 differ", ("parties.total",))
    )
    check("parties.same", title="Same", registry=registry)(
        lambda asking: CheckResult(True, "both 3", ("parties.total",))
    )
    return registry


def an_occasion(**more):
    written = {
        "team": [
            Highlight(
                "Support",
                "We **answered** <all>.\n\n- one\n- two\n\n```table x.y\n```",
                "white",
            ),
            Highlight("Hidden", "Amber words", "amber"),
        ]
    }
    return Occasion(
        reference="PANEL_97_1510_17",
        author_on=date(2021, 10, 8),
        highlights=lambda section: written.get(section, ()),
        published={"parties": 4, "by_category": {"Networks": 1}, "swans": 1},
        checks=checks_of_sample(),
        **more,
    )


def a_paper(papers: Path, *, body=BODY, total=3):
    """Return the sample paper, composed."""
    return compose(a_folder(papers, body=body), an_asking(total=total), an_occasion())
