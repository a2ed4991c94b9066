"""`engross check-code`: say whether a code's data is sound."""

import click

from engross.adapters.code_folder import available_codes, folder_with, load_code
from engross.core.codes import Code, CodeRefused


@click.command("check-code")
@click.argument("code", required=False)
def check_code(code: str | None) -> None:
    """Check the data of CODE, or of every code.

    Names every problem with its file, key and remedy.

    Example: engross check-code sec
    """
    refused = False
    for key in [code] if code else _known_codes():
        try:
            click.echo(_checked(key))
        except CodeRefused as refusal:
            refused = True
            click.echo(str(refusal), err=True)
        except LookupError as error:
            raise click.UsageError(str(error.args[0])) from error
    if refused:
        raise SystemExit(1)


def _known_codes() -> tuple[str, ...]:
    try:
        return available_codes()
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from error


def _checked(key: str) -> str:
    # It reads templates, which takes longer than most commands need to start.
    from engross.adapters.mail_texts import check_mail_texts

    code = load_code(key)
    check_mail_texts(code, folder_with(key, "mail"))
    return _summary(code)


def _summary(code: Code) -> str:
    lists = [options for options in code.lists.values() if len(options)]
    count = sum(len(options) for options in lists)
    return f"codes/{code.key}: {len(lists)} lists, {count} options, no problems"
