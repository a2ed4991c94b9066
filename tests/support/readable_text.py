"""A small code to read: terms, pointers, references that lead somewhere and some that do not."""

from datetime import UTC, date, datetime

from engross.adapters.legaltext.numbered_text import read_numbered_text
from engross.apps.legaltext.commands import import_code
from engross.core.legaltext.provisions import Code

FIRST, SECOND, THIRD = date(2019, 2, 28), date(2020, 2, 29), date(2021, 6, 1)
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)

SECTION_A = """# Section A: Definitions

## A1 Definitions

### A1.1 Defined Expressions
In this Code, the following expressions have the meanings which are set beside them:
**Device** means:
(a) a meter; or
(b) a hub.
**Final Report** has the meaning given to that expression in Section D7.2 (Final Report).
**Large Supplier Party** means a Party that supplies more than 250,000 homes.
**Lost Thing** has the meaning given to that expression in Section D77.
**Panel** means the body established by law.
**Party** means a person who is bound by this Code.
**Party Register** means a list.
"""

SECTION_D = """# Section D: Process

## D7 Reports

### D7.1 Duties
Each Large Supplier Party shall within {days} Working Days:
(a) tell the Panel which Device it has; and
(b) send the Panel the Final Report as Section D7.2 (Final Report) requires.

### D7.2 Final Report
The Panel may publish a report (the **Final Report**) and any Party may answer it.
{more}
"""

APPENDIX_L = """# Appendix L: Recovery

## 1 Recovery
1.1 In this Appendix, **Panel** means the recovery panel.
1.2 The Panel shall act under Section D7.1(a), and under Section D88.9.
"""

LATER = "D7.3 The Panel shall keep every Final Report."


def readable(*, days: int = 5, more: str = LATER) -> Code:
    """Return the code as it reads with so many days and with what comes after D7.2."""
    texts = (SECTION_A, SECTION_D.format(days=days, more=more), APPENDIX_L)
    return Code(
        tuple(
            document
            for text in texts
            for document in read_numbered_text(text, name="readable").code.documents
        )
    )


def store_readable() -> None:
    """Take the code in on three days: D7.3 comes on the second, and goes on the third."""
    editions = ((FIRST, 5, ""), (SECOND, 10, LATER), (THIRD, 10, ""))
    for effective_on, days, more in editions:
        published = datetime(effective_on.year, 1, 15, tzinfo=UTC)
        import_code(
            readable(days=days, more=more), effective_on=effective_on, published_at=published,
            by=None, at=AT, reason=f"Edition of {effective_on:%Y}",
        )  # fmt: skip
