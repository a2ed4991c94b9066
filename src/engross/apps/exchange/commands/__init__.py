"""Every write about webhooks and bulk files: one function for each thing that is done."""

from engross.apps.exchange.commands.bulk import delete_old_files, remake_bulk_files
from engross.apps.exchange.commands.following import queue_changes
from engross.apps.exchange.commands.sending import send_due_messages
from engross.apps.exchange.commands.webhooks import (
    add_webhook,
    change_secret,
    forget_deliveries,
    queue_trial,
    remove_webhook,
    replay,
    start_again,
)

__all__ = [
    "add_webhook",
    "change_secret",
    "delete_old_files",
    "forget_deliveries",
    "queue_changes",
    "queue_trial",
    "remake_bulk_files",
    "remove_webhook",
    "replay",
    "send_due_messages",
    "start_again",
]
