"""The pages of votes, ballots, and bodies with their seats."""
