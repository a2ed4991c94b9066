"""`engross demo`: the demonstration's records, its paper and its site, with one command."""

import json
import os
import socket
import sys
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engross.cli.django_setup import database_troubles, set_up
from engross.cli.progress import shown_progress
from engross.core.refusals import Reason, Refused

if TYPE_CHECKING:
    from engross.apps.registers.commands import NamedSheet

HOST = "127.0.0.1"
REPOSITORY = Path(__file__).resolve().parents[3]
DEFAULT_CODE = "sec"
REASON = "Records of the demonstration"
NO_TRANSPORT = "django.core.mail.backends.dummy.EmailBackend"


@click.command("demo")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True,
              envvar="PORT", show_envvar=True, help="Where the site is served.")  # fmt: skip
@click.option("--code", default=DEFAULT_CODE, show_default=True,
              help="The code whose demonstration it is.")  # fmt: skip
@click.option("--no-serve", is_flag=True, help="Write the paper, and do not serve the site.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path),
              help="The folder for the files.  [default: reports/ in var]")  # fmt: skip
def demo(*, port: int, code: str, no_serve: bool, out: Path | None) -> None:
    """Take in the demonstration's records, write its paper in four formats, serve its site.

    The site is on 127.0.0.1 until Ctrl-C. A second run changes nothing and is quick.

    Example: engross demo --port 8080
    """
    folder = demonstration_folder(code)
    if not no_serve:
        refuse_busy_port(port)
    _choose_deployment(code)
    set_up()
    take_in(folder)
    for path in _write_paper(folder, out):
        click.echo(f"  {path}")
    if not no_serve:
        _serve(port)


def demonstration_folder(code: str) -> Path:
    """Return the folder of a code's demonstration; raises Refused if there is none."""
    known = sorted(path.parent.name for path in REPOSITORY.glob("demo/*/demonstration.toml"))
    if code in known:
        return REPOSITORY / "demo" / code
    if not known:
        what, remedy = "There is no demonstration beside this installation", "Run it in a clone"
    else:
        what, remedy = f"No demonstration is called '{code}'", f"Choose {' or '.join(known)}"
    raise Refused(Reason(what, remedy))


def refuse_busy_port(port: int) -> None:
    """Raise Refused if nothing more can listen at the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the server will: a port that was freed a moment ago may be taken again.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            what = f"The site cannot be served on {HOST}:{port}: {error.strerror}"
            raise Refused(Reason(what, "Choose another port, as in PORT=8080")) from error


def _choose_deployment(code: str) -> None:
    """Set what the settings read; each code has a database of its own."""
    os.environ["ENGROSS_CODE"] = code
    os.environ["ENGROSS_DEMONSTRATION"] = "1"
    if code != DEFAULT_CODE and "DATABASE_URL" not in os.environ:
        os.environ.setdefault("ENGROSS_VAR", str(REPOSITORY / "var" / code))


def take_in(folder: Path) -> None:
    """Take in every file that is new since the last run, all or none, the text and the story."""
    _refuse_records_of_its_own()
    records = records_of(folder)
    sheets = _new_sheets(records)
    if sheets:
        _take_in_sheets(sheets, records)
    take_in_text(folder.name)
    take_in_story(records, on=_today())
    _make_findable()
    _write_bulk_files()


def records_of(folder: Path) -> Path:
    """Return the folder with a demonstration's records and story: its own, or another's."""
    return folder.parent / str(_wanted(folder).get("records", folder.name))


def _wanted(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "demonstration.toml").read_text(encoding="utf-8"))


def _make_findable() -> None:
    """Take everything into the search, so that the first search need not."""
    from engross.apps.search.commands import refresh

    with database_troubles():
        refresh()


def _write_bulk_files() -> None:
    """Write what can be fetched as a whole, as a worker would within minutes."""
    from django.utils import timezone

    from engross.apps.exchange.commands import remake_bulk_files

    with database_troubles():
        remake_bulk_files(at=timezone.now())


def _take_in_sheets(sheets: "list[NamedSheet]", folder: Path) -> None:
    from django.utils import timezone

    from engross.apps.registers.commands import import_sheets

    with database_troubles(), shown_progress() as told:
        results = import_sheets(sheets, by=None, at=timezone.now(), reason=REASON, progress=told)
    rows = sum(each.added + each.corrected + each.unchanged for each in results)
    click.echo(f"Took in {rows:,} rows from {len(sheets)} files of {folder}")


def take_in_text(code: str) -> None:
    """Take in the illustrative text of a code, with its versions and change sets, if it has one."""
    from django.utils import timezone

    from engross.adapters.code_folder import folder_with
    from engross.apps.legaltext.queries import text_editions
    from engross.apps.releases.commands import load_illustrative

    text = folder_with(code, "illustrative") / "illustrative"
    if text_editions() or not (text / "illustrative.toml").is_file():
        return
    with database_troubles():
        loaded = load_illustrative(text, by=None, at=timezone.now())
    click.echo(
        f"Took in {len(loaded.versions)} versions of an illustrative text, "
        f"and {len(loaded.open_sets)} open change sets"
    )


def take_in_story(folder: Path, *, on: date) -> None:
    """Let what is under way in a demonstration happen, as seen from a day, if it has not yet."""
    from engross.cli.stories import tell

    with database_troubles(), _mail_to_nobody():
        told = tell(folder, on=on)
    if told:
        click.echo(f"Let {told.proposals} fictional proposals go their way, in {told.steps} steps")


@contextmanager
def _mail_to_nobody() -> Iterator[None]:
    """Let no mail leave for the block: a story's addresses are made up, and the outbox has it."""
    from django.conf import settings

    kept = settings.MAIL_TRANSPORT
    settings.MAIL_TRANSPORT = NO_TRANSPORT
    try:
        yield
    finally:
        settings.MAIL_TRANSPORT = kept


