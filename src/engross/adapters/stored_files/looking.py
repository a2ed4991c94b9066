"""Finding out what a file is from its content; nothing in it is unpacked or run."""

import codecs
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import IO

import puremagic

from engross.core.files import KINDS, FileKind, kind_named
from engross.core.refusals import Reason, Refused

HEAD_BYTES = 4096
CHUNK_BYTES = 64 * 1024
MOST_MEMBERS = 10_000
# What a browser could take for a page, where it begins a text.
_MARKUP = re.compile(rb"\s*(<!doctype|<html|<head|<body|<script|<svg|<\?xml|<iframe|<img)", re.I)
_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"


def look_at(name: str, content: IO[bytes]) -> FileKind:
    """Return the kind of file that a name and the content agree on.

    Raises Refused if there is no such kind, if the content is of another, or if it holds more
    than one thing at once. The content is left at its beginning.
    """
    kind = kind_named(name)
    if kind is None:
        known = ", ".join(f".{ending}" for ending in KINDS)
        raise Refused(Reason(f"Files such as {name[-40:]} are not taken", f"Send one of {known}"))
    content.seek(0)
    head = content.read(HEAD_BYTES)
    look = _look_at_text if kind.is_text else _LOOKS.get(kind.ending, _look_at_archive)
    if not head:
        faults = ["it is empty"]
    elif not kind.is_text and not _has_signature(kind, head):
        faults = ["its content is something else"]
    else:
        faults = list(look(kind, content))
    content.seek(0)
    if faults:
        remedy = f"Send a {kind.title} file as its own program saves it"
        raise Refused(
            [Reason(f"{name} is no {kind.title} file: {each}", remedy) for each in faults]
        )
    return kind


def _has_signature(kind: FileKind, head: bytes) -> bool:
    """Say whether what begins the content begins files of this kind."""
    try:
        found = puremagic.magic_string(head)
    except puremagic.PureError:
        return False
    return any(each.offset == 0 and each.extension == f".{kind.ending}" for each in found)


def _look_at_text(kind: FileKind, content: IO[bytes]) -> Iterator[str]:
    content.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    is_first = True
    while chunk := content.read(CHUNK_BYTES):
        if is_first and _MARKUP.match(chunk.removeprefix(codecs.BOM_UTF8)):
            yield "it begins as a page of the web does"
            return
        is_first = False
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError:
            yield "it is not text in UTF-8"
            return
        if any(each < " " and each not in "\t\n\r\f" for each in text):
            yield "it has characters that no text has"
            return
    if decoder.getstate()[0]:
        yield "it ends within a character"


def _look_at_pdf(kind: FileKind, content: IO[bytes]) -> Iterator[str]:
    """Tell what is wrong with a PDF: something other after its end, or no end."""
    tail = _tail(content, 2048)
    _, found, after = tail.rpartition(b"%%EOF")
    if not found:
        yield "it has no end"
    elif after.strip():
        yield "something follows its end"


def _look_at_png(kind: FileKind, content: IO[bytes]) -> Iterator[str]:
    if not _tail(content, 64).rstrip(b"\x00").endswith(_PNG_END.rstrip(b"\x00")):
        yield "something follows its end, or it has none"


def _look_at_jpeg(kind: FileKind, content: IO[bytes]) -> Iterator[str]:
    if not _tail(content, 64).rstrip(b"\x00\r\n ").endswith(b"\xff\xd9"):
        yield "something follows its end, or it has none"


def _tail(content: IO[bytes], length: int) -> bytes:
    size = content.seek(0, 2)
    content.seek(max(0, size - length))
    return content.read()


def _look_at_archive(kind: FileKind, content: IO[bytes]) -> Iterator[str]:
    """Tell what is wrong with an archive by its list of members; none is unpacked."""
    try:
        with zipfile.ZipFile(content) as archive:
            members = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        yield "its list of contents cannot be read"
        return
    if len(members) > MOST_MEMBERS:
        yield f"it holds more than {MOST_MEMBERS:,} things"
    elif kind.member and kind.member not in members:
        yield "its content is something else"
    elif any(each.casefold().endswith("vbaproject.bin") for each in members):
        yield "it holds macros"
    elif any(each.startswith(("/", "\\")) or ".." in each.split("/") for each in members):
        yield "it would unpack outside its own folder"


_LOOKS: dict[str, Callable[[FileKind, IO[bytes]], Iterator[str]]] = {
    "pdf": _look_at_pdf,
    "png": _look_at_png,
    "jpg": _look_at_jpeg,
}
