"""Opening a Word file from bytes, so that none exhausts the machine or runs anything.

A .docx is a zip of XML parts. Only the parts that hold text are unpacked, each under a cap; no
entity, no address and no macro is ever followed.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree
from lxml.etree import _Element as Element

from engross.adapters.legaltext.word_reading.names import short
from engross.core.refusals import Reason, Refused

MEGABYTE = 1_000_000
_SAVE_AGAIN = "Open it in Word and save it again as a Word document (.docx)"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ROOT = re.compile(rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<(!DOCTYPE|[^!?\s/>]+)", re.DOTALL)
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_HEAD = 65_536
_PIECE = 1_000_000
_UNREADABLE = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error,
    ValueError, OverflowError,
)  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """The most that a file may hold. `part_bytes` is one part unpacked, `all_bytes` all we read.

    A part above `small_bytes` may unpack to at most `times_packed` its packed size: text packs
    ten to thirty times, a bomb a thousand. `tags` is about twice the elements of a part,
    `tree_bytes` the memory that elements may take at once, `pieces` the paragraphs, pieces, rows
    and cells, `characters` the text: a million words are 1.1 million tags, 110,000 pieces and
    seven million characters.
    """

    file_bytes: int = 64 * MEGABYTE
    part_bytes: int = 64 * MEGABYTE
    tags: int = 6_000_000
    tree_bytes: int = 250 * MEGABYTE
    pieces: int = 700_000
    characters: int = 16_000_000
    all_bytes: int = 90 * MEGABYTE
    small_bytes: int = 10 * MEGABYTE
    times_packed: int = 150
    members: int = 10_000


LIMITS = Limits()


def refused(what: str, remedy: str = _SAVE_AGAIN) -> Refused:
    """Return the refusal of a Word file for one reason."""
    return Refused(Reason(what, remedy))


def too_much(what: str) -> Refused:
    """Return the refusal of a Word file that is too large in some way."""
    remedy = "Split the document into several files, each of a few sections"
    return refused(f"The Word file is too large: {what}", remedy)


def tree_cost(content: bytes) -> int:
    """Return about how many bytes the elements of a piece of XML take once they are parsed."""
    return 60 * content.count(b"<") + 220 * content.count(b"=") + len(content)


@dataclass
class Package:
    """An opened file: its parts by name, read one at a time."""

    packed: zipfile.ZipFile
    limits: Limits = LIMITS
    read_bytes: int = 0
    names: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Tell whether the file holds a part; names differ by case only by mistake."""
        return name.lower() in self.names

    def part(self, name: str) -> bytes:
        """Return a part unpacked. Raises Refused as `stream` does."""
        return b"".join(self.stream(name))

    def stream(self, name: str) -> Iterator[bytes]:
        """Yield a part in pieces as it is unpacked.

        Raises Refused if it is missing, damaged or too large, or its beginning could do harm.
        """
        entry = self.names.get(name.lower())
        if entry is None:
            raise refused(f"The Word file has no part {name[:200]!r}, which it points to")
        limit = min(self.limits.part_bytes, self.limits.all_bytes - self.read_bytes)
        self._refuse_size(entry, entry.file_size, limit)
        tags = 0
        is_first = True
        for piece in self._pieces(entry, limit):
            if is_first:
                refuse_declarations(piece, name)
            is_first = False
            self.read_bytes += len(piece)
            tags += piece.count(b"<")
            if tags > self.limits.tags:
                raise too_much(f"{name} holds too many elements")
            yield piece
        if is_first:
            refuse_declarations(b"", name)

    def tree(self, name: str) -> Element:
        """Return the root of a part. Raises Refused if it is not sound XML."""
        content = self.part(name)
        if tree_cost(content) > self.limits.tree_bytes:
            raise too_much(f"{name} holds too many elements")
        try:
            root = etree.fromstring(content, etree.XMLParser(**SAFE))
        except (etree.XMLSyntaxError, ValueError) as problem:
            raise unsound(name, problem) from problem
        return root

    def _pieces(self, entry: zipfile.ZipInfo, limit: int) -> Iterator[bytes]:
        total = 0
        try:
            with self.packed.open(entry) as stream:
                while piece := stream.read(_PIECE):
                    total += len(piece)
                    # What the directory says of a size is only a claim.
                    self._refuse_size(entry, total, limit)
                    yield piece
        except _UNREADABLE as problem:
            what = f"The Word file is damaged or cut off at {entry.filename[:200]!r}"
            raise refused(what, "Get the file again, or open it in Word and save it") from problem

    def _refuse_size(self, entry: zipfile.ZipInfo, size: int, limit: int) -> None:
        times = size / max(entry.compress_size, 1)
        bomb = size > self.limits.small_bytes and times > self.limits.times_packed
        if size > limit or bomb:
            raise too_much(f"it unpacks to too much at {entry.filename[:200]!r}")


