"""The pages of meetings: a month of them, the bodies that meet, and one meeting."""

from engross.apps.meetings.views.lists import bodies, download, meeting_list
from engross.apps.meetings.views.one_meeting import meeting
from engross.apps.meetings.views.shown import href_of_meeting, tabs_of

__all__ = ["bodies", "download", "href_of_meeting", "meeting", "meeting_list", "tabs_of"]
