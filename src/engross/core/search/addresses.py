"""Which clauses a person may mean who types an address, in whatever letters."""

import re

from engross.core.legaltext.numbers.addresses import FAMILIES, Address, parse_address

_FAMILY = re.compile(rf"(?i)\s*({'|'.join(FAMILIES)})\s+([A-Za-z0-9]{{1,4}})\b[\s,:]*(.*)")
_SECTION = re.compile(r"(?i)([A-Z]{1,2})(\d.*)")
_LEADING = re.compile(r"(?i)^\s*(?:SEC\s+)?(?:clause|paragraph|para|section)\s+(?=[A-Z]{1,2}\d)")
_LONGEST = 80


def possible_addresses(text: str) -> tuple[Address, ...]:
    """Return the addresses that a text may be, the likeliest first; none where it looks like none.

    'd7.2 (a)', 'Section D7.2(a)', 'clause D7.2(a)' and 'appendix l 5.1' are all addresses.
    """
    text = _LEADING.sub("", " ".join(text.split()))
    if not text or len(text) > _LONGEST:
        return ()
    if family := _FAMILY.fullmatch(text):
        return _in_family(*family.groups())
    if section := _SECTION.fullmatch(text):
        number = section[1].upper() + section[2].replace(" ", "")
        return (parse_address(number),)
    return ()


def _in_family(family: str, label: str, number: str) -> tuple[Address, ...]:
    """Return what a number under a named document may be: with the Section's letter, or bare."""
    name, number = f"{family.capitalize()} {label.upper()}", number.replace(" ", "")
    if not number:
        # 'Section D7' names a clause, 'Section D' a document.
        return (parse_address(name),) if family.lower() == "section" else (Address(name),)
    if family.lower() == "section" and number[:1].isdecimal():
        return Address(name, label.upper() + number), Address(name, number)
    if glued := re.fullmatch(r"\.(\S+)", number):
        return (parse_address(f"{name}.{glued[1]}"),)
    return (Address(name, number),)
