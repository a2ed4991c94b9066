"""The web server's entry for a site that lives by a handed clock."""

from tests.support.handed_clock import read_handed_clock

read_handed_clock()

from engross.config.wsgi import application  # noqa: E402  whatever it loads finds the clock

__all__ = ["application"]
