"""Files that are no sound Word document: one clear line each, within bounds of time and memory."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from engross.adapters.legaltext.word_reading import read_word
from engross.adapters.legaltext.word_reading.opening import Limits
from engross.core.legaltext.tracked_sides import paragraphs_after, paragraphs_before
from engross.core.refusals import Refused
from tests.support.word_files import (
    SPACES,
    STRICT_W,
    W,
    deleted,
    inserted,
    package_parts,
    packed,
    paragraph,
    run,
    word_file,
)

SOUND = word_file(paragraph(run("Text")))


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def with_part(name: str, content: bytes) -> bytes:
    return packed(parts_of(SOUND) | {name: content})


def without_part(name: str) -> bytes:
    return packed({key: part for key, part in parts_of(SOUND).items() if key != name})


def with_document(document: str) -> bytes:
    return packed(package_parts(document, {}))


def refusal_of(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(Refused) as refusal:
        read_word(content, **({"limits": limits} if limits else {}))
    (reason,) = refusal.value.reasons
    assert "\n" not in str(reason)
    return str(reason)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
KIND = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = parts_of(SOUND)["[Content_Types].xml"]
ENTITIES = (
    '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f"<w:document {SPACES}><w:body>{paragraph(run('&b;'))}</w:body></w:document>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!-- --><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    f"<w:document {SPACES}><w:body>{paragraph(run('&x;'))}</w:body></w:document>"
)
DEEP = "<w:ins>" * 200_000


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a Word document"),
        (b"%PDF-1.7 ...", "not a Word document"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (OLE, "old Word document"),
        (SOUND[:-40], "damaged or cut off"),
        (SOUND[: len(SOUND) // 2], "damaged or cut off"),
        (b"PK\x03\x04 and then nothing of a zip", "damaged or cut off"),
        (packed({"a.txt": b"a"}), "a zip file, but not a Word document"),
        (packed({"[Content_Types].xml": b"<Types/>"}), "a package without a document"),
        (with_part("[Content_Types].xml", TYPES.replace(KIND, b"application/vnd.openxmlformats-"
                   b"officedocument.spreadsheetml.sheet.main+xml")), "another kind"),
        (with_part("[Content_Types].xml", TYPES.replace(KIND, b"application/vnd.ms-word.document."
                   b"macroEnabled.main+xml")), "macros, which are never run"),
        (with_part("[Content_Types].xml", TYPES.replace(b"</Types>", b'<Default Extension="bin" '
                   b'ContentType="application/vnd.ms-office.vbaProject"/></Types>')), "macros"),
        (without_part("word/document.xml"), "has no part 'word/document.xml'"),
        (with_part("word/document.xml", b""), "document.xml of the Word file is not XML"),
        (with_part("word/document.xml", b"<w:document"), "is damaged"),
        (with_part("word/document.xml", b"<a><b></a>"), "is damaged"),
        (with_part("word/document.xml", b"<html><body/></html>"), "no document but html"),
        (with_part("word/document.xml", b'<?xml version="1.0" encoding="UTF-7"?><a/>'), "UTF-7"),
        (with_document(ENTITIES), "declares entities"),
        (with_document(OUTSIDE), "declares entities"),
        (with_document(f"<w:document {SPACES}><w:body><w:p>{DEEP}"), "is damaged"),
    ],
)  # fmt: skip
def test_what_is_no_sound_document_is_refused_in_one_line(content: bytes, said: str) -> None:
    assert said in refusal_of(content)


def test_a_locked_part_is_refused() -> None:
    locked = bytearray(SOUND)
    entry = locked.rindex(b"PK\x01\x02")
    locked[entry + 8] |= 1  # the flag that says a part is encrypted
    assert "locked with a password" in refusal_of(bytes(locked))


def test_a_bomb_is_refused_before_and_while_it_unpacks() -> None:
    bomb = with_part("word/document.xml", b"<a>" + b" " * 30_000_000)
    assert len(bomb) < 100_000
    assert "unpacks to too much" in refusal_of(bomb)
    lying = bytearray(bomb)
    entry = next(at for at in range(len(lying)) if lying[at : at + 4] == b"PK\x01\x02"
                 and lying[at + 46 : at + 63] == b"word/document.xml")  # fmt: skip
    lying[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")  # its claimed size
    assert refusal_of(bytes(lying)).startswith("The Word file")


def test_a_large_file_is_refused_by_its_size_alone() -> None:
    assert "has 201 MB; at most 64 are read" in refusal_of(bytes(201_000_000))


def test_parts_have_a_limit_together() -> None:
    limits = Limits(part_bytes=100_000, all_bytes=900)
    assert "unpacks to too much" in refusal_of(SOUND, limits)


def test_many_parts_are_refused() -> None:
    assert "more than 3 parts" in refusal_of(SOUND, Limits(members=3))


def test_a_strict_file_is_read_like_any_other() -> None:
    body = paragraph(run("a") + inserted("b") + deleted("c"), properties='<w:pStyle w:val="S"/>')
    strict = {
        name: part.replace(W.encode(), STRICT_W.encode()).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, part in parts_of(word_file(body)).items()
    }
    text = read_word(packed(strict))
    assert [one.text for one in paragraphs_before(text)] == ["ac"]
    assert [one.text for one in paragraphs_after(text)] == ["ab"]
    assert text.paragraphs[0].after.style == "S"


def test_a_file_in_utf_16_is_read() -> None:
    document = parts_of(SOUND)["word/document.xml"].decode()
    text = read_word(with_part("word/document.xml", document.encode("utf-16")))
    assert paragraphs_after(text)[0].text == "Text"


def test_text_that_only_looks_like_a_declaration_is_text() -> None:
    text = read_word(word_file(paragraph(run("&lt;!DOCTYPE x [&lt;!ENTITY"))))
    assert paragraphs_after(text)[0].text == "<!DOCTYPE x [<!ENTITY"


def test_addresses_are_never_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" TargetMode="External" Target="http://192.0.2.1/x.xml" Type="http://'
        'schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/></Relationships>'
    )

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was opened")

    monkeypatch.setattr("socket.socket.connect", refuse)
    assert read_word(with_part("word/_rels/document.xml.rels", relation.encode())).paragraphs


WITHIN = """
import sys, time
from pathlib import Path
from engross.adapters.legaltext.word_reading import read_word
from engross.core.refusals import Refused
try:
    read_word(Path(sys.argv[1]).read_bytes())
