"""What is done with timetables: approve one, tell of steps that slip."""

from engross.apps.timetables.commands.approving import approve_timetable
from engross.apps.timetables.commands.telling import tell_of_slips

__all__ = ["approve_timetable", "tell_of_slips"]
