"""The rules of releases: windows, scope, what speaks against publishing, tranches of a text."""
