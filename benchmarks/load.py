"""Eight clients at once on two web processes: what they are answered, how fast, at what memory."""

import http.client
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.postgres import free_port

CLIENTS = 8
WORKERS = 2
START_SECONDS = 60


@dataclass
class Load:
    """What the clients saw: milliseconds of each answer, what went wrong, memory of the workers.

    `memory_mb` holds their memory together at the start (after a tenth of the time) and the end.
    """

    seconds: float = 0.0
    milliseconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    memory_mb: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Requests answered in a second, by all clients together."""
        return len(self.milliseconds) / self.seconds

    @property
    def gained_mb(self) -> float:
        """How much more memory the workers hold at the end than at the start."""
        return self.memory_mb[-1] - self.memory_mb[0]

    def quantile(self, share: float) -> float:
        """Return the milliseconds within which a share of the answers came."""
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def __str__(self) -> str:
        middle, late = statistics.median(self.milliseconds), self.quantile(0.95)
        before, after = self.memory_mb[0], self.memory_mb[-1]
        return (
            f"{self.per_second:.0f} requests/s, median {middle:.0f} ms, p95 {late:.0f} ms, "
            f"{len(self.wrong)} wrong, memory {before:.0f} to {after:.0f} MB"
        )


@contextmanager
def served(environment: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Serve the site with two workers; give its port and the server's process id."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "engross", "serve", "--bind", f"127.0.0.1:{port}",
         "--workers", str(WORKERS)],
        env={**os.environ, **environment}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(port)
        yield port, process.pid
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            if _asked(http.client.HTTPConnection("127.0.0.1", port, timeout=30), "/health/live"):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The site does not answer")


def _asked(connection: http.client.HTTPConnection, address: str) -> int:
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def under_load(addresses: Sequence[str], environment: Mapping[str, str], *, seconds: float) -> Load:
    """Let eight clients ask the addresses at random for so many seconds, one after another."""
    load = Load()
    with served(environment) as (port, server):
        began = time.monotonic()
        clients = [
            threading.Thread(target=_client, args=(load, port, addresses, began + seconds, seed))
            for seed in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        time.sleep(seconds / 10)
        load.memory_mb.append(_memory_mb(server))
        for client in clients:
            client.join()
        load.seconds = time.monotonic() - began
        load.memory_mb.append(_memory_mb(server))
    return load


def _client(load: Load, port: int, addresses: Sequence[str], until: float, seed: int) -> None:
    chosen = random.Random(seed)  # noqa: S311 - for measuring, not for secrets
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while time.monotonic() < until:
        address = chosen.choice(addresses)
        began = time.perf_counter()
        try:
            status = _asked(connection, address)
        except (OSError, http.client.HTTPException) as problem:
            load.wrong.append(f"{address}: {problem!r}")
            connection.close()
            continue
        load.milliseconds.append(1000 * (time.perf_counter() - began))
        if status != 200:
            load.wrong.append(f"{address}: {status}")


def _memory_mb(server: int) -> float:
    """Return the memory that the server's workers hold of their own, in MB of 10^6 bytes."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return sum(_own_kb(int(child)) for child in children) * 1024 / 1e6


def _own_kb(process: int) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))
