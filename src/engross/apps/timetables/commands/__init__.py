"""What is done with timetables: approve one, tell of steps that slip and of papers that are due."""

from engross.apps.timetables.commands.approving import approve_timetable
from engross.apps.timetables.commands.papers import tell_of_papers_due
from engross.apps.timetables.commands.telling import tell_of_slips

__all__ = ["approve_timetable", "tell_of_papers_due", "tell_of_slips"]
