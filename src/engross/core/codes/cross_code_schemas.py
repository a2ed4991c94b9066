"""The lists of work across codes: the codes there are, their shared sheet, and priorities."""

from collections.abc import Mapping

from engross.core.codes.attributes import (
    FLAG,
    INTEGER,
    MUST_FLAG,
    MUST_INTEGER,
    MUST_TEXT,
    Attribute,
    Kind,
    ListSchema,
)

CROSS_CODE: Mapping[str, ListSchema] = {
    "industry_codes": ListSchema(
        "this code and the others that its changes may touch",
        {
            "abbreviation": MUST_TEXT,
            # A group called 'lasting' holds the part of an identifier that stays when its
            # prefix changes.
            "pattern": Attribute(Kind.PATTERN),
            "example": MUST_TEXT,
            "is_own": FLAG,
        },
    ),
    "central_register_columns": ListSchema(
        "the headings of the monthly sheet in which the codes tell each other their changes",
        {"order": MUST_INTEGER},
    ),
    "cross_code_kinds": ListSchema(
        "how the changes of several codes to one end stand to one another"
    ),
    "impact_findings": ListSchema(
        "what a review says of another code's change",
        {"is_open": MUST_FLAG, "order": MUST_INTEGER},
    ),
    "priority_criteria": ListSchema(
        "what is asked of a proposal to give it a priority",
        {
            "question": MUST_TEXT,
            "answers": Attribute(Kind.TEXTS, required=True),
            "order": MUST_INTEGER,
        },
    ),
    "priority_categories": ListSchema(
        "the priorities that a proposal can have, the most pressing first",
        {"order": MUST_INTEGER, "review_months": INTEGER},
    ),
}
