"""Keeping what was worked out of a text, under the hashes of all that it was worked out of.

`Kept` is what this process keeps at hand; `shared` are files that all processes share, so that a
process that was just started need not work out again what another one did.
"""

import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import sha256
from threading import Lock
from typing import Any, Generic, TypeVar

import msgspec
from django.core.cache import caches

Name = TypeVar("Name", bound=Hashable)
Thing = TypeVar("Thing")

KEPT_SECONDS = 30 * 24 * 60 * 60


class Kept(Generic[Name, Thing]):
    """The things that were asked for last, by name; the one that waited longest goes first.

    A name holds the hash of what the thing is made of, so nothing that is kept grows old.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[Name, Thing] = OrderedDict()
        self._lock = Lock()
        self._making: dict[Name, Lock] = {}

    def made(self, name: Name, make: Callable[[], Thing]) -> Thing:
        """Return the thing of a name; made if it is not kept, by one of those who ask at once.

        The others wait for it: what is dear to make would be dearer made several times.
        """
        found = self.get(name)
        if found is not None:
            return found
        with self._lock:
            making = self._making.setdefault(name, Lock())
        try:
            with making:
                found = self.get(name)
                return self.put(name, make()) if found is None else found
        finally:
            with self._lock:
                self._making.pop(name, None)

    def get(self, name: Name) -> Thing | None:
        """Return the thing of a name; None if it is not kept."""
        with self._lock:
            if name not in self._things:
                return None
            self._things.move_to_end(name)
            return self._things[name]

    def forget(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._things.clear()

    def put(self, name: Name, thing: Thing) -> Thing:
        """Keep a thing under a name, and return it."""
        with self._lock:
            self._things[name] = thing
            self._things.move_to_end(name)
            if len(self._things) > self._most:
                self._things.popitem(last=False)
            return thing


def shared(name: str, kind: Any, make: Callable[[], Thing]) -> Thing:
    """Return what the files that all processes share keep under a name; made if need be.

    `kind` is its type, by which it is written and read. What cannot be read any more, such as what
    another release wrote, is made anew.
    """
    files = caches["read"]
    packed = files.get(name)
    if packed is not None:
        try:
            found: Thing = msgspec.msgpack.decode(zlib.decompress(packed), type=kind)
        except (msgspec.DecodeError, zlib.error):
            pass
        else:
            return found
    made = make()
    # Pressed once and lightly: it is made while somebody waits.
    files.set(name, zlib.compress(msgspec.msgpack.encode(made), 1), KEPT_SECONDS)
    return made


def named(told: str) -> str:
    """Return the name under which something is kept that depends on what is told."""
    return f"reading-{sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:40]}"
