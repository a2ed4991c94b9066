"""Who of the people that rules name is told: each once, and nobody beyond the class of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from engross.core.access import ANYONE, Marking, Reach, Reader, may_read


@dataclass(frozen=True)
class Candidate:
    """Somebody whom a rule names: who they are, what for, and what stands against telling them.

    `to` is what a mail is addressed to. `person` is their number; None for an address without an
    account, which gets what anyone may read and nothing else.
    """

    to: Any
    address: str
    why: str
    person: int | None = None
    is_open: bool = True
    is_program: bool = False


@dataclass(frozen=True)
class Recipient:
    """Who gets a mail and as what; `left_out` says why they do not, if they do not."""

    to: Any = field(compare=False)
    address: str
    why: str
    left_out: str = ""


def told_and_left_out(
    candidates: Iterable[Candidate], *, marking: Marking, readers: dict[int, Reader],
    opted_out: Collection[int] = (), without: Collection[str] = (),
) -> tuple[list[Recipient], list[Recipient]]:  # fmt: skip
    """Return who is told, each once and by the first rule that names them, and who is left out.

    `readers` holds who each person is to the rule about classes; whoever is missing there is
    anyone. `without` are the addresses of who is not to be told, such as who has done it.
    """
    told: dict[str, Recipient] = {}
    left_out: dict[str, Recipient] = {}
    skipped = {each.casefold() for each in without}
    for each in candidates:
        address = each.address.casefold()
        if address in told or address in left_out:
            continue
        why_not = _why_not(each, marking, readers, opted_out, skipped)
        (left_out if why_not else told)[address] = Recipient(
            each.to, each.address, each.why, why_not
        )
    return list(told.values()), list(left_out.values())


def _why_not(
    each: Candidate, marking: Marking, readers: dict[int, Reader],
    opted_out: Collection[int], skipped: Collection[str],
) -> str:  # fmt: skip
    if each.address.casefold() in skipped:
        return "need not be told"
    if not each.is_open:
        return "the account is closed"
    if each.is_program:
        return "the account is a program's"
    if each.person in opted_out:
        return "wants no mail of this kind"
    reader = ANYONE if each.person is None else readers.get(each.person, ANYONE)
    if marking.reach is not Reach.ANYONE and not may_read(reader, marking):
        return "may not read it, by its class"
    return ""
