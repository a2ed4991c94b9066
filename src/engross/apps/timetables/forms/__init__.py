"""What a person asks of timetables, and what is typed to approve one."""

from engross.apps.timetables.forms.approving import ApproveForm
from engross.apps.timetables.forms.forecasts import ForecastFilterForm

__all__ = ["ApproveForm", "ForecastFilterForm"]
