"""The rules of Parties: who counts, what forms a Voting Group, what was completed."""
