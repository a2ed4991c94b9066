"""Keeping what was worked out of a text, under the hashes of all that it was worked out of."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)
Thing = TypeVar("Thing")


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
