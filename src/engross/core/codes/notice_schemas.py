"""What `mail_events.toml` may hold: of what people are told by mail, who, and with which text."""

from engross.core.codes.attributes import (
    MUST_FLAG,
    MUST_INTEGER,
    MUST_TEXT,
    Attribute,
    Kind,
    ListSchema,
    one_of,
)

NOTICES: dict[str, ListSchema] = {
    "mail_events": ListSchema(
        "what people are told by mail: of which event, who, and with which text",
        {
            # When it is sent, as the end of a sentence that begins 'Sent when'.
            "sent_when": MUST_TEXT,
            # Such as proposer, team:KEY, body:KEY, parties:affected; the first that fits holds.
            "recipients": Attribute(Kind.TEXTS, required=True),
            "paper_class": one_of("paper_classes", required=True),
            "may_opt_out": MUST_FLAG,
            # The file of the text in the folder `mail`, without its ending.
            "template": MUST_TEXT,
            "order": MUST_INTEGER,
        },
    ),
}
