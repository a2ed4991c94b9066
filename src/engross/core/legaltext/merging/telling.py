"""A conflict as lines for a person: where, what the base says, and what each side wants."""

from collections.abc import Iterable

from msgspec import UNSET

from engross.core.legaltext.merging.results import Act, Conflict, ConflictKind, Side, Token

KEPT_SHOWN = 40  # of a kept run, on each side of a change
TEXT_SHOWN = 200
MOST_ACTS = 6

KINDS: dict[ConflictKind, str] = {
    "text": "different words for one place",
    "heading": "different headings",
    "table": "different rows or cells for one place of a table",
    "marks": "different marks over the same words",
    "cut": "a text is parted or joined, and changed across the seam",
    "number": "different numbers for one provision",
    "edit-deletion": "taken away by one, changed by another",
    "under-deleted": "taken away by one, added to by another",
    "destinations": "moved to different places",
    "cycle": "moved under one another",
    "inserted-number": "different provisions added under one number",
    "same-number": "two provisions would bear one number",
    "document": "different things done to one document",
    "base": "drafted on a text that has changed since",
}


def told(conflict: Conflict) -> list[str]:
    """Return the lines that tell a conflict; words taken out in [-...-], put in in {+...+}."""
    lines = [f"{conflict.address}: {KINDS[conflict.kind]} ({conflict.id})"]
    if conflict.base is not None:
        lines.append(f"  the base: {_short(conflict.base)}")
    for count, side in enumerate(conflict.sides, start=1):
        names = " and ".join(side.change_sets) or "the base"
        lines.append(f"  {count}. {names}")
        lines += [f"     {line}" for line in _side(side, conflict)]
    return lines


def _side(side: Side, conflict: Conflict) -> Iterable[str]:
    """Yield what a side does; what several sets do alike stands once."""
    acts = list(dict.fromkeys(_act(act, conflict) for act in side.acts))
    yield from acts[:MOST_ACTS]
    if len(acts) > MOST_ACTS:
        yield f"and {len(acts) - MOST_ACTS} more"
    if side.provision is not UNSET:
        heading = f"{side.provision.heading}: " if side.provision.heading else ""
        yield f"{side.provision.number} {heading}{_short(side.provision.text)}"
    if not acts and isinstance(side.text, str):
        yield _short(side.text)


def _act(act: Act, conflict: Conflict) -> str:
    where = "" if act.address == conflict.address else f"{act.address}: "
    marked = f": {marked_text(act.tokens)}" if act.tokens else ""
    return f"{where}{act.does}{marked}"


def marked_text(tokens: Iterable[Token]) -> str:
    """Return a text with its changes marked; long runs between them are shortened."""
    parts = list(tokens)
    found = []
    for at, (kind, words) in enumerate(parts):
        if kind == "-":
            found.append(f"[-{words}-]")
        elif kind == "+":
            found.append(f"{{+{words}+}}")
        else:
            found.append(_kept(words, first=at == 0, last=at == len(parts) - 1))
    return "".join(found)


def _kept(words: str, *, first: bool, last: bool) -> str:
    if len(words) <= 2 * KEPT_SHOWN:
        return words
    begin = "" if first else words[:KEPT_SHOWN]
    end = "" if last else words[-KEPT_SHOWN:]
    return f"{begin}…{end}"


def _short(text: str) -> str:
    return text if len(text) <= TEXT_SHOWN else text[: TEXT_SHOWN - 1] + "…"
