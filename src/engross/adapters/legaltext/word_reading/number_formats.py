"""How Word writes a count: 4 as 'iv', 'D', '04', 'fourth'."""

from collections.abc import Callable
from typing import Final

_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ONES: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS: Final = (
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_ODD_ORDINALS: Final = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
_FOOTNOTE_SIGNS: Final = "*†‡§"
_LARGEST = 32_767
_ARABIC: Final = {
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
}
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def roman(count: int) -> str:
    """Return a count in small Roman numerals: 4 is 'iv'."""
    written = ""
    for size, sign in _ROMAN:
        written += sign * (count // size)
        count %= size
    return written


def letters(count: int) -> str:
    """Return a count in small letters as Word does: 1 is 'a', 27 is 'aa', 28 is 'bb'."""
    times, letter = divmod(count - 1, 26)
    return chr(ord("a") + letter) * (times + 1)


def ordinal(count: int) -> str:
    """Return a count as an ordinal in figures: 22 is '22nd'."""
    if count % 100 in (11, 12, 13):
        return f"{count}th"
    return f"{count}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th') }"


def words(count: int) -> str:
    """Return a count in words: 342 is 'three hundred forty-two'."""
    for size, name in ((1000, "thousand"), (100, "hundred")):
        if count >= size:
            head, rest = divmod(count, size)
            tail = f" {words(rest)}" if rest else ""
            return f"{words(head)} {name}{tail}"
    if count < 20:
        return _ONES[count]
    tens, ones = divmod(count, 10)
    return f"{_TENS[tens]}-{_ONES[ones]}" if ones else _TENS[tens]


def ordinal_words(count: int) -> str:
    """Return a count as an ordinal in words: 21 is 'twenty-first'."""
    written = words(count)
    head, mark, last = written.rpartition("-")
    if not mark:
        head, mark, last = written.rpartition(" ")
    ending = f"{last[:-1]}ie" if last.endswith("y") else last
    return f"{head}{mark}{_ODD_ORDINALS.get(last, f'{ending}th')}"


def _arabic(count: int, name: str) -> str:
    times, letter = divmod(count - 1, len(_ARABIC[name]))
    return _ARABIC[name][letter] * (times + 1)


def _circled(count: int) -> str:
    return _CIRCLED[count - 1] if count <= len(_CIRCLED) else str(count)


def _signs(count: int) -> str:
    times, sign = divmod(count - 1, len(_FOOTNOTE_SIGNS))
    return _FOOTNOTE_SIGNS[sign] * (times + 1)


_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02}",
    "lowerRoman": roman,
    "upperRoman": lambda count: roman(count).upper(),
    "lowerLetter": letters,
    "upperLetter": lambda count: letters(count).upper(),
    "ordinal": ordinal,
    "cardinalText": lambda count: words(count).capitalize(),
    "ordinalText": lambda count: ordinal_words(count).capitalize(),
    "hex": lambda count: f"{count:X}",
    "chicago": _signs,
    "numberInDash": lambda count: f"- {count} -",
    "decimalEnclosedCircle": _circled,
    "decimalFullWidth": lambda count: "".join(chr(ord(digit) + 0xFEE0) for digit in str(count)),
    "hindiNumbers": lambda count: "".join(chr(ord(digit) + 0x936) for digit in str(count)),
    "arabicDash": lambda count: f"- {count} -",
    "arabicAlpha": lambda count: _arabic(count, "arabicAlpha"),
    "arabicAbjad": lambda count: _arabic(count, "arabicAbjad"),
    "none": lambda count: "",
    "bullet": lambda count: "",
}


def is_known(name: str) -> bool:
    """Tell whether a format is one that is written here, or a pattern of zeros."""
    return name in _FORMATS or _padding(name) > 0


def formatted(count: int, name: str) -> str:
    """Return a count in one of Word's number formats; in figures where the format is not known.

    A pattern such as '001, 002, 003, ...' is a format too. Units: counts that Word cannot hold
    in letters or words (below 1, above 32,767) are written in figures.
    """
    if name in ("none", "bullet"):
        return ""
    if width := _padding(name):
        return f"{count:0{width}}"
    if not 1 <= count <= _LARGEST:
        return str(count)
    return _FORMATS.get(name, str)(count)


def _padding(name: str) -> int:
    """Return how many digits the pattern '001, 002, …' asks for; 0 for any other format."""
    first = name.partition(",")[0].strip()
    is_pattern = len(first) < 12 and first.isascii() and first.isdigit() and first[0] == "0"
    return len(first) if is_pattern else 0
