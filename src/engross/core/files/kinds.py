"""Which kinds of file are taken; anything else is not."""

from collections.abc import Iterator
from dataclasses import dataclass

from engross.core.refusals import Reason

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class FileKind:
    """A kind of file: how its name ends, and what it is sent as.

    `is_text` says that it has no signature: its whole content must be text that no browser takes
    for a page. `also` are other types that honest programs declare for it. `member` is what an
    archive of this kind must hold.
    """

    ending: str
    title: str
    content_type: str
    is_text: bool = False
    also: tuple[str, ...] = ()
    member: str = ""


_ALL = (
    FileKind("pdf", "PDF", "application/pdf"),
    FileKind("docx", "Word", f"{_OFFICE}.wordprocessingml.document", member="word/document.xml"),
    FileKind("xlsx", "Excel", f"{_OFFICE}.spreadsheetml.sheet", member="xl/workbook.xml"),
    FileKind("pptx", "PowerPoint", f"{_OFFICE}.presentationml.presentation",
             member="ppt/presentation.xml"),
    FileKind("png", "PNG picture", "image/png"),
    FileKind("jpg", "JPEG picture", "image/jpeg", also=("image/jpg", "image/pjpeg")),
    FileKind("zip", "ZIP archive", "application/zip", also=("application/x-zip-compressed",)),
    FileKind("csv", "CSV", "text/csv; charset=utf-8", is_text=True,
             also=("text/plain", "application/vnd.ms-excel", "application/csv")),
    FileKind("txt", "Text", "text/plain; charset=utf-8", is_text=True),
    FileKind("json", "JSON", "application/json", is_text=True, also=("text/json", "text/plain")),
)  # fmt: skip
KINDS = {each.ending: each for each in _ALL}
_SAME = {"jpeg": "jpg"}
# What a program declares that does not know.
_UNKNOWN_TYPES = {"", "application/octet-stream", "binary/octet-stream"}


def kind_named(name: str) -> FileKind | None:
    """Return the kind of file that a name ends as; None if it is none that is taken."""
    ending = name.rpartition(".")[2].casefold()
    return KINDS.get(_SAME.get(ending, ending))


def reasons_against_declared(kind: FileKind, declared: str) -> Iterator[Reason]:
    """Return the reason against a type that was declared for a file of another kind."""
    told = declared.partition(";")[0].strip().casefold()
    honest = {kind.content_type.partition(";")[0], *kind.also}
    if told not in _UNKNOWN_TYPES and told not in honest:
        yield Reason(
            f"The file was sent as {told[:80]}, but its name says {kind.title}",
            "Send it with its own type, or rename it",
        )
