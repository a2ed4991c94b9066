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
START_SECONDS = 300  # on a machine that does much else


@dataclass
class Load:
    """What the clients saw: milliseconds of each answer, what went wrong, memory of the workers.

    Each client first asks for every page once, within `warm_up_seconds` together. `memory_mb` holds
    the workers' memory together after that and at the end, `cpu_seconds` their CPU in between.
    """

    seconds: float = 0.0
    milliseconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    memory_mb: list[float] = field(default_factory=list)
    warm_up_seconds: float = 0.0
    cpu_seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Requests answered in a second, by all clients together."""
        return len(self.milliseconds) / self.seconds

    @property
    def cpu_milliseconds(self) -> float:
        """The CPU of the workers for each answer: on a busy machine it says more than the time."""
        return 1000 * self.cpu_seconds / len(self.milliseconds)

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
            f"warm after {self.warm_up_seconds:.0f} s, then {self.per_second:.0f} requests/s, "
            f"median {middle:.0f} ms, p95 {late:.0f} ms, {self.cpu_milliseconds:.1f} ms of CPU "
            f"each, {len(self.wrong)} wrong, memory {before:.0f} to {after:.0f} MB"
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
    chances = [random.Random(seed) for seed in range(CLIENTS)]  # noqa: S311 - not for secrets
    with served(environment) as (port, server):
        each_once = [iter(chance.sample(addresses, len(addresses))) for chance in chances]
        load.warm_up_seconds = _asked_by_all(Load(wrong=load.wrong), port, each_once)
        load.memory_mb.append(_memory_mb(server))
        before, until = _cpu_seconds(server), time.monotonic() + seconds
        chosen = [_chosen(chance, addresses, until) for chance in chances]
        load.seconds = _asked_by_all(load, port, chosen)
        load.cpu_seconds = _cpu_seconds(server) - before
        load.memory_mb.append(_memory_mb(server))
    return load


def _chosen(chance: random.Random, addresses: Sequence[str], until: float) -> Iterator[str]:
    while time.monotonic() < until:
        yield chance.choice(addresses)


def _asked_by_all(load: Load, port: int, asked: Sequence[Iterator[str]]) -> float:
    """Let each client ask for its addresses, one after another; return the seconds it took."""
    began = time.monotonic()
    clients = [threading.Thread(target=_client, args=(load, port, each)) for each in asked]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return time.monotonic() - began


def _client(load: Load, port: int, asked: Iterator[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for address in asked:
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
    return sum(map(_own_kb, _workers(server))) * 1024 / 1e6


def _workers(server: int) -> list[int]:
    return [
        int(each) for each in Path(f"/proc/{server}/task/{server}/children").read_text().split()
    ]


def _cpu_seconds(server: int) -> float:
    """Return the CPU that the server's workers have taken so far, their own and the system's."""
    fields = [Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
              for each in _workers(server)]  # fmt: skip
    return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")


def _own_kb(process: int) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))
