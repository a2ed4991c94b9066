"""How fast a large Word file with tracked changes is read, in a process of its own each time."""

import io
import json
import random
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from benchmarks import benchmark

PARAGRAPHS = 33_000
WORDS = 30  # a paragraph: a million words in all
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WHO = 'w:author="MP101" w:date="2021-05-10T09:00:00Z"'
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MEASURE = """
import json, resource, sys, time
from pathlib import Path
from engross.adapters.legaltext.word_reading import read_word
from engross.core.legaltext.tracked_sides import paragraphs_after, paragraphs_before
content = Path(sys.argv[1]).read_bytes()
took = []
for _ in range(int(sys.argv[2])):
    began = time.perf_counter()
    text = read_word(content)
    before, after = paragraphs_before(text), paragraphs_after(text)
    took.append(time.perf_counter() - began)
    counted = [len(before), len(after), sum(len(one.text.split()) for one in after)]
    del text, before, after
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
print(json.dumps({"seconds": sorted(took)[len(took) // 2], "peak": peak, "counted": counted}))
"""


def _run(text: str, *, deleted: bool = False) -> str:
    word = "delText" if deleted else "t"
    look = '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:lang w:val="en-GB"/></w:rPr>'
    content = f'<w:{word} xml:space="preserve">{text}</w:{word}>'
    return f'<w:r w:rsidRPr="00A159A5">{look}{content}</w:r>'


def _paragraph(index: int, chance: random.Random, vocabulary: list[str]) -> str:
    """Return one clause of a multi-level list: most kept, some edited, inserted, deleted, moved."""
    depth = 0 if index % 40 == 0 else 1 + index % 3
    words = chance.choices(vocabulary, k=WORDS)
    fate = chance.random()
    number = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'
    mark, text = "", _run(" ".join(words[:15]) + " ") + _run(" ".join(words[15:]) + ".")
    if fate < 0.01:
        mark = f'<w:ins w:id="{index}" {_WHO}/>'
        text = f'<w:ins w:id="{index}1" {_WHO}>{text}</w:ins>'
    elif fate < 0.02:
        mark = f'<w:del w:id="{index}" {_WHO}/>'
        deleted = _run(" ".join(words) + ".", deleted=True)
        text = f'<w:del w:id="{index}1" {_WHO}>{deleted}</w:del>'
    elif fate < 0.22:
        old, new = _run("old words", deleted=True), _run("new words")
        text += f'<w:del w:id="{index}1" {_WHO}>{old}</w:del>'
        text += f'<w:ins w:id="{index}2" {_WHO}>{new}</w:ins>' + _run(" and the rest.")
    properties = f'<w:pPr><w:pStyle w:val="Clause"/>{number}<w:rPr>{mark}</w:rPr></w:pPr>'
    return f'<w:p w:rsidR="00A159A5" w:rsidRDefault="00A159A5">{properties}{text}</w:p>'


def _numbering() -> str:
    texts = ("%1", "%1.%2", "(%3)", "(%4)")
    formats = ("decimal", "decimal", "lowerLetter", "lowerRoman")
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{formats[depth]}"/>'
        f'<w:lvlText w:val="{texts[depth]}"/></w:lvl>'
        for depth in range(4)
    )
    pattern = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    listed = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return f'<w:numbering xmlns:w="{_SPACE}">{pattern}{listed}</w:numbering>'


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def tracked_file(paragraphs: int = PARAGRAPHS, *, seed: int = 7) -> bytes:
    """Return a .docx of numbered clauses, a fifth of them edited, with 1 % inserted and deleted."""
    chance = random.Random(seed)  # noqa: S311  # the same file every time, and no secret
    vocabulary = ["".join(chance.choices("etaoinshrdlu", k=chance.randint(2, 9)))
                  for _ in range(3000)]  # fmt: skip
    text = "".join(_paragraph(index, chance, vocabulary) for index in range(paragraphs))
    kinds = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
        f'<Override PartName="/word/numbering.xml" ContentType="{_KIND}.numbering+xml"/></Types>'
    )
    parts = {
        "[Content_Types].xml": kinds,
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">'
        f"{_relation('r1', 'officeDocument', 'word/document.xml')}</Relationships>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
        f"{_relation('r2', 'numbering', 'numbering.xml')}</Relationships>",
        "word/numbering.xml": _numbering(),
        "word/document.xml": f'<w:document xmlns:w="{_SPACE}"><w:body>{text}</w:body></w:document>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return packed.getvalue()


_measured: dict[str, float] = {}


def _figures() -> dict[str, float]:
    if not _measured:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "tracked.docx"
            path.write_bytes(tracked_file())
            done = subprocess.run([sys.executable, "-c", _MEASURE, str(path), "5"], check=True,
                                  stdout=subprocess.PIPE, text=True)  # fmt: skip
        _measured.update(json.loads(done.stdout))
    return _measured


@benchmark("Word file of 1M words with tracked changes, read to both texts", unit="s", budget=1.5)
def read_large_file() -> float:
    """Return seconds on the clock from bytes to the tracked text and its two plain texts."""
    return _figures()["seconds"]


@benchmark("memory of reading it", unit="MB", budget=400)
def memory_of_reading() -> float:
    """Return the most memory the process held, Python and its libraries included."""
    return _figures()["peak"]
