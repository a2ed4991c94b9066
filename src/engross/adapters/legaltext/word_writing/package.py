"""The parts of a Word file besides its text, and the zip around them: the same bytes every time."""

from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from engross.adapters.legaltext.word_writing.runs import literal

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = ("document", "styles", "numbering", "footnotes", "settings")
_STEP = 567  # a centimetre, in twentieths of a point
_HEADINGS = (
    ("EngrossHeading", "Engross Heading"),
    ("EngrossPlainHeading", "Engross Plain Heading"),
)
_TEXTS = (
    ("EngrossClause", "Engross Clause"),
    ("EngrossPlain", "Engross Plain"),
    ("EngrossText", "Engross Text"),
)
_UNNUMBERED = ("EngrossPlainHeading", "EngrossPlain", "EngrossText")
_HEADING_SIZES = (28, 24)  # half points; 22 below
FIXED = (1980, 1, 1, 0, 0, 0)
QUICK = 1  # how hard the zip is pressed: a fifth larger and four times as quick as the default


def package(
    body: str, *, numbering: str, footnotes: list[str], links: list[str], depth: int, language: str
) -> bytes:
    """Return a Word file of a body, with the styles of `depth` levels."""
    files = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships([("doc", f"{R}/officeDocument", "word/document.xml", "")]),
        "word/document.xml": (
            f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}<w:sectPr>'
            '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" '
            'w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>'
            "</w:sectPr></w:body></w:document>"
        ),
        "word/_rels/document.xml.rels": _relationships(
            [
                *((name, f"{R}/{name}", f"{name}.xml", "") for name in _PARTS[1:]),
                *(
                    (f"link{at}", f"{R}/hyperlink", link, ' TargetMode="External"')
                    for at, link in enumerate(links, start=1)
                ),
            ]
        ),
        "word/styles.xml": _styles(depth, language),
        "word/numbering.xml": numbering,
        "word/footnotes.xml": _footnotes(footnotes),
        "word/settings.xml": f'{HEAD}<w:settings xmlns:w="{W}"><w:trackRevisions/></w:settings>',
    }
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED, compresslevel=QUICK) as archive:
        for name, content in files.items():
            entry = ZipInfo(name, FIXED)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content.encode(), compresslevel=QUICK)
    return held.getvalue()


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_MAIN}.{kind}+xml"/>'
        for name in _PARTS
        for kind in ["document.main" if name == "document" else name]
    )
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(rows: list[tuple[str, str, str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target={quoteattr(target)}{mode}/>'
        for name, kind, target, mode in rows
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _footnotes(notes: list[str]) -> str:
    inside = [
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>',
        '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r>'
        "<w:continuationSeparator/></w:r></w:p></w:footnote>",
        *(
            f'<w:footnote w:id="{number}"><w:p><w:r>{literal(note)}</w:r></w:p></w:footnote>'
            for number, note in enumerate(notes, start=2)
        ),
    ]
    return f'{HEAD}<w:footnotes xmlns:w="{W}">{"".join(inside)}</w:footnotes>'


def _styles(depth: int, language: str) -> str:
    parts = [
        f'{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/>'
        f"<w:lang w:val={quoteattr(language)}/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "</w:style>",
        _paragraph_style("EngrossTitle", "Engross Title", "", bold=True, size=36, outline=0),
        _paragraph_style("EngrossCell", "Engross Cell", '<w:spacing w:after="0"/>'),
        _paragraph_style(
            "EngrossSpace", "Engross Space", '<w:keepNext/><w:spacing w:after="0"/>', size=8
        ),
        _paragraph_style("EngrossEnd", "Engross End", '<w:spacing w:after="0"/>'),
        _character_style("EngrossDocument", "Engross Document", ""),
        _character_style("EngrossNumber", "Engross Number", ""),
        _character_style("EngrossWholeNumber", "Engross Whole Number", ""),
        _character_style("EngrossNoted", "Engross Noted", ""),
        _character_style("EngrossNote", "Engross Note", '<w:vertAlign w:val="superscript"/>'),
    ]
    for level in range(1, depth + 1):
        size = _HEADING_SIZES[level - 1] if level <= len(_HEADING_SIZES) else 22
        outline = level if level < 9 else None
        for name, shown in _HEADINGS:
            indent = indent_of(level, numbered=name not in _UNNUMBERED)
            style = _paragraph_style(
                f"{name}{level}", f"{shown} {level}", indent, bold=True, size=size, outline=outline
            )
            parts.append(style)
        for name, shown in _TEXTS:
            indent = indent_of(level, numbered=name not in _UNNUMBERED)
            parts.append(_paragraph_style(f"{name}{level}", f"{shown} {level}", indent))
    parts.append("</w:styles>")
    return "".join(parts)


def indent_of(level: int, *, numbered: bool = True) -> str:
    """Return how far a depth is indented, and where the text behind its number begins."""
    left = _STEP * max(2, min(level, 12))
    if not numbered:
        return f'<w:ind w:left="{left}"/>'
    hanging = 2 * _STEP if level <= 2 else _STEP
    return (
        f'<w:tabs><w:tab w:val="left" w:pos="{left}"/></w:tabs>'
        f'<w:ind w:left="{left}" w:hanging="{hanging}"/>'
    )


def _paragraph_style(
    name: str,
    shown: str,
    properties: str,
    *,
    bold: bool = False,
    size: int = 22,
    outline: int | None = None,
) -> str:
    keep = "<w:keepNext/>" if bold else ""
    outlined = f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else ""
    look = f'{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/>' if bold or size != 22 else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}">'
        f"<w:name w:val={quoteattr(shown)}/>"
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{keep}{properties}{outlined}</w:pPr>'
        f"{f'<w:rPr>{look}</w:rPr>' if look else ''}</w:style>"
    )


def _character_style(name: str, shown: str, look: str) -> str:
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{name}">'
        f'<w:name w:val="{escape(shown)}"/>{f"<w:rPr>{look}</w:rPr>" if look else ""}</w:style>'
    )
