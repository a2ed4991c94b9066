"""Django's entry to the app."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "engross.apps.proposals"

    def ready(self) -> None:
        """Make the app's registers, its part of a proposal's page and timeline, known."""
        from engross.apps.proposals import registers  # noqa: F401
        from engross.apps.proposals.queries import add_panel
        from engross.apps.proposals.queries.documents import DOCUMENTS
        from engross.apps.proposals.queries.standing import STANDING
        from engross.apps.proposals.queries.told import moves_told
        from engross.apps.registers.queries import add_teller

        add_panel(STANDING)
        add_panel(DOCUMENTS)
        add_teller("proposals", "moves", moves_told)
