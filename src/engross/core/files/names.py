"""A file's name as it may be kept and sent: no folder, nothing invisible, one ending."""

import re
import unicodedata

LONGEST_NAME = 120
_UNNAMED = "file"
# Windows takes these for devices, with any ending.
_DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{each}{n}" for each in ("com", "lpt") for n in "123456789"),
}
# Not in a file's name on one system or another.
_FORBIDDEN = re.compile(r'[<>:"|?*;%]+')


def clean_name(told: str) -> str:
    """Return a name without folders, invisible or forbidden characters, and with one ending.

    What stood between two dots is no ending: 'report.pdf.exe' ends in '.exe', and 'a.html.png'
    becomes 'a-html.png'. The name is never empty and at most 120 characters long.
    """
    last = re.split(r"[/\\\\]", told.replace("\x00", ""))[-1]
    seen = "".join(each for each in unicodedata.normalize("NFC", last) if _is_visible(each))
    stem, dot, ending = seen.strip(" .").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    stem = re.sub(r"[\s.]+", lambda found: "-" if "." in found[0] else " ", stem)
    stem = _FORBIDDEN.sub("-", stem).strip(" .-") or _UNNAMED
    ending = re.sub(r"[^a-z0-9]", "", ending.casefold())[:10]
    if stem.casefold() in _DEVICES:
        stem = f"{stem}-{_UNNAMED}"
    return f"{stem[: LONGEST_NAME - 11].rstrip()}.{ending}" if ending else stem[:LONGEST_NAME]


def _is_visible(each: str) -> bool:
    """Say whether a character shows: no control, no mark of direction, nothing unassigned."""
    return each == " " or unicodedata.category(each)[0] not in "CZ"
