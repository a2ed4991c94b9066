"""Which lists a code may have about its consultations."""

from collections.abc import Mapping

from engross.core.codes.attributes import (
    FLAG,
    MUST_FLAG,
    MUST_INTEGER,
    MUST_TEXT,
    TEXT,
    TEXTS,
    Attribute,
    Kind,
    ListSchema,
    one_of,
    some_of,
)

CONSULTATIONS: Mapping[str, ListSchema] = {
    "consultation_kinds": ListSchema(
        "the kinds of consultation",
        {
            # Without one the administrator chooses how long it is open.
            "length_parameter": Attribute(Kind.PARAMETER),
            "needs_proposal": MUST_FLAG,
            # What is on file for the proposal once it closed.
            "files": one_of("move_requirements"),
            # The class of an answer, and of one that its respondent keeps from the public.
            "open_class": one_of("paper_classes", required=True),
            "confidential_class": one_of("paper_classes", required=True),
            "order": MUST_INTEGER,
        },
    ),
    "question_kinds": ListSchema(
        "the kinds of question that a consultation asks",
        {
            # choice, text or cost: see core/consultations/questions.py.
            "shape": MUST_TEXT,
            "answers": TEXTS,
            "has_reasons": FLAG,
            "order": MUST_INTEGER,
        },
    ),
    "standard_questions": ListSchema(
        "the questions with which a consultation of a kind begins",
        {
            "consultations": some_of("consultation_kinds", required=True),
            "kind": one_of("question_kinds", required=True),
            "asks": MUST_TEXT,
            "help": TEXT,
            "is_required": FLAG,
            "order": MUST_INTEGER,
        },
    ),
}
