"""A clock that a test hands to a deployment: its site and its jobs live at the moment it says.

How far that moment is from the machine's clock stands in a file of the deployment's folder; from
there time goes on by itself, so that whatever lasts half a minute does.
"""

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.support.deployment import ROOT, Deployment

FILE = "handed-clock"


class HandedDeployment(Deployment):
    """A deployment whose processes read the handed clock instead of the machine's."""

    entry = "tests.support.handed_site"

    @property
    def environment(self) -> dict[str, str]:
        """What its processes read; they are modules of the tests."""
        kept = super().environment
        known = [str(ROOT), *filter(None, [kept.get("PYTHONPATH")])]
        return kept | {"PYTHONPATH": os.pathsep.join(known)}

    def command(self, *arguments: object) -> list[str]:
        """Return the `engross` command, as a process that reads the handed clock."""
        return [sys.executable, "-m", "tests.support.handed_clock", *map(str, arguments)]

    def set_clock(self, moment: datetime) -> None:
        """Let it be a moment, from now on."""
        half = self.folder / f"{FILE}.half"
        half.write_text(str(moment.timestamp() - time.time()))
        half.rename(self.folder / FILE)

    def moment(self) -> datetime:
        """Return what its clock says."""
        return datetime.fromtimestamp(time.time() + _ahead(self.folder / FILE), UTC)


def read_handed_clock() -> None:
    """Let this process tell the time by the clock in its deployment's folder.

    What reads the clock asks Django for it; sign-ins and codes ask the time itself.
    """
    from django.utils import timezone

    file = Path(os.environ["ENGROSS_VAR"]) / FILE
    machine_now, machine_time = timezone.now, time.time
    timezone.now = lambda: machine_now() + timedelta(seconds=_ahead(file))
    time.time = lambda: machine_time() + _ahead(file)


def _ahead(file: Path) -> float:
    return float(file.read_text())


if __name__ == "__main__":
    read_handed_clock()
    from engross.cli import main

    main()
