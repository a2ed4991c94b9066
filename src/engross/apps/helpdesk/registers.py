"""The register of contacts with the helpdesk."""

from engross.apps.helpdesk.models import Contact
from engross.apps.registers.registers import Register, add_register
from engross.core.registers.columns import Column, Kind

helpdesk_contacts = add_register(
    Register(
        name="helpdesk-contacts",
        title="Helpdesk contacts",
        meaning="Each contact with the helpdesk: its day, channel and topic",
        model=Contact,
        columns=(
            Column("reference", "The contact's own reference", Kind.IDENTIFIER, required=True,
                   longest=60, example="HD-000123"),
            Column("received_on", "The day", Kind.DAY, required=True, example="2021-09-14"),
            Column("channel", "How it came", Kind.CHOICE, required=True,
                   choices="helpdesk_channels", example="email"),
            Column("topic", "What it was about", Kind.CHOICE, choices="helpdesk_topics",
                   example="modifications"),
        ),
        key=("reference",),
        order=("received_on", "reference"),
        day="received_on",
        filters=("channel", "topic"),
    )
)  # fmt: skip
