"""Every question about people: one function for each."""

from engross.apps.people.queries.readers import person_of_token, reader_of

__all__ = ["person_of_token", "reader_of"]
