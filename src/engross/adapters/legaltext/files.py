"""The text in a file or a folder, whatever its format, and into a file again.

What a file is, its content tells and not its name: canonical JSON, Word, Akoma Ntoso, Markdown or
numbered text. A folder is a code: every text file in it is a document, in a code's order. Each
format's reader is imported only when it is needed, so that JSON is read at once.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from engross.adapters.legaltext.canonical_json import code_from_json, json_from_code
from engross.adapters.legaltext.whole_files import STANDARD, read_whole, shown, write_whole
from engross.core.legaltext.provisions import Code, Document
from engross.core.legaltext.soundness import reasons_against
from engross.core.refusals import Reason, Refused

if TYPE_CHECKING:
    from engross.core.legaltext.tracked import TrackedText

Kind = Literal["json", "word", "akoma-ntoso", "markdown", "text"]
Side = Literal["before", "after"]
Unknown = Literal["refuse", "name"]

_SUFFIXES: dict[str, Kind] = {
    ".json": "json",
    ".docx": "word",
    ".docm": "word",
    ".xml": "akoma-ntoso",
    ".akn": "akoma-ntoso",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
}
_ZIP, _OLE, _PDF = b"PK", b"\xd0\xcf\x11\xe0", b"%PDF"
_JSON = re.compile(rb'\s*\{\s*("|\}|\Z)')
_XML = re.compile(rb"\s*<(\?xml\b|!DOCTYPE\b|[A-Za-z][\w.:-]*[\s>/])")
_CONTROLS = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")  # pictures have them, texts do not
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_UTF_8_MARK = b"\xef\xbb\xbf"
_REMEDY = "Give JSON, Word (.docx), Akoma Ntoso, Markdown or text, as docs/reference/legal-text.md"


class TextFile(NamedTuple):
    """What was read: the format, the text, and what was odd about the file."""

    kind: Kind | Literal["folder"]
    code: Code
    remarks: tuple[str, ...] = ()


def read_text(path: Path, *, side: Side = "after", unknown: Unknown = "refuse") -> TextFile:
    """Return the text in a file, in a folder, or for '-' in standard input.

    Of a Word file with tracked changes the text on one `side` of them is read; changes in it that
    are not understood are a refusal or, with `unknown="name"`, remarks.
    Raises Refused if it cannot be read, or is no text.
    """
    if path != STANDARD and path.is_dir():
        return _read_folder(path, side, unknown)
    content = read_whole(path)
    return text_in(content, name=shown(path), stem=path.stem, side=side, unknown=unknown)


def read_tracked(path: Path, *, unknown: Unknown = "refuse") -> "TrackedText":
    """Return a Word file's text with every tracked change.

    Raises Refused if it is not Word: other formats hold no tracked changes.
    """
    from engross.adapters.legaltext.word_reading import read_word

    content = read_whole(path)
    name = shown(path)
    if kind_of(content, name) != "word":
        what = f"{name} is not a Word file, and holds no tracked changes"
        raise Refused(Reason(what, "Compare two texts with `engross text compare`"))
    with _naming(name):
        return read_word(content, unknown=unknown)


def not_understood(text: "TrackedText") -> list[str]:
    """Return what to say of the elements of a Word file that are not understood."""
    return [f"{each.element} is not understood, in {each.where}" for each in text.unknown]


def text_in(
    content: bytes, *, name: str, stem: str, side: Side = "after", unknown: Unknown = "refuse"
) -> TextFile:
    """Return the text that a file's bytes hold.

    `name` is what the file is called in refusals, `stem` what a document in it is called that
    does not say.
    """
    kind = kind_of(content, name)
    if kind == "json":
        return TextFile("json", code_from_json(_as_utf_8(content), name=name))
    if kind == "word":
        read = _from_word(content, name, stem, side, unknown)
    elif kind == "akoma-ntoso":
        read = _from_akoma_ntoso(content, name)
    else:
        read = _from_lines(content, name, stem, kind)
    if reasons := reasons_against(read.code):
        raise _named(name, reasons)
    return read


def _from_lines(content: bytes, name: str, stem: str, kind: Kind) -> TextFile:
    from engross.adapters.legaltext.numbered_text import read_numbered_text

    is_markdown = True if kind == "markdown" else None
    read = read_numbered_text(decoded(content, name), name=stem, is_markdown=is_markdown)
    return TextFile(kind, read.code, tuple(read.remarks))


def kind_of(content: bytes, name: str) -> Kind:
    """Return what a file is by its content; the name decides only between Markdown and text.

    Raises Refused if it is none of them.
    """
    if not content.strip():
        raise Refused(Reason(f"{name} is empty", _REMEDY))
    if content.startswith(_PDF):
        raise Refused(Reason(f"{name} is a PDF, not a text", _REMEDY))
    if content.startswith((_ZIP, _OLE)):
        return "word"
    plain = _as_utf_8(content)
    named = _SUFFIXES.get(Path(name).suffix.lower())
    if _JSON.match(plain) or (named == "json" and plain.lstrip()[:1] in (b"{", b"[", b'"')):
        return "json"
    if _XML.match(plain):
        return "akoma-ntoso"
    return "markdown" if named == "markdown" else "text"


def decoded(content: bytes, name: str) -> str:
    """Return what bytes say in UTF-8, or in UTF-16 with its mark. Raises Refused if neither."""
    try:
        if content.startswith(_UTF_16):
            return content.decode("utf-16")
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _CONTROLS.search(content):
            raise Refused(Reason(f"{name} is not a text", _REMEDY)) from None
        line = content.count(b"\n", 0, error.start) + 1
        what = f"{name} is not text in UTF-8 or UTF-16 (line {line})"
        raise Refused(Reason(what, "Save it as UTF-8")) from None
    if "\0" in text:
        raise Refused(Reason(f"{name} is not a text", _REMEDY))
    return text


def write_text(code: Code, path: Path, *, not_over: tuple[Path, ...] = ()) -> list[str]:
    """Write a text in the format that the file's name ends in; return what that cannot carry.

    A folder, or a name with a slash behind it, gets a file of JSON for each document.
    Raises Refused if the ending is not known, or the file is one of `not_over`.
    """
    if path.is_dir() or not path.suffix:
        _write_folder(code, path, not_over)
        return []
    content, losses = written(code, format_of(path))
    write_whole(path, content, not_over=not_over)
    return losses


def format_of(path: Path) -> Kind:
    """Return the format that a file's name asks for. Raises Refused if there is none."""
    kind = _SUFFIXES.get(path.suffix.lower())
    if kind is None or path.suffix.lower() == ".docm":
        known = ".json, .docx, .xml (Akoma Ntoso), .md or .txt"
        raise Refused(Reason(f"{shown(path)} does not say which format", f"Let it end in {known}"))
    return kind