SAFE: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def open_package(content: bytes, limits: Limits = LIMITS) -> Package:
    """Return the parts of a Word file. Raises Refused if it is none, or could do harm."""
    _refuse_kind(content, limits)
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
    except _UNREADABLE as problem:
        what = "The Word file is damaged or cut off: its list of parts cannot be read"
        raise refused(what, "Get the file again, or open it in Word and save it") from problem
    entries = packed.infolist()
    if len(entries) > limits.members:
        raise refused(f"The Word file has more than {limits.members:,} parts")
    if any(entry.flag_bits & 1 for entry in entries):
        raise refused("The Word file is locked with a password", "Save it without a password")
    return Package(packed, limits, names={entry.filename.lower(): entry for entry in entries})


def _refuse_kind(content: bytes, limits: Limits) -> None:
    if len(content) > limits.file_bytes:
        most = limits.file_bytes // MEGABYTE
        what = f"The Word file has {len(content) / MEGABYTE:,.0f} MB; at most {most} are read"
        raise refused(what, "Take large pictures out, or split it into several files")
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise refused("The Word file is locked with a password", "Save it without a password")
        raise refused("This is an old Word document (.doc) or another Office file of that time")
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise refused("This is not a Word document: a .docx file begins otherwise")


def refuse_declarations(content: bytes, name: str) -> None:
    """Raise Refused if a part declares entities or a type, or is in an unusual encoding."""
    head = content[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    encoding = _ENCODING.match(head.removeprefix(b"\xef\xbb\xbf"))
    if encoding and encoding[1].decode().lower() not in ("utf-8", "utf-16", "us-ascii", "ascii"):
        raise refused(f"{name} of the Word file is in {encoding[1].decode()}, not in UTF-8")
    root = _ROOT.match(head.removeprefix(b"\xef\xbb\xbf"))
    if root is None:
        raise refused(f"{name} of the Word file is not XML")
    if root[1] == b"!DOCTYPE":
        raise refused(f"{name} of the Word file declares entities, which could do harm")


def unsound(name: str, problem: Exception) -> Refused:
    """Return the refusal of a part that is not well-formed XML."""
    line = str(problem).splitlines()[0][:200] if str(problem) else "no reason given"
    return refused(f"{name} of the Word file is damaged: {line}")


def resolve(base: str, target: str) -> str:
    """Return the name of a part that a relationship of `base` points to."""
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), target)).lstrip("/")


def _relations_part(name: str) -> str:
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


@dataclass(frozen=True)
class Relation:
    """Where a part points: the last word of the relation's kind, and the part or address."""

    kind: str
    target: str
    external: bool


def relations(package: Package, name: str) -> dict[str, Relation]:
    """Return what a part points to, by relationship id; empty where it points to nothing."""
    part = _relations_part(name)
    if not package.has(part):
        return {}
    found = {}
    for one in package.tree(part):
        if short[one.tag] != "rel:Relationship":
            continue
        external = one.get("TargetMode") == "External"
        target = one.get("Target", "")
        kind = one.get("Type", "").rsplit("/", 1)[-1]
        found[one.get("Id", "")] = Relation(
            kind, target if external else resolve(name, target), external
        )
    return found


def main_part(package: Package) -> str:
    """Return the name of the part that holds the text.

    Raises Refused if the file is another kind of Office document, or holds macros: those are
    never run, and a file that carries them is not taken at all.
    """
    if not package.has("[Content_Types].xml"):
        raise refused("This is a zip file, but not a Word document")
    kinds = _content_types(package)
    if any("macroEnabled" in kind or "vbaProject" in kind for kind in kinds.values()):
        raise refused("The Word file carries macros, which are never run here")
    for relation in relations(package, "").values():
        if relation.kind == "officeDocument" and not relation.external:
            kind = kinds.get(relation.target.lower(), kinds.get("xml", ""))
            if "wordprocessingml" not in kind:
                raise refused(f"This is not a Word document but another kind: {kind[:120]}")
            return relation.target
    raise refused("This is a package without a document")


def _content_types(package: Package) -> dict[str, str]:
    """Return kinds of content by part name, and by file ending for the rest."""
    kinds = {}
    for one in package.tree("[Content_Types].xml"):
        key = one.get("PartName", "").lstrip("/") or one.get("Extension", "")
        kinds[key.lower()] = one.get("ContentType", "")
    return kinds
