"""A code's colours: which keys a theme may have, whether they can be read, and their stylesheet.

A `[theme]` of `codes/<code>/code.toml` may set `accent`, `accent_dark` (the accent on a dark page),
`ink` and `paper` (both for the light page). All are `#rrggbb`, all are optional.
"""

import colorsys
import re
from collections.abc import Mapping
from dataclasses import dataclass

# The same as in engross.css: what a theme's colours are measured against.
PAPER = "#fcfcfa"
PAPER_DARK = "#11171c"
INK = "#16202a"
ON_ACCENT_LIGHT = "#ffffff"
ON_ACCENT_DARK = "#0c1216"

LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3, text of ordinary size
KEYS = ("accent", "accent_dark", "ink", "paper")
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
    paper = theme.get("paper", PAPER)
    pairs = (
        ("ink", theme.get("ink", INK), paper, "darker"),
        ("accent", theme.get("accent"), paper, "darker"),
        ("accent_dark", theme.get("accent_dark"), PAPER_DARK, "lighter"),
    )
    return [
        ThemeProblem(
            key,
            f"{colour} on {ground} has a contrast of {contrast(colour, ground):.1f}, "
            f"and text needs {LEAST_CONTRAST}",
            f"Choose a {direction} colour",
        )
        for key, colour, ground, direction in pairs
        if colour and contrast(colour, ground) < LEAST_CONTRAST
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
    if accent := theme.get("accent"):
        dark = theme.get("accent_dark") or lightened(accent, until=7, against=PAPER_DARK)
        tokens["accent"] = f"light-dark({accent}, {dark})"
        tokens["on-accent"] = f"light-dark({_upon(accent)}, {_upon(dark)})"
    if ink := theme.get("ink"):
        tokens["ink"] = f"light-dark({ink}, #e6e9ea)"
    if paper := theme.get("paper"):
        tokens["paper"] = f"light-dark({paper}, {PAPER_DARK})"
    rules = "".join(f"    --{name}: {value};\n" for name, value in tokens.items())
    return f"@layer theme {{\n  :root {{\n{rules}  }}\n}}\n"


def _upon(ground: str) -> str:
    return max((ON_ACCENT_LIGHT, ON_ACCENT_DARK), key=lambda text: contrast(text, ground))
