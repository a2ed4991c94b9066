"""Characters of the old symbol fonts, as Unicode has them.

Word writes a sign of such a font as its place in it: F061 of 'Symbol' is a small alpha.
"""

from typing import Final

_SYMBOL_FONT: Final = (
    (0x21, "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    (0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    (0xA1, "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
    (0xC0, "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊"),
    (0xE5, "∑"), (0xF2, "∫"),
)  # fmt: skip
_WINGDINGS: Final = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA7: "▪",
    0xA8: "□", 0xD8: "➢", 0xE0: "→", 0xDF: "←", 0xE8: "➔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑", 0x4A: "☺", 0x22: "✂", 0x28: "☎", 0x2A: "✉",
}  # fmt: skip
_SYMBOL: Final = {
    start + offset: sign for start, signs in _SYMBOL_FONT for offset, sign in enumerate(signs)
}


def sign(font: str, code: str) -> tuple[str, bool]:
    """Return a sign of a font by its code in hex, and whether it is known what it shows.

    An unknown one keeps its private code point, so that nothing is lost; a code that is none
    gives the replacement character.
    """
    try:
        point = int(code, 16)
    except ValueError:
        return "\ufffd", False
    name = font.lower()
    table = _SYMBOL if name == "symbol" else _WINGDINGS if name == "wingdings" else {}
    found = table.get(point - 0xF000 if 0xF000 <= point <= 0xF0FF else point)
    if found is not None:
        return found, True
    if not 0x20 <= point <= 0x10FFFF or 0xD800 <= point <= 0xDFFF:
        return "\ufffd", False
    return chr(point), not 0xE000 <= point <= 0xF8FF
