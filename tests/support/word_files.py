"""Small Word files to read, written out element by element."""

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{_OFFICE}" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
WHO = 'w:id="7" w:author="A. Drafter" w:date="2021-05-10T09:00:00Z"'


def run(text: str, look: str = "") -> str:
    """Return a run of kept text."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def inserted(text: str) -> str:
    """Return a run of inserted text."""
    return f"<w:ins {WHO}>{run(text)}</w:ins>"


def deleted(text: str) -> str:
    """Return a run of deleted text."""
    content = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
    return f"<w:del {WHO}>{content}</w:del>"


def paragraph(content: str = "", *, properties: str = "", mark: str = "") -> str:
    """Return a paragraph; `mark` is what became of its mark: 'ins', 'del', 'moveFrom', 'moveTo'."""
    fate = f"<w:rPr><w:{mark} {WHO}/></w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{properties}{fate}</w:pPr>{content}</w:p>"


def listed(text: str, *, level: int = 0, list_id: int = 1, mark: str = "") -> str:
    """Return a paragraph of a list."""
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(text, properties=number, mark=mark)


def row(*cells: str, mark: str = "") -> str:
    """Return a row of a table, each cell one or more paragraphs."""
    fate = f"<w:trPr><w:{mark} {WHO}/></w:trPr>" if mark else ""
    return f"<w:tr>{fate}{''.join(f'<w:tc>{one}</w:tc>' for one in cells)}</w:tr>"


def level(depth: int, text: str, form: str = "decimal", *, start: int = 1, more: str = "") -> str:
    """Return a level of a list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, lists: str = "") -> str:
    """Return `numbering.xml` of one pattern (0) and its list (1), and further lists."""
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{"".join(levels)}'
        f'</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{lists}'
        "</w:numbering>"
    )


CLAUSES = numbering(
    level(0, "%1"),
    level(1, "%1.%2"),
    level(2, "(%3)", "lowerLetter"),
    level(3, "(%4)", "lowerRoman"),
)


def word_file(
    body: str, parts: Mapping[str, str] | None = None, *, extra: Mapping[str, bytes] | None = None
) -> bytes:
    """Return a .docx with a body; `parts` are further XML parts by kind ('styles', 'footnotes')."""
    document = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
    return packed(package_parts(document, parts or {}) | dict(extra or {}))


def package_parts(document: str, parts: Mapping[str, str]) -> dict[str, bytes]:
    """Return the parts of a .docx by name."""
    relations = "".join(
        f'<Relationship Id="r{kind}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
        for kind in parts
    )
    kinds = (
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
    )
    main = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    opening = f'<Relationships xmlns="{_PACKAGE}/relationships">'
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{kinds}</Types>',
        "_rels/.rels": f"{opening}{main}</Relationships>",
        "word/_rels/document.xml.rels": f"{opening}{relations}</Relationships>",
        "word/document.xml": document,
        **{f"word/{kind}.xml": content for kind, content in parts.items()},
    }
    return {name: text.encode() for name, text in texts.items()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return parts as a zip file."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return content.getvalue()
