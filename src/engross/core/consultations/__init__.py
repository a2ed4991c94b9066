"""The rules of consultations: when they close, what an answer may hold, which answers count."""
