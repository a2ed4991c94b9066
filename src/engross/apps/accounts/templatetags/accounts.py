"""What the account pages say in words."""

from django import template

from engross.core.people.browsers import browser_of

register = template.Library()


@register.filter
def browser(user_agent: str) -> str:
    """Return a browser's own name in words."""
    return browser_of(user_agent)
