"""How the changes of other codes are named: the code's abbreviation, then its own reference."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from engross.core.codes.codes import Code, folded


@dataclass(frozen=True)
class IndustryCode:
    """A code as far as its changes' names go; `pattern` is empty where no form is known.

    A group of the pattern called `lasting` is what stays of a reference for good: I0308 of the
    REC goes on as R0308.
    """

    key: str
    name: str
    abbreviation: str
    words: tuple[str, ...]
    pattern: str = ""
    example: str = ""
    is_own: bool = False


@dataclass(frozen=True)
class ChangeName:
    """The name of a change, read: its code, its reference as printed, and its lasting key."""

    code: IndustryCode
    reference: str
    key: str
    is_known_form: bool

    def __str__(self) -> str:
        return f"{self.code.abbreviation} {self.reference}"


def industry_codes(code: Code) -> tuple[IndustryCode, ...]:
    """Return this code and the others that its data names."""
    return tuple(
        IndustryCode(
            key=option.key,
            name=option.name,
            abbreviation=option.text("abbreviation"),
            words=(option.key, option.name, option.text("abbreviation"), *option.aliases),
            pattern=option.text("pattern"),
            example=option.text("example"),
            is_own=option.flag("is_own"),
        )
        for option in code.options("industry_codes")
    )


def code_called(text: str, codes: Iterable[IndustryCode]) -> IndustryCode | None:
    """Return the code that `text` calls by key, name, abbreviation or alias; None if none."""
    wanted = folded(text)
    return next((each for each in codes if wanted in map(folded, each.words)), None)


def change_name(code: IndustryCode, reference: str) -> ChangeName:
    """Return the name of a code's change; a reference of no known form is taken as written.

    Blanks and letter case do not tell two references apart.
    """
    printed = " ".join(reference.split())
    plain = printed.replace(" ", "").upper()
    found = _compiled(code.pattern).fullmatch(plain) if code.pattern else None
    lasting = (found.groupdict().get("lasting") if found else "") or plain
    # Spaces belong to some forms, as in 'DTC CP 3405': they are kept as printed.
    return ChangeName(code, printed.upper() if found else printed, f"{code.key}/{lasting}",
                      is_known_form=found is not None)  # fmt: skip


def read_change(text: str, codes: Iterable[IndustryCode]) -> ChangeName | None:
    """Return the change that a text such as 'REC R0216' names; None if it names none.

    Of two abbreviations with which it begins, the longer one counts.
    """
    written = " ".join(text.split())
    named = [
        (word, each)
        for each in codes
        for word in (each.abbreviation, each.key)
        if written.casefold().startswith(f"{word.casefold()} ")
        or written.casefold().startswith(f"{word.casefold()}/")
    ]
    if not named:
        return None
    word, code = max(named, key=lambda each: len(each[0]))
    reference = written[len(word) + 1 :].strip()
    return change_name(code, reference) if reference else None


def codes_named(text: str, codes: Iterable[IndustryCode]) -> tuple[IndustryCode, ...]:
    """Return the codes that a cell names between commas, semicolons, slashes or the word 'and'."""
    listed = tuple(codes)
    pieces = re.split(r"[,;/\n]|\band\b", text)
    found = [code_called(piece, listed) for piece in pieces if piece.strip()]
    return tuple(dict.fromkeys(each for each in found if each))


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
