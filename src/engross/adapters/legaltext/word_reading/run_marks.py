"""The marks of a run, before and after: strong, emphasis, raised, lowered."""

from typing import TYPE_CHECKING, Final, NamedTuple

from lxml.etree import _Element as Element

from engross.adapters.legaltext.word_reading.names import child, is_on, short, value
from engross.adapters.legaltext.word_reading.reading import Reading
from engross.adapters.legaltext.word_reading.revisions import REVISIONS, revision
from engross.adapters.legaltext.word_reading.styles import ORDER, marks_of
from engross.core.legaltext.provisions import InlineKind
from engross.core.legaltext.tracked import OWN_STYLES, PropertyChange, Side

if TYPE_CHECKING:
    from engross.adapters.legaltext.word_reading.runs import Runs

Marks = tuple[InlineKind, ...]


class RunMarks(NamedTuple):
    """The marks that a run has now, and had before its look was changed; so our own styles."""

    after: Marks = ()
    before: Marks = ()
    style: str = ""
    style_before: str = ""


PLAIN: Final = RunMarks()
_OURS: Final = frozenset(("w:b", "w:i", "w:vertAlign", "w:rStyle"))
_TOLD: Final = {
    "w:vanish": "hidden text",
    "w:strike": "text struck through by hand, which is no tracked deletion",
    "w:dstrike": "text struck through by hand, which is no tracked deletion",
}
_LOOKS = (
    "rFonts bCs iCs caps smallCaps outline shadow emboss imprint noProof snapToGrid webHidden "
    "color spacing w kern position sz szCs highlight u effect bdr shd fitText rtl cs em lang "
    "eastAsianLayout specVanish oMath"
)
LOOKS: Final = frozenset(f"w:{name}" for name in _LOOKS.split())


def read_marks(runs: "Runs", element: Element) -> RunMarks:
    """Return the marks that `w:rPr` of a run gives; its changes and oddities are noted."""
    ours = change = None
    for one in element:
        name = short[one.tag]
        if name in LOOKS:
            continue
        if name in _OURS:
            ours = True
        elif name == "w:rPrChange":
            change = one
        else:
            _odd(runs.reading, one, name)
    if not ours and change is None:
        return PLAIN
    after = _resolved(runs.reading, element, "after")
    if change is None:
        before = _resolved(runs.reading, element, "before")
    else:
        before = _resolved(runs.reading, child(change, "w:rPr"), "before")
        runs.changes.append(PropertyChange("formatting", revision(change)))
    return RunMarks(after[0], before[0], after[1], before[1])


def _odd(reading: Reading, element: Element, name: str) -> None:
    if name in _TOLD:
        if is_on(element):
            reading.notice(_TOLD[name])
    elif name in REVISIONS or not name.startswith(("w14:", "w15:")) or "onflict" in name:
        reading.strange(element)


def _resolved(reading: Reading, element: Element | None, side: Side) -> tuple[Marks, str]:
    """Return the marks that properties give, and the style of ours that they name."""
    style = child(element, "w:rStyle")
    name = value(style) if style is not None else ""
    marks = dict(reading.styles.marks(name, side)) if name else {}
    marks_of(element, marks)
    own = name if name.startswith(OWN_STYLES) else ""
    return tuple(kind for kind in ORDER if marks.get(kind)), own
