"""What has to be said of the text wherever it is shown."""

from engross.apps.legaltext.commands.reporting import ImportReport
from engross.apps.legaltext.models import TextNotice


def note_of_text(report: ImportReport, notice: str) -> None:
    """Let every page that shows the text say something of it, from an import on."""
    TextNotice.objects.create(recording_id=report.recording, notice=notice)