def _today() -> date:
    from django.utils import timezone

    today: date = timezone.localdate()
    return today


def _refuse_records_of_its_own() -> None:
    """Raise Refused if the database has records that are no demonstration's."""
    from engross.apps.registers.registers import all_registers

    tables = [register.model.objects for register in all_registers()]
    if any(rows.filter(reason=REASON).exists() for rows in tables):
        return
    if any(rows.exists() for rows in tables):
        what = "The database holds records already, and a demonstration would mix with them"
        raise Refused(Reason(what, "Set ENGROSS_VAR to an empty folder"))


def _new_sheets(folder: Path) -> "list[NamedSheet]":
    """Return the sheets not taken in before; so what people corrected since then stays."""
    from engross.apps.registers.models import ImportRun

    known = dict(ImportRun.objects.order_by("pk").values_list("file_name", "sha256"))
    new = [each for each in sheets_of(folder) if known.get(each.file_name) != each.sha256]
    if any(each.file_name in known for each in new):
        # Rows that a newer file leaves out stay, as with every import.
        click.echo("The demonstration has changed since; empty ENGROSS_VAR to begin anew", err=True)
    return new


def sheets_of(folder: Path) -> "list[NamedSheet]":
    """Return the sheets of a demonstration; a file's name up to its first dot is its register."""
    from engross.adapters.tables import read_file
    from engross.apps.registers.commands import NamedSheet

    return [
        NamedSheet(file.file_name.split(".")[0], file.file_name, file.sha256, table.lines)
        for file in map(read_file, sorted(folder.glob("*.csv")))
        for table in file.tables
    ]


def _write_paper(folder: Path, out: Path | None) -> Sequence[Path]:
    """Write the paper of the demonstration, and return its files, attachments last."""
    from django.utils import timezone

    from engross.apps.reports.commands import keep_published, write_report
    from engross.config.settings import VAR
    from engross.core.dates.months import Month

    wanted = _wanted(folder)
    paper, month = wanted["paper"], Month.parse(wanted["month"])
    target = out or VAR / "reports" / f"{paper}-{month}"
    published = _published(folder, wanted)
    if published:
        name = wanted["published"]
        keep_published(paper, month, published, file_name=name, by=None, at=timezone.now())
    written = write_report(paper, month, target, on=_today(), published=published)
    click.echo(f"{written.paper.head.title}, {month.name}:")
    return [*written.files, *written.attachments]


def _published(folder: Path, wanted: dict[str, Any]) -> dict[str, Any] | None:
    if "published" not in wanted:
        return None
    content = json.loads((folder / wanted["published"]).read_text(encoding="utf-8"))
    figures: dict[str, Any] = content["figures"]
    return figures


def _serve(port: int) -> None:
    """Become the web server; Ctrl-C ends it and frees the port."""
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    click.echo(f"Serving http://{HOST}:{port}/ until Ctrl-C")
    sys.stdout.flush()
    command = [
        sys.executable, "-m", "gunicorn", "engross.config.wsgi",
        "--bind", f"{HOST}:{port}", "--workers", "1", "--threads", "4",
        "--graceful-timeout", "2", "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip
    os.execv(sys.executable, command)  # noqa: S606  (no shell: this process becomes the server)
