"""Merge change sets into a release: what stands together, and what a person has to decide.

`reading` files every operation under what it is about; `texts`, `tables`, `marking`, `naming`,
`removals`, `cycles` and `numbers` find what cannot stand together; `resolving` reads decisions,
`leaving` leaves out what is not taken, and `releasing` puts it all together. `referring`,
`dangling` and `defining` look after references and terms.
"""

from engross.core.legaltext.merging.releasing import merge
from engross.core.legaltext.merging.results import (
    Act,
    Conflict,
    ConflictsFile,
    Given,
    Merged,
    Note,
    Outcome,
    Resolution,
    ResolutionsFile,
    Side,
)
from engross.core.legaltext.merging.telling import told

__all__ = [
    "Act",
    "Conflict",
    "ConflictsFile",
    "Given",
    "Merged",
    "Note",
    "Outcome",
    "Resolution",
    "ResolutionsFile",
    "Side",
    "merge",
    "told",
]
