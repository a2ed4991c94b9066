"""The part of Akoma Ntoso 3.0 that a code's text is written in, and what identifies things in it.

    hierarchy   section > clause > paragraph > subparagraph > point > level ..., by depth
    num         as printed; `title` holds the whole number
    heading     a provision's heading
    intro       text and table of a provision that has others under it; `content` of one without
    eId         the position ('sec_D7__cl_2__para_a'), new in every version
    wId         the permanent id

`textualMod` in a text's passive modifications says which change set made each change.
"""

import re
from typing import Final

SPACE: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
LEVELS: Final = (
    ("section", "sec"),
    ("clause", "cl"),
    ("paragraph", "para"),
    ("subparagraph", "subpara"),
    ("point", "point"),
    ("level", "lvl"),
)
INLINES: Final = {"strong": "b", "emphasis": "i", "superscript": "sup", "subscript": "sub"}
AUTHOR: Final = "#engross"
_UNFIT: Final = re.compile(r"[^\w.-]+")


def qualified(name: str) -> str:
    """Return a name in the namespace of Akoma Ntoso, as lxml writes it."""
    return f"{{{SPACE}}}{name}"


def level_of(depth: int) -> tuple[str, str]:
    """Return the element for a depth from 1, and the short form that its eIds begin with."""
    return LEVELS[min(depth, len(LEVELS)) - 1]


class Positions:
    """Makes eIds: each says where its element stands, and no two in a file are alike."""

    def __init__(self) -> None:
        self.seen: dict[str, int] = {}

    def named(self, above: str, short: str, label: str) -> str:
        """Return the eId of what stands under another and bears a label; '' is 'nn'."""
        own = _UNFIT.sub("", label).strip(".-") or "nn"
        name = f"{above}__{short}_{own}" if above else f"{short}_{own}"
        times = self.seen[name] = self.seen.get(name, 0) + 1
        return name if times == 1 else self.named(above, short, f"{own}-{times}")
