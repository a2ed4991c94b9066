"""Which lists a code may have about bodies that vote: seats, ballots, rules, objectives."""

from engross.core.codes.attributes import (
    FLAG,
    MUST_FLAG,
    MUST_INTEGER,
    MUST_TEXT,
    ListSchema,
    one_of,
    some_of,
)

VOTING: dict[str, ListSchema] = {
    "body_seats": ListSchema(
        "the seats of each body, by whom they stand for",
        {
            "body": one_of("bodies", required=True),
            "group": MUST_TEXT,
            "constituency": some_of("party_categories"),
            "seats": MUST_INTEGER,
            "is_per_voting_group": MUST_FLAG,
            "votes": MUST_FLAG,
            "nominated_by": MUST_TEXT,
            "order": MUST_INTEGER,
        },
    ),
    "ballot_choices": ListSchema(
        "what the holder of a seat can answer in a vote, and how it is counted",
        {
            "printed": MUST_TEXT,
            # One of for, against and none.
            "side": MUST_TEXT,
            "is_present": MUST_FLAG,
            "needs_reason": MUST_FLAG,
            "takes_objectives": MUST_FLAG,
            "is_for_secretary": FLAG,
            "is_conflict": MUST_FLAG,
            "order": MUST_INTEGER,
        },
    ),
    "counting_rules": ListSchema(
        "how the ballots of a vote are counted, within groups of seats and then together",
        {
            "bodies": some_of("bodies", required=True),
            # One of majority-of-groups, at-least (of `groups_needed`) and majority-of-ballots.
            "combine": MUST_TEXT,
            "groups_needed": MUST_INTEGER,
            "quorum_seats_percent": MUST_INTEGER,
            "quorum_groups_percent": MUST_INTEGER,
            "sentence": MUST_TEXT,
        },
    ),
    "code_objectives": ListSchema(
        "what the code is for, against which a change is judged",
        {"letter": MUST_TEXT, "sentence": MUST_TEXT, "order": MUST_INTEGER},
    ),
}
