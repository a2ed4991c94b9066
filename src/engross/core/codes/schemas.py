"""Which lists a code may have, and which attributes the entries of each list carry.

This table is the contract between a code's folder and the platform: a new list or attribute
is a line here, and then data in `codes/`.
"""

from engross.core.codes.attributes import (
    COLOUR,
    FLAG,
    INTEGERS,
    LIST,
    MUST_FLAG,
    MUST_INTEGER,
    MUST_PATTERN,
    MUST_REACH,
    MUST_TEXT,
    TEXT,
    TEXTS,
    Attribute,
    Kind,
    ListSchema,
    one_of,
    some_of,
)
from engross.core.codes.consultation_schemas import CONSULTATIONS
from engross.core.codes.cross_code_schemas import CROSS_CODE
from engross.core.codes.framework_schemas import FRAMEWORK
from engross.core.codes.notice_schemas import NOTICES
from engross.core.codes.release_schemas import RELEASES
from engross.core.codes.voting_schemas import VOTING

PARTIES: dict[str, ListSchema] = {
    "party_categories": ListSchema(
        "the kinds of party, each with its own Voting Groups",
        {
            "singular": MUST_TEXT,
            # What the code's text calls its Parties: it may say more of them than one category.
            "text_words": TEXTS,
            "is_network": MUST_FLAG,
            "is_supplier": MUST_FLAG,
            "is_licensed": MUST_FLAG,
            "votes": MUST_FLAG,
            "order": MUST_INTEGER,
        },
        required=True,
        needs_one=("votes",),
    ),
    "party_category_groups": ListSchema(
        "names for several Party Categories together",
        {"members": some_of("party_categories", required=True)},
    ),
    "party_event_kinds": ListSchema(
        "what can happen to a party's membership",
        {
            "printed": MUST_TEXT,
            "counted_as": TEXT,
            "begins_membership": FLAG,
            "ends_membership": FLAG,
            "begins_default": FLAG,
            "ends_default": FLAG,
            "needs_reason": FLAG,
            "order": MUST_INTEGER,
        },
        required=True,
        needs_one=("begins_membership", "ends_membership"),
    ),
    "default_grounds": ListSchema("why a party can be in default"),
    "user_roles": ListSchema(
        "the roles in which a party may use the central services",
        {
            "categories": some_of("party_categories"),
            "needs_privacy_assessment": FLAG,
        },
    ),
    "market_entry_processes": ListSchema(
        "what a party completes before it may use the central services",
        {
            "abbreviation": MUST_TEXT,
            "paper_class": one_of("paper_classes", required=True),
            "is_per_role": MUST_FLAG,
            "is_test": MUST_FLAG,
        },
    ),
}

PROPOSALS: dict[str, ListSchema] = {
    "proposal_identifiers": ListSchema(
        "the forms that a proposal's number takes",
        {
            "prefix": MUST_TEXT,
            "digits": MUST_INTEGER,
            "has_suffix": MUST_FLAG,
            "is_legacy": MUST_FLAG,
            "pattern": MUST_PATTERN,
            "example": MUST_TEXT,
        },
        required=True,
    ),
    "proposal_stages": ListSchema(
        "the stages of a proposal, from raised to done",
        {
            "printed": MUST_TEXT,
            "counted_as": TEXT,
            "is_open": MUST_FLAG,
            "is_charted": MUST_FLAG,
            "is_final": MUST_FLAG,
            "prefix": TEXT,
            "next": some_of("proposal_stages"),
            "decided_by": some_of("bodies"),
            "order": MUST_INTEGER,
        },
        required=True,
        needs_one=("is_open", "is_final"),
    ),
    "proposal_routes": ListSchema(
        "who decides a proposal, and how it gets there",
        {
            "is_flag": FLAG,
            "recommended_by": some_of("bodies"),
            "decided_by": some_of("bodies"),
            # It changes the code outside the process: no vote, and no figure counts it. What
            # names such a change, and which kind of paper it is made by.
            "is_outside": FLAG,
            "identifier": one_of("proposal_identifiers"),
            "made_by_paper": one_of("document_kinds"),
        },
    ),
    "decision_outcomes": ListSchema(
        "what a body can decide about a proposal",
        {
            "printed": MUST_TEXT,
            "is_final": MUST_FLAG,
            "is_approval": FLAG,
            "is_recommendation": FLAG,
            "to_stage": one_of("proposal_stages"),
            "bodies": some_of("bodies"),
        },
        required=True,
        needs_one=("is_final",),
    ),
    "assessment_kinds": ListSchema(
        "what the central body assesses about a proposal, and how long it has",
        {
            "abbreviation": MUST_TEXT,
            "target_parameter": Attribute(Kind.PARAMETER, required=True),
            "order": MUST_INTEGER,
        },
    ),
    "impact_kinds": ListSchema("what a proposal can affect", {"refers_to": LIST}),
    "document_kinds": ListSchema(
        "the kinds of paper about a proposal",
        {"is_legal_text": FLAG, "order": MUST_INTEGER},
    ),
    "report_parts": ListSchema(
        "what a proposal's report has to hold, and which of its tables hold it",
        {"tables": TEXTS, "is_needed": MUST_FLAG, "order": MUST_INTEGER},
    ),
    "cost_kinds": ListSchema(
        "who bears the costs of a proposal", {"is_by_category": FLAG, "order": MUST_INTEGER}
    ),
    "objective_views": ListSchema(
        "who says how a proposal serves the objectives", {"order": MUST_INTEGER}
    ),
    "objective_effects": ListSchema(
        "how a proposal can serve an objective of the code", {"order": MUST_INTEGER}
    ),
    "link_relations": ListSchema(
        "how one proposal stands to another",
        {"inverse": one_of("link_relations"), "is_cross_code": FLAG},
    ),
    "applicability_senses": ListSchema(
        "how a clause applies to a Party Category, where a person decides it",
        {"order": MUST_INTEGER},
    ),
    "tranche_states": ListSchema(
        "how sure the implementation of a part of a proposal is",
        {"is_done": MUST_FLAG, "needs_date": MUST_FLAG, "order": MUST_INTEGER},
    ),
    "release_kinds": ListSchema(
        "the kinds of release", {"is_scheduled": MUST_FLAG, "months": INTEGERS}
    ),
    "version_reasons": ListSchema(
        "why a version of the code was made", {"needs_proposal": MUST_FLAG}
    ),
}

