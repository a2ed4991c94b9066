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
_PARTS = ("document", "styles", "numbering", "footnotes", "settings", "header", "footer")
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
_HEADING_SIZES = (26, 22)  # half points; `_SIZE` below
_SIZE = 21
_SPACES = {1: (280, 80), 2: (200, 60)}  # before and after a heading, in twentieths of a point
_TITLE = '<w:pageBreakBefore/><w:spacing w:before="0" w:after="240"/>'
_PAGES = (
    '<w:r><w:t xml:space="preserve">Page </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1'
    '</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> of </w:t></w:r><w:fldSimple '
    'w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
)
FIXED = (1980, 1, 1, 0, 0, 0)
QUICK = 1  # how hard the zip is pressed: a fifth larger and four times as quick as the default


def package(
    body: str,
    *,
    numbering: str,
    footnotes: list[str],
    links: list[str],
    depth: int,
    language: str,
    header: str,
) -> bytes:
    """Return a Word file of a body, with the styles of `depth` levels and a header's line."""
    files = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships([("doc", f"{R}/officeDocument", "word/document.xml", "")]),
        "word/document.xml": (
            f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}<w:sectPr>'
            '<w:headerReference w:type="default" r:id="header"/>'
            '<w:footerReference w:type="default" r:id="footer"/>'
            '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" '
            'w:bottom="1134" w:left="1134" w:header="567" w:footer="510" w:gutter="0"/>'
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
        "word/header.xml": _running("hdr", literal(header)),
        "word/footer.xml": _running("ftr", _PAGES),
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


def _running(kind: str, content: str) -> str:
    """Return what stands on every page: a header ('hdr') or a footer ('ftr')."""
    runs = content if kind == "ftr" else f"<w:r>{content}</w:r>"
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="EngrossRunning"/></w:pPr>{runs}</w:p>'
    return f'{HEAD}<w:{kind} xmlns:w="{W}">{paragraph}</w:{kind}>'


def _styles(depth: int, language: str) -> str:
    parts = [
        f'{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="{_SIZE}"/>'
        f"<w:lang w:val={quoteattr(language)}/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:before="70" w:after="70" w:line="264" w:lineRule="auto"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "</w:style>",
        _paragraph_style("EngrossTitle", "Engross Title", _TITLE, bold=True, size=32, outline=0),
        _paragraph_style("EngrossCell", "Engross Cell", '<w:spacing w:before="40" w:after="40"/>'),
        _paragraph_style(
            "EngrossRunning",
            "Engross Running",
            '<w:spacing w:before="0" w:after="0"/><w:jc w:val="right"/>',
            size=16,
        ),
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
        size = _HEADING_SIZES[level - 1] if level <= len(_HEADING_SIZES) else _SIZE
        before, after = _SPACES.get(level, (120, 60))
        space = f'<w:spacing w:before="{before}" w:after="{after}"/>'
        outline = level if level < 9 else None
        for name, shown in _HEADINGS:
            tabs, indent = _indent(level, name)
            style = _paragraph_style(
                f"{name}{level}",
                f"{shown} {level}",
                tabs + space + indent,
                bold=True,
                size=size,
                outline=outline,
            )
            parts.append(style)
        for name, shown in _TEXTS:
            look = "".join(_indent(level, name))
            parts.append(_paragraph_style(f"{name}{level}", f"{shown} {level}", look))
    parts.append("</w:styles>")
    return "".join(parts)


def indent_of(level: int) -> str:
    """Return how far a numbered depth is indented, and where the text behind its number begins."""
    return "".join(_indent(level, ""))


def _indent(level: int, name: str) -> tuple[str, str]:
    """Return the tab and the indent of a style's depth.

    A paragraph without a number stands where the text of what it stands under does.
    """
    if name in ("EngrossPlain", "EngrossPlainHeading"):
        level -= 1
    left = _STEP * max(2, min(level, 12))
    if name in _UNNUMBERED:
        return "", f'<w:ind w:left="{left}"/>'
    hanging = 2 * _STEP if level <= 2 else _STEP
    tab = f'<w:tabs><w:tab w:val="left" w:pos="{left}"/></w:tabs>'
    return tab, f'<w:ind w:left="{left}" w:hanging="{hanging}"/>'


def _paragraph_style(
    name: str,
    shown: str,
    properties: str,
    *,
    bold: bool = False,
    size: int = _SIZE,
    outline: int | None = None,
) -> str:
    keep = "<w:keepNext/>" if bold else ""
    outlined = f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else ""
    look = f'{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/>' if bold or size != _SIZE else ""
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
