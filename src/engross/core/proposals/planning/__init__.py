"""Timetables of proposals: steps laid out forward over Working Days, meetings and releases."""
