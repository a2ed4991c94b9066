"""How a proposal is named: the number stays, the prefix shows the stage."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class IdentifierForm:
    """A form that a code gives to proposals' names, such as MP and three digits.

    `digits` is the least number of digits printed; 0 for a name without a number.
    A legacy form is kept for good, whatever the stage.
    """

    key: str
    prefix: str
    digits: int
    pattern: str
    is_legacy: bool


@dataclass(frozen=True)
class Identifier:
    """A proposal's name, read: its lasting key, and the legacy form it keeps, if any."""

    key: str
    number: int | None
    suffix: str
    legacy_form: str


def read_identifier(text: str, forms: Iterable[IdentifierForm]) -> Identifier | None:
    """Return what `text` names, in whichever form it is written; None if in none of them.

    DP152, MP152 and mp152 have one key, 0152. A legacy name is its own key for good.
    """
    written = text.strip().upper().replace(" ", "")
    for form in forms:
        if not _compiled(form.pattern).fullmatch(written):
            continue
        legacy = form.key if form.is_legacy else ""
        tail = written.removeprefix(form.prefix.upper())
        match = re.fullmatch(r"-?(\d{1,6})([A-Z]?)", tail)
        if form.digits and match:
            number, suffix = int(match[1]), match[2]
            key = written if legacy else f"{number:04d}{suffix}"
            return Identifier(key, number, suffix, legacy)
        return Identifier(written, None, "", legacy)
    return None


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def printed_identifier(
    *, number: int | None, suffix: str, key: str, form: IdentifierForm | None
) -> str:
    """Return a proposal's name in a form; a proposal without a number is printed by its key."""
    if number is None or form is None:
        return key
    return f"{form.prefix}{number:0{form.digits}d}{suffix}"
