"""Stories: what happens to a demonstration's fictional proposals, by the commands of each app.

A story counts in Working Days from the day on which it is taken in, so that on any day somebody
tries the demonstration a consultation is open, a vote is under way and a decision is awaited.
"""

from engross.cli.stories.telling import Told, tell

__all__ = ["Told", "tell"]
