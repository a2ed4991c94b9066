"""Formats in which a code's text comes and goes: Word files, Akoma Ntoso, plain text."""
