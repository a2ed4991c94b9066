"""The pages of what a person follows, and their own page."""