except Refused as refusal:
    print(refusal)
status = Path("/proc/self/status").read_text().splitlines()  # getrusage tells the parent's peak
peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(time.process_time(), peak / 1024)
"""


def dense_file(unit: str) -> bytes:
    """Return the largest file of one kind of element that is not refused for its size packed."""
    times = 60_000_000 // len(unit)
    document = f"<w:document {SPACES}><w:body>{unit * times}</w:body></w:document>"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as file:
        for name, part in package_parts(document, {}).items():
            file.writestr(name, part)
    return content.getvalue()


RUNS = "<w:r><w:t>a</w:t></w:r>" * 20
DENSE = [
    "<w:p/>",
    "<w:p><w:r><w:t>a</w:t></w:r></w:p>",
    "<w:p/><!--" + " " * 60 + "-->",
    f"<w:p>{RUNS}</w:p><!--" + " " * 1000 + "-->",
    "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
    '<w:ins w:id="1" w:author="A"/>' + " " * 30,
    f"<w:p><w:r><w:t>{'word ' * 2000}\U0001f4dc</w:t></w:r></w:p>",
]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of memory as Linux tells it")
@pytest.mark.parametrize("unit", DENSE)
def test_the_densest_files_stay_within_10_seconds_and_512_megabytes(
    unit: str, tmp_path: Path
) -> None:
    path = tmp_path / "dense.docx"
    path.write_bytes(dense_file(unit))
    done = subprocess.run([sys.executable, "-c", WITHIN, str(path)], capture_output=True, text=True,
                          check=True)  # fmt: skip
    seconds, megabytes = map(float, done.stdout.splitlines()[-1].split())
    assert seconds < 10
    assert megabytes < 512
