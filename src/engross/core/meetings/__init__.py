"""The rules of meetings: their numbers and the references of their papers."""
