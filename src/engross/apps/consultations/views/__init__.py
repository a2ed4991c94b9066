"""The pages of consultations: for everybody, for who answers, and for staff."""
