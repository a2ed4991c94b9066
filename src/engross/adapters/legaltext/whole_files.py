"""Files read up to a limit, and written whole or not at all."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from engross.core.refusals import Reason, Refused

STANDARD = Path("-")
MOST_BYTES = 64_000_000


def shown(path: Path) -> str:
    """Return what a file is called in messages, which are one line whatever its name."""
    if path == STANDARD:
        return "standard input"
    name = str(path)
    return name if name.isprintable() else name.encode("unicode_escape").decode("ascii")


def read_whole(path: Path, *, most: int = MOST_BYTES) -> bytes:
    """Return what a file holds; '-' is standard input. Raises Refused if it cannot be had."""
    if path == STANDARD:
        content = sys.stdin.buffer.read(most + 1)
    else:
        try:
            with path.open("rb") as opened:
                content = opened.read(most + 1)
        except OSError as error:
            raise _unreadable(path, error) from None
        except ValueError:  # a name with a NUL in it
            raise Refused(Reason("There is no file of that name", "Name a file")) from None
    if len(content) > most:
        what = f"{shown(path)} is larger than {most // 1_000_000} MB"
        raise Refused(Reason(what, "Divide it into its documents"))
    return content


def write_whole(path: Path, content: bytes, *, not_over: Iterable[Path] = ()) -> None:
    """Write a file in one go: after a failure what stood there still stands; '-' is printed.

    Raises Refused if the file is one of `not_over`, what the command was given to read.
    """
    if path == STANDARD:
        print_whole(content)
        return
    refuse_overwriting(path, not_over)
    try:
        # A link keeps pointing where it did, and a device or pipe cannot be replaced.
        target = path.resolve()
        if target.exists() and not target.is_file():
            target.write_bytes(content)
            return
        _replace(target, content)
    except OSError as error:
        what = f"{shown(path)} cannot be written ({error.strerror or error})"
        raise Refused(Reason(what, "Name another place")) from None


def print_whole(content: bytes) -> None:
    """Write to standard output in one go. Raises Refused where there is none."""
    if sys.stdout is None:
        raise Refused(Reason("There is no standard output", "Name a file to write to"))
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise  # who reads has seen enough
    except OSError as error:
        what = f"Standard output cannot be written ({error.strerror})"
        raise Refused(Reason(what, "Name a file to write to")) from None


def refuse_overwriting(path: Path, inputs: Iterable[Path]) -> None:
    """Raise Refused if a file to be written is one of those that are read."""
    for other in inputs:
        if other != STANDARD and path.exists() and other.exists() and path.samefile(other):
            what = f"{shown(path)} is what was given to be read, and would be overwritten"
            raise Refused(Reason(what, "Name another file with --out"))


def _replace(target: Path, content: bytes) -> None:
    import tempfile  # slow to import, and compare mostly prints

    mode = target.stat().st_mode & 0o777 if target.exists() else None
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
        Path(name).chmod(_usual_mode() if mode is None else mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _usual_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _unreadable(path: Path, error: OSError) -> Refused:
    if isinstance(error, FileNotFoundError):
        return Refused(
            Reason(f"There is no file {shown(path)}", "Name a file or folder that is there")
        )
    if isinstance(error, IsADirectoryError):
        return Refused(Reason(f"{shown(path)} is a folder", "Name a file"))
    return Refused(Reason(f"{shown(path)} cannot be read ({error.strerror})", "Name another file"))
