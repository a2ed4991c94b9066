"""What keeps a deployment safe: its backup, and coming back from one."""

from engross.apps.operations.commands.backing_up import write_backup
from engross.apps.operations.commands.restoring import restore_backup

__all__ = ["restore_backup", "write_backup"]
