"""The figures of Parties: members and Voting Groups, events, market entry."""

from engross.apps.parties.figures import entry, events, members

__all__ = ["entry", "events", "members"]
