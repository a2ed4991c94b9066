"""The figures of proposals: where they stand, how they moved, decisions and assessments."""

from engross.apps.proposals.figures import assessments, decisions, moves, standings

__all__ = ["assessments", "decisions", "moves", "standings"]
