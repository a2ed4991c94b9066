"""The rules of proposals: identity, stages, how long each has taken."""
