"""What `framework.toml` may hold: who may make which move, what it needs, what runs meanwhile.

The lists stand in one file, since they are read together: a move names who may make it, what
must be on file first, what it marks the proposal with, and which clocks it starts and ends.
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

MOVE = {
    # What a timeline says once it is made.
    "done": MUST_TEXT,
    # From which stages, all of them open ones if none is named; `starts_it` from none at all.
    "stages": some_of("proposal_stages"),
    "starts_it": FLAG,
    "routes": some_of("proposal_routes"),
    "by": some_of("mover_roles", required=True),
    "needs": some_of("move_requirements"),
    "needs_reason": FLAG,
    # Which marks the proposal must bear, and which it must not.
    "only": some_of("proposal_marks"),
    "never": some_of("proposal_marks"),
    # Clocks that must have run out, and clocks that must still run.
    "waits_for": some_of("proposal_clocks"),
    "within": some_of("proposal_clocks"),
    "to_stage": one_of("proposal_stages"),
    # Back to the stage that it was in before it came to this one.
    "returns": FLAG,
    "to_route": one_of("proposal_routes"),
    "asks_route": FLAG,
    "sets": some_of("proposal_marks"),
    "clears": some_of("proposal_marks"),
    "files": some_of("move_requirements"),
    # What the move makes void: it has to be on file anew.
    "voids": some_of("move_requirements"),
    "outcome": one_of("decision_outcomes"),
    "body": one_of("bodies"),
    "assessment": one_of("assessment_kinds"),
    "assessment_event": TEXT,
    # It asks for another proposal, into which this one goes; the registers link both so.
    "joins": one_of("link_relations"),
    # Whoever makes it names a Party, which is the Proposer from then on.
    "takes_over": FLAG,
    "starts": some_of("proposal_clocks"),
    "pauses": some_of("proposal_clocks"),
    "resumes": some_of("proposal_clocks"),
    "ends": some_of("proposal_clocks"),
    "mails": some_of("mail_events"),
    # The way that most proposals go, drawn in the diagram in full lines.
    "is_usual": FLAG,
    "order": MUST_INTEGER,
}

FRAMEWORK: dict[str, ListSchema] = {
    "mover_roles": ListSchema(
        "in which capacity somebody makes a move",
        {
            # Whose members act in it; several if any of them may.
            "bodies": some_of("bodies"),
            "teams": some_of("staff_teams"),
            # Party Categories whose Parties' people act in it.
            "categories": some_of("party_categories"),
            "is_any_party": FLAG,
            "is_proposer": FLAG,
            "is_authority": FLAG,
            # What this body or person did elsewhere may be recorded by the administrator.
            "is_recorded_by_staff": FLAG,
        },
        in_framework=True,
    ),
    "move_requirements": ListSchema(
        "what may have to be on file before a move",
        # `tells_outcome`: what is on file says which outcome the move has to have.
        {"missing": MUST_TEXT, "remedy": MUST_TEXT, "tells_outcome": FLAG},
        in_framework=True,
    ),
    "proposal_marks": ListSchema(
        "what a proposal can be marked with while it goes its way",
        {
            "is_so": MUST_TEXT,
            "is_not_so": MUST_TEXT,
            "is_shown": FLAG,
            "stops_clocks": FLAG,
            # On whom the proposal waits meanwhile, unless a clock says so.
            "waits_on": some_of("bodies"),
        },
        in_framework=True,
    ),
    "proposal_clocks": ListSchema(
        "what runs against a target while a proposal waits",
        {
            "target_parameter": Attribute(Kind.PARAMETER, required=True),
            "convention": one_of("counting_conventions"),
            # On whom the proposal waits meanwhile; on whom, while the clock is stopped.
            "waits_on": some_of("bodies"),
            "waits_on_paused": some_of("bodies"),
            # It starts when one of these stages is entered, and ends when they are left.
            "stages": some_of("proposal_stages"),
            "is_window": FLAG,
            "order": MUST_INTEGER,
        },
        in_framework=True,
    ),
    "timetable_steps": ListSchema(
        "what a proposal's timetable is made of, in order",
        {
            "stage": one_of("proposal_stages", required=True),
            "routes": some_of("proposal_routes"),
            "kind": Attribute(Kind.STEP, required=True),
            # How long it takes in Working Days: by a parameter, or as many as stand here.
            "length_parameter": Attribute(Kind.PARAMETER),
            "working_days": INTEGER,
            # Whose meeting a gate waits for.
            "body": one_of("bodies"),
            # The moves by which it is done, and on which it begins if it is not done at once.
            "ended_by": some_of("proposal_moves"),
            "begun_by": some_of("proposal_moves"),
            # What is on file once it is done.
            "filed_as": one_of("move_requirements"),
            "order": MUST_INTEGER,
        },
        in_framework=True,
    ),
    "proposal_moves": ListSchema(
        "what can be done with a proposal: by whom, when, with which effect",
        MOVE,
        in_framework=True,
    ),
}
