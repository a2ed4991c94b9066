"""LibreOffice, asked what it makes of our Word files: all changes accepted, all rejected, saved.

    answers = asked({"one": data, "two": other})
    answers["one"].accepted        # its lines, after LibreOffice accepted every change
    answers["one"].saved           # the file opened and saved by it, as bytes

One start takes seconds, so files are asked about together: a Basic macro in a profile that is
thrown away opens each in turn.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import pytest

from tests.conftest import IN_CI

WHY_NONE = "no LibreOffice: install it (Debian: apt-get install libreoffice-writer)"
_SECONDS = 600
_BASIC = """
Sub Main
  Dim folder, names, at, url, kind
  folder = Environ("ENGROSS_WORD_FILES")
  names = Dir(folder & "/*.docx")
  Dim all(2000) As String
  Dim count
  count = 0
  Do While names <> ""
    all(count) = names
    count = count + 1
    names = Dir()
  Loop
  For at = 0 To count - 1
    url = ConvertToURL(folder & "/" & all(at))
    Settle(url, ".uno:AcceptAllTrackedChanges", ".accepted")
    Settle(url, ".uno:RejectAllTrackedChanges", ".rejected")
    Settle(url, "", ".saved")
  Next
  StarDesktop.terminate()
End Sub

Sub Settle(url, act, ending)
  Dim doc, dispatcher
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Hidden"
  how(0).Value = True
  doc = StarDesktop.loadComponentFromURL(url, "_blank", 0, how())
  If act <> "" Then
    dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
    dispatcher.executeDispatch(doc.CurrentController.Frame, act, "", 0, Array())
    Tell(doc, url & ending)
  Else
    Dim form(0) As New com.sun.star.beans.PropertyValue
    form(0).Name = "FilterName"
    form(0).Value = "MS Word 2007 XML"
    doc.storeToURL(url & ending, form())
  End If
  doc.close(True)
End Sub

Sub Tell(doc, url)
  Dim files, out
  files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  out = createUnoService("com.sun.star.io.TextOutputStream")
  out.setOutputStream(files.openFileWrite(url))
  out.setEncoding("UTF-8")
  Paragraphs(doc.Text, out)
  out.closeOutput()
End Sub

Sub Paragraphs(text, out)
  Dim parts, part, label, name
  parts = text.createEnumeration()
  Do While parts.hasMoreElements()
    part = parts.nextElement()
    If part.supportsService("com.sun.star.text.TextTable") Then
      For Each name In part.CellNames
        Paragraphs(part.getCellByName(name), out)
      Next
    ElseIf part.ParaStyleName <> "Engross Space" And part.ParaStyleName <> "Engross End" Then
      label = part.ListLabelString
      If label <> "" Then label = label & Chr(9)
      out.writeString(label & part.String & Chr(30))
    End If
  Loop
End Sub
"""
_MODULE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Engross" '
    'script:language="StarBasic">{}</script:module>'
)
_LIBRARY = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<library:library xmlns:library="http://openoffice.org/2000/library" '
    'library:name="Standard" library:readonly="false" library:passwordprotected="false">'
    '<library:element library:name="Engross"/></library:library>'
)
_LIBRARIES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<library:libraries xmlns:library="http://openoffice.org/2000/library" '
    'xmlns:xlink="http://www.w3.org/1999/xlink">'
    '<library:library library:name="Standard" library:link="false"/></library:libraries>'
)


class Answer(NamedTuple):
    """What LibreOffice makes of a file: its lines, and the file as it saves it.

    The lines are without those that we put before a table and at the end, which say nothing.
    """

    accepted: list[str]
    rejected: list[str]
    saved: bytes


def find() -> str | None:
    """Return the path of LibreOffice; None where it is not installed."""
    return shutil.which("soffice")


def needed() -> str:
    """Return the path of LibreOffice; without it the test is skipped, but fails in CI."""
    if program := find():
        return program
    if IN_CI:
        pytest.fail(WHY_NONE)
    pytest.skip(WHY_NONE)


def asked(files: Mapping[str, bytes]) -> dict[str, Answer]:
    """Return LibreOffice's answer on every Word file, by its name: letters, digits and hyphens."""
    program = needed()
    with tempfile.TemporaryDirectory() as held:
        folder, profile = Path(held, "files"), Path(held, "profile")
        folder.mkdir()
        for name, content in files.items():
            (folder / f"{name}.docx").write_bytes(content)
        start = [program, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
        # The first start of a profile lays an empty library over any that is there.
        _run([*start, "--terminate_after_init"], folder)
        _put_macro(profile)
        _run([*start, "macro:///Standard.Engross.Main"], folder)
        return {name: _answer(folder / f"{name}.docx") for name in files}


def _run(command: list[str], folder: Path) -> None:
    environment = {**os.environ, "ENGROSS_WORD_FILES": str(folder)}
    done = subprocess.run(
        command, env=environment, timeout=_SECONDS, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def _put_macro(profile: Path) -> None:
    standard = profile / "user" / "basic" / "Standard"
    standard.mkdir(parents=True, exist_ok=True)
    (standard / "Engross.xba").write_text(_MODULE.format(escape(_BASIC)), encoding="utf-8")
    (standard / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    (standard.parent / "script.xlc").write_text(_LIBRARIES, encoding="utf-8")


def _answer(path: Path) -> Answer:
    def part(ending: str) -> bytes:
        return path.with_name(path.name + ending).read_bytes()

    accepted, rejected = (
        part(ending).decode("utf-8").split("\x1e")[:-1] for ending in (".accepted", ".rejected")
    )
    return Answer(accepted, rejected, part(".saved"))
