"""Akoma Ntoso 3.0 (OASIS LegalDocML), the small part of it that a code's text needs: `names.py`."""

from engross.adapters.legaltext.akoma_ntoso.reading import read_akoma
from engross.adapters.legaltext.akoma_ntoso.writing import write_akoma

__all__ = ["read_akoma", "write_akoma"]
