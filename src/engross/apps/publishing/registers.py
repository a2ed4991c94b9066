"""The register of the newsletter's issues."""

from engross.apps.publishing.models import NewsletterIssue
from engross.apps.registers.registers import Register, add_register
from engross.core.registers.columns import Column, Kind
from engross.core.registers.timelines import Telling

newsletter_issues = add_register(
    Register(
        name="newsletter-issues",
        title="Newsletter issues",
        meaning="Each issue of the newsletter: subscribers when it went out, and views",
        model=NewsletterIssue,
        columns=(
            Column("issued_on", "The day it went out", Kind.DAY, required=True,
                   example="2021-09-16"),
            Column("title", "Its title", required=True, longest=200,
                   example="Newsletter, 16 September 2021"),
            Column("subscribers", "Subscribers on that day", Kind.WHOLE, least=0),
            Column("views", "Views, as far as counted", Kind.WHOLE, least=0),
        ),
        key=("issued_on", "title"),
        order=("issued_on", "title"),
        day="issued_on",
        tells=(Telling("issued_on", "{title}"),),
    )
)  # fmt: skip