def written(code: Code, kind: Kind) -> tuple[bytes, list[str]]:
    """Return a text in a format, and what that cannot carry."""
    if kind == "json":
        return json_from_code(code), []
    if kind == "akoma-ntoso":
        from engross.adapters.legaltext.akoma_ntoso import write_akoma

        return write_akoma(code), []
    if kind == "word":
        from engross.adapters.legaltext import word_writing

        return word_writing.write_text(code), word_writing.losses_of(code)
    from engross.adapters.legaltext.numbered_text import written_markdown, written_plain

    lines = written_markdown(code) if kind == "markdown" else written_plain(code)
    return lines.content.encode(), lines.losses


def _from_word(content: bytes, name: str, stem: str, side: Side, unknown: Unknown) -> TextFile:
    from engross.adapters.legaltext.word_reading import code_after, code_before, read_word

    with _naming(name):
        text = read_word(content, unknown=unknown)
    read = (code_before if side == "before" else code_after)(text, stem)
    return TextFile("word", read.code, (*not_understood(text), *text.notices, *read.remarks))


def _from_akoma_ntoso(content: bytes, name: str) -> TextFile:
    from engross.adapters.legaltext.akoma_ntoso import read_akoma

    with _naming(name):
        return TextFile("akoma-ntoso", read_akoma(content))


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Put a file's name before the reasons that it is refused for."""
    try:
        yield
    except Refused as refused:
        raise _named(name, refused.reasons) from None


def _named(name: str, reasons: Iterable[Reason]) -> Refused:
    return Refused(Reason(f"{name}: {each.what}", each.remedy, each.clause) for each in reasons)


def _read_folder(folder: Path, side: Side, unknown: Unknown) -> TextFile:
    documents: dict[str, tuple[Document, Path]] = {}
    remarks: list[str] = []
    for path in _within(folder):
        if path.name.startswith((".", "~")):
            continue
        if path.is_dir() or path.suffix.lower() not in _SUFFIXES:
            remarks.append(f"{path.name} is passed over")
            continue
        read = read_text(path, side=side, unknown=unknown)
        remarks += [f"{path.name}: {remark}" for remark in read.remarks]
        for document in read.code.documents:
            if document.document in documents:
                other = documents[document.document][1].name
                what = f"{shown(path)} and {other} both hold '{document.document}'"
                raise Refused(Reason(what, "Take one of them out of the folder"))
            documents[document.document] = (document, path)
    if not documents:
        raise Refused(Reason(f"{shown(folder)} holds no text", _REMEDY))
    return TextFile(
        "folder", Code(in_order(document for document, _ in documents.values()))
    )._replace(remarks=tuple(remarks))


def _within(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        what = f"The folder {shown(folder)} cannot be read ({error.strerror})"
        raise Refused(Reason(what, "Name another folder")) from None


def in_order(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Return documents in a code's order: Sections, Schedules, Appendices, each by its letter."""
    from engross.core.legaltext.numbers import document_key

    return tuple(sorted(documents, key=lambda document: document_key(document.document)))


def _write_folder(code: Code, folder: Path, not_over: tuple[Path, ...]) -> None:
    from engross.core.legaltext.numbers import document_slug

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"The folder {shown(folder)} cannot be made ({error.strerror})"
        raise Refused(Reason(what, "Name another folder")) from None
    for document in code.documents:
        name = document_slug(document.document).replace("/", "-")
        write_whole(folder / f"{name}.json", json_from_code(Code((document,))), not_over=not_over)


def _as_utf_8(content: bytes) -> bytes:
    """Return bytes without a mark of their encoding; UTF-16 that says so becomes UTF-8."""
    if content.startswith(_UTF_16):
        return content.decode("utf-16", errors="replace").encode(errors="replace")
    return content.removeprefix(_UTF_8_MARK)
