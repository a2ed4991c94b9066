"""A backup as one file: what was kept, and a manifest by which every byte can be proved.

It is a zip that other tools open too. It gets its name only when it is whole, so that a backup
that was killed half-way is not mistaken for one.
"""

import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from engross.core.refusals import Reason, Refused

FORMAT = "engross-backup/1"
MANIFEST = "manifest.json"
CHUNK = 1024 * 1024


class BackupWriter:
    """A backup that is being written; what is added is hashed on its way."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.entries: dict[str, dict[str, Any]] = {}

    @contextmanager
    def entry(self, name: str) -> Iterator["HashedStream"]:
        """Open an entry to write bytes to."""
        with self._archive.open(name, "w", force_zip64=True) as raw:
            stream = HashedStream(raw)
            yield stream
        self.entries[name] = {"sha256": stream.digest.hexdigest(), "size": stream.size}

    def add(self, name: str, source: IO[bytes]) -> None:
        """Add what a stream holds."""
        with self.entry(name) as target:
            while chunk := source.read(CHUNK):
                target.write(chunk)


class HashedStream:
    """A stream to write to that keeps the hash and size of what passed."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self.digest = sha256()
        self.size = 0

    def write(self, chunk: bytes | memoryview) -> None:
        """Write bytes."""
        content = bytes(chunk)
        self.digest.update(content)
        self.size += len(content)
        self._raw.write(content)


@contextmanager
def new_backup(path: Path, about: dict[str, Any]) -> Iterator[BackupWriter]:
    """Write a backup at `path`, with `about` in its manifest.

    Whoever adds to it may add to `about` until the end. Raises FileExistsError if there is a
    file of that name.
    """
    if path.exists():
        raise FileExistsError(path)
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            writer = BackupWriter(archive)
            yield writer
            manifest = {"format": FORMAT, **about, "entries": writer.entries}
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
        _flush(unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    with path.open("rb") as written:
        os.fsync(written.fileno())


@dataclass
class Backup:
    """A backup that was opened: its manifest, and its entries to read."""

    path: Path
    archive: zipfile.ZipFile
    manifest: dict[str, Any] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The names of its entries, in their order."""
        return sorted(self.manifest["entries"])

    def open(self, name: str) -> IO[bytes]:
        """Open an entry to read."""
        return self.archive.open(name)


@contextmanager
def opened_backup(path: Path) -> Iterator[Backup]:
    """Open a backup and prove every byte of it against its manifest.

    Raises Refused if it is no backup, was cut short, or holds other bytes than were written.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise _refused(path, f"cannot be opened as a backup ({error})") from error
    with archive:
        backup = Backup(path, archive, _manifest(path, archive))
        for name, told in backup.manifest["entries"].items():
            _prove(backup, name, told)
        yield backup


def _manifest(path: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        found: Any = json.loads(archive.read(MANIFEST))
    except (KeyError, ValueError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise _refused(path, "has no manifest") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise _refused(path, f"is not of the form {FORMAT}")
    told: dict[str, Any] = found
    return told


def _prove(backup: Backup, name: str, told: dict[str, Any]) -> None:
    digest, size = sha256(), 0
    try:
        with backup.open(name) as source:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                if size > told["size"]:
                    break
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise _refused(backup.path, f"has no whole {name}") from error
    if (digest.hexdigest(), size) != (told["sha256"], told["size"]):
        raise _refused(backup.path, f"holds another {name} than was written")


def _refused(path: Path, what: str) -> Refused:
    return Refused(Reason(f"{path.name} {what}", "Take another backup; nothing was changed"))
