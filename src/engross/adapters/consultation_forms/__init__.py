"""Consultations as Word: the form to fill in, the same form read back, answers side by side."""

from engross.adapters.consultation_forms.collation import CollatedQuestion, collation_word
from engross.adapters.consultation_forms.reading import FORM_LIMITS, FilledForm, read_filled_form
from engross.adapters.consultation_forms.sheets import Sheet
from engross.adapters.consultation_forms.writing import form_word

__all__ = [
    "FORM_LIMITS",
    "CollatedQuestion",
    "FilledForm",
    "Sheet",
    "collation_word",
    "form_word",
    "read_filled_form",
]
