"""The pages of code versions and of releases."""
