"""How far a class of paper reaches; which class reaches how far is data of the code."""

from enum import Enum

from engross.core.codes import Code


class Reach(Enum):
    """Who is within the reach of a class, from everybody to the persons named."""

    ANYONE = "anyone"
    PARTIES = "parties"
    CIRCLE = "circle"
    NAMED = "named"


def reach_of(code: Code, class_key: str) -> Reach:
    """Return how far a class reaches; a class that the code does not have reaches the named only.

    Raises ValueError if the code's data give a reach that there is not.
    """
    try:
        option = code.option("paper_classes", class_key)
    except LookupError:
        return Reach.NAMED
    return Reach(option.text("reach"))
