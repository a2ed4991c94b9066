"""The `engross` command: every job that a person can do unattended.

Exit codes: 0 done, 1 refused with reasons, 2 wrong use. A group of sub-commands is a file in this
folder and one line in COMMANDS; it is imported when it is called, so that `engross --help` and
every other group stay quick. Rich, Django and whatever else is slow are imported in the functions
that need them.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import click

from engross.core.audit.sources import coming_from
from engross.core.refusals import Refused

REFUSED = 1


class Lazy(NamedTuple):
    """Where a command is ('module:attribute'), and its line in the list of commands."""

    target: str
    help: str


COMMANDS: dict[str, Lazy] = {
    "audit": Lazy("engross.cli.audit:audit", "Prove that what was done was not rewritten."),
    "backup": Lazy("engross.cli.backup:backup", "Write database and files to one file."),
    "demo": Lazy("engross.cli.demo:demo", "Take in the demonstration, write its paper, serve it."),
    "check-code": Lazy("engross.cli.check_code:check_code", "Look for mistakes in a code's data."),
    "cmr": Lazy("engross.cli.cmr:cmr", "Take in, write and compare the sheet of all codes."),
    "export": Lazy("engross.cli.export:export", "Write registers to files."),
    "import": Lazy("engross.cli.import_:import_", "Take files into the registers."),
    "mail": Lazy("engross.cli.mail:mail", "Note which mails came back; see what waits."),
    "people": Lazy("engross.cli.people:people", "List people, end sessions, close accounts."),
    "personal": Lazy(
        "engross.cli.personal:personal", "Tell, erase and forget what is kept about persons."
    ),
    "report": Lazy("engross.cli.report:report", "Write a paper of a month in four formats."),
    "scheduler": Lazy("engross.cli.worker:scheduler", "Hand out jobs that come again."),
    "restore": Lazy("engross.cli.backup:restore", "Fill an empty deployment from a backup."),
    "search": Lazy("engross.cli.search:search", "Keep what can be found in step with the records."),
    "serve": Lazy("engross.cli.serve:serve", "Serve the site."),
    "staff": Lazy("engross.cli.staff:staff", "Make accounts for staff."),
    "template": Lazy("engross.cli.template:template", "Write templates to fill in and import."),
    "text": Lazy("engross.cli.text:text", "Read, compare, change and merge legal text."),
    "upgrade": Lazy("engross.cli.serve:upgrade", "Bring tables and style up to this version."),
    "workdays": Lazy("engross.cli.workdays:workdays", "Ask about Working Days and holidays."),
    "worker": Lazy("engross.cli.worker:worker", "Do tasks: mail, digests, files made anew."),
}


class LazyGroup(click.Group):
    """A group that imports a command when it is called, and prints refusals for people."""

    def __init__(self, *args: Any, lazy: Mapping[str, Lazy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = lazy
        self.is_process = False

    def main(self, args: Any = None, *rest: Any, **options: Any) -> Any:
        """Run what was asked for; without `args` it is what the process was started with."""
        self.is_process = args is None
        return super().main(args, *rest, **options)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self.lazy})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.lazy:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self.lazy[cmd_name].target.partition(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self.lazy[cmd_name].target} is not a command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table, without importing any."""
        rows = [(name, self.lazy[name].help) for name in sorted(self.lazy)]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a refusal becomes its reasons on standard error, and exit code 1."""
        try:
            with coming_from("command"):
                return super().invoke(ctx)
        except Refused as refused:
            for reason in refused.reasons:
                click.echo(str(reason), err=True)
            ctx.exit(REFUSED)


def _print_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if not asked or ctx.resilient_parsing:
        return
    # It reads mail headers and zips, which takes longer than most commands.
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("engross")
    except PackageNotFoundError:
        number = "(not installed)"
    click.echo(f"engross {number}")
    ctx.exit()


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Run an industry code: its registers, its reports and its days.

    Every command has --help with an example. It exits with 0 when done, 1 when it refuses
    (the reasons go to standard error) and 2 when it was used wrongly.

    \b
    Example:
      engross workdays count 2021-05-10 2021-09-30 --inclusive
    """
