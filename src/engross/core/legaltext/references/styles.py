"""What the texts of a code call their parts: data that the grammar of references is given."""

from dataclasses import dataclass
from enum import Enum
from functools import cached_property


class Naming(Enum):
    """What the number after a word says."""

    CLAUSE = "clause"  # it says its document: the D of 'Section D7.2', the 1002 of '§ 1002.5'
    DOCUMENT = "document"  # it is the label of a document: 'Appendix AB'
    LOCAL = "local"  # it is a number, or the end of one, in this document: 'paragraph (a)'
    COMMENT = "comment"  # it is a number of the official commentary: 'comment 14(a)-2'
    STATUTE = "statute"  # it is a number of another law: 'section 4 of the Electricity Act'


@dataclass(frozen=True)
class Keyword:
    """A word that announces references; `family` is how the documents it names are called."""

    word: str
    naming: Naming
    family: str = ""
    is_plural: bool = False


@dataclass(frozen=True)
class ReferenceStyle:
    """How references are written in a code's texts.

    `own_names` are names of the code itself ('this Code'). `part` is what the numbers of a
    regulation begin with, `main` the document that holds them and `commentary` the one whose
    numbers comment on them. Where `is_rooted`, '(b)(2) of this section' counts from the clause
    that bears a whole number; elsewhere a lone '(b)' is looked for from the inside out.
    """

    keywords: tuple[Keyword, ...]
    own_names: tuple[str, ...] = ("Code",)
    part: str = ""
    main: str = ""
    commentary: str = ""
    is_rooted: bool = False

    @cached_property
    def by_stem(self) -> dict[str, tuple[Keyword, ...]]:
        """The keywords by the letters to look for; of those that begin alike, the longest first."""
        ordered = sorted(self.keywords, key=lambda keyword: len(keyword.word))
        stems: dict[str, list[Keyword]] = {}
        for keyword in ordered:
            stem = next((each for each in stems if keyword.word.startswith(each)), keyword.word)
            stems.setdefault(stem, []).insert(0, keyword)
        return {stem: tuple(keywords) for stem, keywords in stems.items()}


def _pair(one: str, many: str, naming: Naming, family: str = "") -> tuple[Keyword, ...]:
    return (
        Keyword(one, naming, family),
        Keyword(many, naming, family, is_plural=True),
    )


SEC_STYLE = ReferenceStyle(
    keywords=(
        *_pair("Section", "Sections", Naming.CLAUSE, "Section"),
        *_pair("Clause", "Clauses", Naming.LOCAL),
        *_pair("clause", "clauses", Naming.LOCAL),
        *_pair("Paragraph", "Paragraphs", Naming.LOCAL),
        *_pair("paragraph", "paragraphs", Naming.LOCAL),
        *_pair("Schedule", "Schedules", Naming.DOCUMENT, "Schedule"),
        *_pair("Appendix", "Appendices", Naming.DOCUMENT, "Appendix"),
        *_pair("Annex", "Annexes", Naming.DOCUMENT, "Annex"),
        *_pair("section", "sections", Naming.STATUTE),
        *_pair("Condition", "Conditions", Naming.STATUTE),
        *_pair("condition", "conditions", Naming.STATUTE),
        *_pair("Article", "Articles", Naming.STATUTE),
        *_pair("regulation", "regulations", Naming.STATUTE),
    ),
    own_names=("Code", "Agreement"),
)


def us_regulation_style(*, part: str, main: str, commentary: str) -> ReferenceStyle:
    """Return the manner of a part of the Code of Federal Regulations, such as 12 CFR 1002.

    `part` is '1002'; `main` names the document of its sections (numbers '1002.5(b)'),
    `commentary` that of its official interpretations (numbers '5(b)-1').
    """
    return ReferenceStyle(
        keywords=(
            *_pair("§", "§§", Naming.CLAUSE),
            *_pair("paragraph", "paragraphs", Naming.LOCAL),
            *_pair("Paragraph", "Paragraphs", Naming.LOCAL),
            *_pair("section", "sections", Naming.STATUTE),
            *_pair("Section", "Sections", Naming.STATUTE),
            *_pair("appendix", "appendices", Naming.DOCUMENT, "Appendix"),
            *_pair("Appendix", "Appendices", Naming.DOCUMENT, "Appendix"),
            *_pair("comment", "comments", Naming.COMMENT),
            *_pair("Comment", "Comments", Naming.COMMENT),
        ),
        own_names=("part", "regulation"),
        part=part,
        main=main,
        commentary=commentary,
        is_rooted=True,
    )
