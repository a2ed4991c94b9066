"""Versions of the code and releases by API, and putting a release together."""

from engross.apps.releases.api.composing import compositions
from engross.apps.releases.api.listing import releases, versions

__all__ = ["compositions", "releases", "versions"]
