"""Everything that can be done to the code's text: take it in, publish, correct, take back."""

from engross.apps.legaltext.commands.correcting import Correction, correct_text
from engross.apps.legaltext.commands.importing import import_code, publish_version
from engross.apps.legaltext.commands.reporting import DocumentReport, ImportReport
from engross.apps.legaltext.commands.withdrawing import withdraw_version

__all__ = [
    "Correction",
    "DocumentReport",
    "ImportReport",
    "correct_text",
    "import_code",
    "publish_version",
    "withdraw_version",
]
