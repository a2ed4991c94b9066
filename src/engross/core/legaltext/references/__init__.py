"""Cross references: read in a text by a small grammar, and followed to what they name.

`styles` is what a code's texts call things, as data; `grammar` reads one text; `lists` reads the
numbers after a word such as 'Sections'; `links` follows references through a whole code.
"""

from engross.core.legaltext.references.grammar import Reference, references_in
from engross.core.legaltext.references.links import (
    Broken,
    Link,
    Status,
    links_of,
    references_broken_by,
)
from engross.core.legaltext.references.styles import (
    SEC_STYLE,
    Keyword,
    Naming,
    ReferenceStyle,
    us_regulation_style,
)

__all__ = [
    "SEC_STYLE",
    "Broken",
    "Keyword",
    "Link",
    "Naming",
    "Reference",
    "ReferenceStyle",
    "Status",
    "links_of",
    "references_broken_by",
    "references_in",
    "us_regulation_style",
]
