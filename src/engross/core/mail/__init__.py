"""What holds for every mail: when one that failed is tried again, and what may head it."""

from engross.core.mail.attempts import MOST_ATTEMPTS, wait_after
from engross.core.mail.headings import one_line

__all__ = ["MOST_ATTEMPTS", "one_line", "wait_after"]
