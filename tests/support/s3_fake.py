"""A small server that speaks the parts of S3 that a file store uses: one bucket, path style.

It holds objects in memory and gives few names a page. A request must be signed, though with
what is not looked at; what it does not know, it refuses.
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.sax.saxutils import escape

BUCKET = "papers"
KEY, SECRET = "KEY", "a/secret"
NAMES_ON_A_PAGE = 2
# What may be asked of a list or an object, beside its name.
KNOWN = {"delimiter", "encoding-type", "list-type", "marker", "max-keys", "prefix", "x-id",
         "continuation-token", "start-after"}  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """An object of the bucket."""

    content: bytes
    content_type: str
    kept_at: datetime

    @property
    def etag(self) -> str:
        """The mark that S3 gives to what was sent in one piece."""
        return f'"{hashlib.md5(self.content, usedforsecurity=False).hexdigest()}"'

    @property
    def head(self) -> dict[str, str]:
        """What is told of it before its content."""
        moment = format_datetime(self.kept_at, usegmt=True)
        return {"ETag": self.etag, "Content-Type": self.content_type, "Last-Modified": moment,
                "Accept-Ranges": "bytes"}  # fmt: skip


@dataclass
class Answer:
    """What is sent back."""

    status: int
    head: dict[str, str] = field(default_factory=dict)
    content: bytes = b""


class FakeS3:
    """The bucket's objects by name."""

    def __init__(self) -> None:
        self.objects: dict[str, Kept] = {}
        self.is_broken = False

    def answer(self, method: str, address: str, head: Any, content: bytes) -> Answer:
        """Answer a request."""
        parts = urlsplit(address)
        bucket, _, name = unquote(parts.path).lstrip("/").partition("/")
        asked = dict(parse_qsl(parts.query, keep_blank_values=True))
        return (
            self._refused(bucket, asked, head.get("Authorization", ""))
            or (self._answer_of_object(method, name, head, content) if name else None)
            or (self._list(asked) if method == "GET" else Answer(200))
        )

    def _refused(self, bucket: str, asked: dict[str, str], signature: str) -> Answer | None:
        if self.is_broken:
            return refusal(503, "SlowDown")
        if f"Credential={KEY}/" not in signature:
            return refusal(403, "AccessDenied")
        if bucket != BUCKET:
            return refusal(404, "NoSuchBucket")
        if unknown := asked.keys() - KNOWN:
            return refusal(501, f"NotImplemented {sorted(unknown)}")
        return None

    def _answer_of_object(self, method: str, name: str, head: Any, content: bytes) -> Answer:
        if method == "PUT":
            kind = head.get("Content-Type", "binary/octet-stream")
            self.objects[name] = Kept(content, kind, datetime.now(UTC))
            return Answer(200, {"ETag": self.objects[name].etag})
        if method == "DELETE":
            self.objects.pop(name, None)
            return Answer(204)
        kept = self.objects.get(name)
        return _sent(kept, head.get("Range", "")) if kept else refusal(404, "NoSuchKey")

    def _list(self, asked: dict[str, str]) -> Answer:
        """Answer with a page of names, and with the folders among them if a delimiter is told."""
        prefix, delimiter = asked.get("prefix", ""), asked.get("delimiter", "")
        places = sorted({_place(name, prefix, delimiter)
                         for name in self.objects if name.startswith(prefix)})  # fmt: skip
        last = asked.get("marker") or asked.get("continuation-token") or ""
        rest = [each for each in places if each > last]
        page, is_cut = rest[:NAMES_ON_A_PAGE], len(rest) > NAMES_ON_A_PAGE
        token = "NextContinuationToken" if asked.get("list-type") == "2" else "NextMarker"
        told = "".join(map(self._listed, page))
        told += f"<IsTruncated>{str(is_cut).lower()}</IsTruncated>"
        told += f"<{token}>{escape(page[-1])}</{token}>" if is_cut else ""
        return _xml(200, f"<ListBucketResult><Name>{BUCKET}</Name>{told}</ListBucketResult>")

    def _listed(self, place: str) -> str:
        kept = self.objects.get(place)
        if kept is None:
            return f"<CommonPrefixes><Prefix>{escape(place)}</Prefix></CommonPrefixes>"
        return (
            f"<Contents><Key>{escape(place)}</Key><Size>{len(kept.content)}</Size>"
            f"<LastModified>{kept.kept_at:%Y-%m-%dT%H:%M:%S.000Z}</LastModified></Contents>"
        )


def _place(name: str, prefix: str, delimiter: str) -> str:
    """Return the name, or the folder under a prefix that holds it."""
    first, found, _ = name[len(prefix) :].partition(delimiter) if delimiter else (name, "", "")
    return f"{prefix}{first}{delimiter}" if found else name


def _sent(kept: Kept, wanted: str) -> Answer:
    """Return an object, or the bytes of it that a header names."""
    if not wanted.startswith("bytes="):
        return Answer(200, kept.head, kept.content)
    first, _, last = wanted.removeprefix("bytes=").partition("-")
    size = len(kept.content)
    content = kept.content[int(first) : int(last or size) + 1]
    told = {"Content-Range": f"bytes {first}-{int(first) + len(content) - 1}/{size}"}
    return Answer(206, {**kept.head, **told}, content)


def refusal(status: int, code: str) -> Answer:
    """Return a refusal in S3's words."""
    return _xml(status, f"<Error><Code>{escape(code)}</Code></Error>")


def _xml(status: int, told: str) -> Answer:
    head = {"Content-Type": "application/xml"}
    return Answer(status, head, f'<?xml version="1.0" encoding="UTF-8"?>{told}'.encode())


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, fake: FakeS3, *args: Any) -> None:
        self.fake = fake
        super().__init__(*args)

    def _answer(self) -> None:
        told = self.fake.answer(self.command, self.path, self.headers, self._content())
        self.send_response(told.status)
        for name, value in told.head.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(told.content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(told.content)

    def _content(self) -> bytes:
        """Return what was sent; a stream comes in pieces, each after its length."""
        if "aws-chunked" not in self.headers.get("Content-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        found = b""
        while length := int(self.rfile.readline().partition(b";")[0], 16):
            found += self.rfile.read(length)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass  # the checksum after the last piece
        return found

    do_GET = do_PUT = do_DELETE = do_HEAD = _answer  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def fake_s3() -> Iterator[tuple[FakeS3, str]]:
    """Serve a fake, and give it with the STORAGE_URL of its bucket."""
    fake = FakeS3()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, fake))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    host = f"127.0.0.1:{server.server_address[1]}"
    secret = SECRET.replace("/", "%2F")
    try:
        yield fake, f"s3://{KEY}:{secret}@{host}/{BUCKET}?region=eu-west-2&insecure=yes"
    finally:
        server.shutdown()
        server.server_close()
