"""Django's entry to the app."""

from django.apps import AppConfig


class VotesConfig(AppConfig):
    name = "engross.apps.votes"

    def ready(self) -> None:
        """Make the app's registers known, what votes tell of proposals, and where they show it."""
        from engross.apps.proposals.queries import add_fact_source, add_panel
        from engross.apps.registers.queries import add_teller
        from engross.apps.votes import registers  # noqa: F401
        from engross.apps.votes.queries import VOTES_PANEL, facts_of_votes
        from engross.apps.votes.queries.told import votes_told

        add_fact_source("votes", facts_of_votes)
        add_panel(VOTES_PANEL)
        add_teller("proposals", "votes", votes_told)
