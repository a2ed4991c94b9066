"""What `framework.toml` may hold: who may make which move, what it needs, what runs meanwhile.

The lists stand in one file, since they are read together: a move names who may make it, what
must be on file first, and what it starts and ends.
"""

from engross.core.codes.attributes import (
    FLAG,
    INTEGER,
    MUST_INTEGER,
    MUST_TEXT,
    TEXT,
    Attribute,
    Kind,
    ListSchema,
    one_of,
    some_of,
)

FRAMEWORK: dict[str, ListSchema] = {
    "mover_roles": ListSchema(
        "in which capacity somebody makes a move",
        {
            # Whose members act in this role; several if any of them may.
            "bodies": some_of("bodies"),
            "teams": some_of("staff_teams"),
            # Party Categories whose Parties' people act in it.
            "categories": some_of("party_categories"),
            "is_proposer": FLAG,
            "is_authority": FLAG,
            # The administrator's staff may record what this body or person did elsewhere.
            "is_recorded_by_staff": FLAG,
        },
        in_framework=True,
    ),
    "move_requirements": ListSchema(
        "what may have to be on file before a move",
        {"missing": MUST_TEXT, "remedy": MUST_TEXT},
        in_framework=True,
    ),
    "proposal_moves": ListSchema(
        "what can be done with a proposal: by whom, when, with which effect",
        {
            # The sentence of a timeline; {body} stands for who did it.
            "done": MUST_TEXT,
            "stages": some_of("proposal_stages"),
            "routes": some_of("proposal_routes"),
            "by": some_of("mover_roles", required=True),
            "needs": some_of("move_requirements"),
            "needs_reason": FLAG,
            # Only of a proposal that is (not) urgent, on hold, or has a priority.
            "only": Attribute(Kind.TEXTS),
            "to_stage": one_of("proposal_stages"),
            "to_route": one_of("proposal_routes"),
            "sets": Attribute(Kind.TEXTS),
            "files": some_of("move_requirements"),
            "outcome": one_of("decision_outcomes"),
            "body": one_of("bodies"),
            "assessment": one_of("assessment_kinds"),
            "starts": some_of("proposal_clocks"),
            "ends": some_of("proposal_clocks"),
            "mails": Attribute(Kind.TEXTS),
            "once": FLAG,
            "order": MUST_INTEGER,
        },
        in_framework=True,
    ),
    "proposal_clocks": ListSchema(
        "what runs against a target while a proposal waits",
        {
            "target_parameter": Attribute(Kind.PARAMETER, required=True),
            "convention": one_of("counting_conventions"),
            "waits_on": some_of("bodies"),
            "stages": some_of("proposal_stages"),
            "counted_in": TEXT,
            "order": INTEGER,
        },
        in_framework=True,
    ),
}
