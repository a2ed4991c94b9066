"""A code's colours: which a theme sets, whether they can be read, and their stylesheet.

The `[theme]` of `codes/<code>/code.toml` sets, as `#rrggbb`: `brand` (the rule under the head, the
mark), `brand_text` (words upon the brand), `accent` (the caret of the mark, the line under the
current place) and `link` (links, buttons, focus). What a dark page wears is worked out from them.
"""

import colorsys
import re
from collections.abc import Mapping
from dataclasses import dataclass

# The same as in engross.css: what a theme's colours are measured against.
PAPER = "#fcfcfa"
PAPER_DARK = "#11171c"
WHITE = "#ffffff"
BLACK = "#0c1216"

TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3, text of ordinary size
SIGN_CONTRAST = 3.0  # WCAG 2.2, 1.4.11, signs that are no text
KEYS = ("brand", "brand_text", "accent", "link")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class ThemeProblem:
    """A colour of a theme that cannot be used, and what to do about it."""

    key: str
    what: str
    remedy: str


def luminance(colour: str) -> float:
    """Return the luminance of `#rrggbb` from 0 (black) to 1 (white), as WCAG defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours `#rrggbb`, from 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def problems_with(theme: Mapping[str, str]) -> list[ThemeProblem]:
    """Return what is wrong with a theme's colours; none if it can be used."""
    unreadable = [
        ThemeProblem(key, f"'{theme[key]}' is not a colour", "Write it as #rrggbb")
        for key in KEYS
        if key in theme and not _HEX.fullmatch(theme[key])
    ]
    return unreadable or _faint(theme)


def _faint(theme: Mapping[str, str]) -> list[ThemeProblem]:
    brand = theme.get("brand", WHITE)
    pairs = (
        ("brand", PAPER, SIGN_CONTRAST, "Choose a darker colour"),
        ("brand_text", brand, TEXT_CONTRAST, "Choose a colour further from the brand"),
        ("accent", PAPER, SIGN_CONTRAST, "Choose a darker colour"),
        ("link", PAPER, TEXT_CONTRAST, "Choose a darker colour"),
    )
    return [
        ThemeProblem(
            key,
            f"{theme[key]} on {ground} has a contrast of {contrast(theme[key], ground):.1f} "
            f"and needs {least}",
            remedy,
        )
        for key, ground, least, remedy in pairs
        if key in theme and contrast(theme[key], ground) < least
    ]


def lightened(colour: str, *, until: float, against: str) -> str:
    """Return `colour` made lighter, hue kept, until its contrast with `against` reaches `until`."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    hue, lightness, saturation = colorsys.rgb_to_hls(*channels)
    for step in range(21):
        lighter = lightness + (1 - lightness) * step / 20
        mixed = colorsys.hls_to_rgb(hue, lighter, saturation * 0.8)
        made = "#" + "".join(f"{round(each * 255):02x}" for each in mixed)
        if contrast(made, against) >= until:
            return made
    return "#ffffff"


def stylesheet(theme: Mapping[str, str]) -> str:
    """Return the stylesheet that sets a code's colours; empty rules where the theme sets none.

    A theme with problems sets nothing, so that pages stay readable; the check at start tells.
    """
    if problems_with(theme):
        return "@layer theme {}\n"
    tokens: dict[str, str] = {}
    for key, least in (("brand", TEXT_CONTRAST), ("accent", TEXT_CONTRAST), ("link", 7)):
        if colour := theme.get(key):
            dark = lightened(colour, until=least, against=PAPER_DARK)
            tokens[key] = f"light-dark({colour}, {dark})"
            if key == "link":
                tokens["on-link"] = f"light-dark({_upon(colour)}, {_upon(dark)})"
            if key == "brand":
                tokens["bar"], tokens["on-bar"] = colour, theme.get("brand_text", _upon(colour))
    rules = "".join(f"    --{name}: {value};\n" for name, value in tokens.items())
    return f"@layer theme {{\n  :root {{\n{rules}  }}\n}}\n"


def _upon(ground: str) -> str:
    return max((WHITE, BLACK), key=lambda text: contrast(text, ground))
