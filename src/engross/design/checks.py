"""Refuse to start with colours that cannot be read."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error

from engross.design.context import active_code
from engross.design.theme import problems_with


def check_theme(app_configs: Sequence[AppConfig] | None, **_options: object) -> list[CheckMessage]:
    """Return an error for each colour of the active code's theme that is no colour or too faint."""
    code = active_code()
    return [
        Error(
            f"codes/{code.key}/code.toml, [theme] {problem.key}: {problem.what}",
            hint=problem.remedy,
            id="design.E001",
        )
        for problem in problems_with(code.theme)
    ]