MEETINGS: dict[str, ListSchema] = {
    "bodies": ListSchema(
        "who meets, decides and is consulted",
        {
            "abbreviation": TEXT,
            "category": one_of("meeting_categories", required=True),
            "is_main": FLAG,
            "is_engagement": FLAG,
            "is_external": FLAG,
            "has_numbers": FLAG,
            "paper_prefix": TEXT,
            "parent": one_of("bodies"),
            "meeting_title": TEXT,
            "rhythm": TEXT,
        },
        required=True,
    ),
    "meeting_categories": ListSchema(
        "the groups in which a report lists meetings", {"order": MUST_INTEGER}, required=True
    ),
    "paper_classes": ListSchema(
        "who may read a paper",
        {
            "is_public": MUST_FLAG,
            "reach": MUST_REACH,
            "rank": MUST_INTEGER,
            "colour": COLOUR,
            "sentence": MUST_TEXT,
        },
        required=True,
        needs_one=("is_public",),
    ),
    "paper_actions": ListSchema("what a body is asked to do with a paper", {"printed": MUST_TEXT}),
}

PRODUCTS: dict[str, ListSchema] = {
    "product_lists": ListSchema(
        "the lists of admitted products",
        {
            "abbreviation": MUST_TEXT,
            "is_charted": MUST_FLAG,
            "made_by": MUST_TEXT,
            "order": MUST_INTEGER,
        },
    ),
    "device_types": ListSchema(
        "the kinds of device",
        {
            "abbreviation": MUST_TEXT,
            "is_listed": MUST_FLAG,
            "needs_cpa": FLAG,
            "needs_zigbee": FLAG,
            "needs_dlms": FLAG,
        },
    ),
    "assurance_modes": ListSchema("the modes in which a device is assured"),
    "assurance_regions": ListSchema("the regions for which a device is assured"),
}

SERVICE: dict[str, ListSchema] = {
    "helpdesk_channels": ListSchema("how people ask", {"counted_as": MUST_TEXT}),
    "helpdesk_topics": ListSchema("what people ask about"),
    "effort_groups": ListSchema("the groups of effort", {"order": MUST_INTEGER}),
    "effort_drivers": ListSchema(
        "why effort is spent", {"group": one_of("effort_groups", required=True)}
    ),
    "effort_appendix_drivers": ListSchema("the drivers as an appendix of the report groups them"),
    "effort_products": ListSchema(
        "what effort is spent on",
        {
            "driver": one_of("effort_drivers", required=True),
            "appendix_driver": one_of("effort_appendix_drivers"),
        },
    ),
    "effort_teams": ListSchema("who spends the effort", {"abbreviation": TEXT}),
    "staff_teams": ListSchema("the teams of the administrator's staff"),
    "effort_grades": ListSchema("the grades of those who spend it", {"order": MUST_INTEGER}),
    "series": ListSchema(
        "monthly figures that are brought in from outside",
        {
            "unit": MUST_TEXT,
            "counted_as": TEXT,
            "is_level": MUST_FLAG,
            "dimension": TEXT,
            "dimension_list": LIST,
            "stands_for": TEXT,
        },
    ),
    "codeworks_user_categories": ListSchema(
        "the kinds of registered reader of the digital code",
        {"party_category": one_of("party_categories")},
    ),
    "highlight_sections": ListSchema(
        "the parts of a report that teams write each month",
        {
            "printed": MUST_TEXT,
            "forms": Attribute(Kind.TEXTS, required=True),
            "is_team": MUST_FLAG,
            "order": MUST_INTEGER,
        },
    ),
    "counting_conventions": ListSchema(
        "how days are counted between two dates",
        {"weekdays_only": MUST_FLAG, "is_inclusive": MUST_FLAG},
        required=True,
    ),
    "bases": ListSchema(
        "what a recorded row rests on",
        {"mark": MUST_TEXT, "is_public_fact": MUST_FLAG},
        required=True,
    ),
}

SCHEMAS: dict[str, ListSchema] = {
    **PARTIES,
    **PROPOSALS,
    **MEETINGS,
    **VOTING,
    **PRODUCTS,
    **SERVICE,
    **NOTICES,
    **FRAMEWORK,
    **RELEASES,
    **CROSS_CODE,
    **CONSULTATIONS,
}

HEAD_TEXTS = ("key", "name", "short_name", "administrator", "jurisdiction", "regulator")
WORDS = (
    "party",
    "parties",
    "voting_group",
    "voting_groups",
    "proposal",
    "proposals",
    "version",
    "versions",
)
THEME_COLOURS = ("brand", "brand_text", "accent", "link")
# Of a country not named here any nation is taken; the calendar that needs it knows better.
NATIONS = {"GB": ("england-and-wales", "northern-ireland", "scotland")}
