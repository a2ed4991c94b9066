"""Reading Word files: every piece of text kept, inserted, deleted or moved, and who did it."""

from engross.adapters.legaltext.word_reading.assembling import read_word
from engross.adapters.legaltext.word_reading.documents import ReadCode, code_after, code_before
from engross.adapters.legaltext.word_reading.revisions import treatments

__all__ = ["ReadCode", "code_after", "code_before", "read_word", "treatments"]
