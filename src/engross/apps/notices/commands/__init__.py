"""Every write of notices: telling people, and keeping of what they want no mail."""

from engross.apps.notices.commands.choices import choose_mails, end_mails
from engross.apps.notices.commands.telling import Sent, footer_of, send_notice

__all__ = ["Sent", "choose_mails", "end_mails", "footer_of", "send_notice"]
