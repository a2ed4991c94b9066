"""What a person may follow, how often they are told, and on which days."""

from engross.core.following.rhythms import Rhythm, is_told_on
from engross.core.following.subjects import EVERYTHING, Kind, Subject, is_followed

__all__ = ["EVERYTHING", "Kind", "Rhythm", "Subject", "is_followed", "is_told_on"]
