"""Who reads, what is marked how, and whether the one may read the other."""

from dataclasses import dataclass

from engross.core.access.reach import Reach


@dataclass(frozen=True)
class Reader:
    """A person or a program that reads, by what the rule asks of them.

    `parties` and `bodies` hold keys: of the Parties whose user this is, and of the bodies whose
    member this is today; `administers` the Parties whose people this one manages. `is_staff` is
    a member of the administrator's staff; what reaches a circle or the persons named asks of
    staff that they signed in with a second factor. `reaches` is how far the reader is let: a
    program with a token may be let less far than its person.
    """

    person: int | None = None
    is_staff: bool = False
    has_second_factor: bool = False
    is_authority: bool = False
    parties: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    administers: frozenset[str] = frozenset()
    reaches: frozenset[Reach] = frozenset(Reach)

    @property
    def is_within(self) -> bool:
        """Say whether this is somebody of the code's own community, not the public."""
        return self.is_staff or self.is_authority or bool(self.parties or self.bodies)

    @property
    def handles_all(self) -> bool:
        """Say whether this is staff who may handle whatever there is."""
        return self.is_staff and self.has_second_factor and self.reaches == frozenset(Reach)


ANYONE = Reader()
# Whoever runs a command on the machine itself holds the whole database.
SYSTEM = Reader(is_staff=True, has_second_factor=True)


@dataclass(frozen=True)
class Marking:
    """What the rule asks of a thing: how far its class reaches, and whose circle that is.

    `parties` are the keys of the Parties whose own it is, `body` the key of the body that it was
    written for, `people` the persons named.
    """

    reach: Reach = Reach.ANYONE
    parties: frozenset[str] = frozenset()
    body: str = ""
    people: frozenset[int] = frozenset()


def may_read(reader: Reader, marking: Marking) -> bool:
    """Say whether a reader may read what is marked so; what no line allows is denied."""
    if marking.reach is Reach.ANYONE or reader.handles_all:
        return True
    if marking.reach not in reader.reaches:
        return False
    if reader.person is not None and reader.person in marking.people:
        return True
    if marking.reach is Reach.PARTIES:
        return reader.is_within
    if marking.reach is Reach.CIRCLE:
        return bool(
            reader.parties & marking.parties
            or (marking.body and marking.body in reader.bodies)
            or (reader.is_authority and not marking.parties)
        )
    return False
