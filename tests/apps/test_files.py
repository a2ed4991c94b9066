"""Stored files: what is taken in, what is refused, and how they are sent."""

import io
import struct
import zipfile
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from engross.apps.accounts.models import User
from engross.apps.audit.models import Event
from engross.apps.files import commands
from engross.apps.files.commands import Belonging, delete_strays, store_file, withdraw_file
from engross.apps.files.models import ReadLog, StoredFile
from engross.apps.registers.registers import register_named
from engross.core.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2021, 10, 1, 9, tzinfo=UTC)
HTML = b"<!doctype html><script>alert(1)</script>"


def chunk(kind, content):
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\0\0"))
    + chunk(b"IEND", b"")
)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n0\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\0" * 40 + b"\xff\xd9"


def archive(*names, size=1):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, b"0" * size)
    return content.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Keep files in a folder of the test's own."""
    own = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": own}
    return tmp_path


def left_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def store(name, content, *, paper_class="white", declared="", **belonging):
    return store_file(
        io.BytesIO(content), name=name, paper_class=paper_class, declared_type=declared,
        belonging=Belonging(**belonging), by=None, at=AT,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "sent_as"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.png", PNG, "image/png"),
        ("a.JPEG", JPEG, "image/jpeg"),
        ("a.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.zip", archive("b/c.txt"), "application/zip"),
        ("a.csv", "proposal,Größe\nMP078,2\n".encode(), "text/csv; charset=utf-8"),
        ("a.txt", b"1 < 2 and <b> is no tag here", "text/plain; charset=utf-8"),
    ],
)
def test_what_is_what_it_says_is_kept_and_sent_to_be_kept(client, name, content, sent_as):
    stored = store(name, content)
    answer = client.get(f"/files/{stored.key}/{stored.name}")
    assert b"".join(answer) == content
    assert answer["Content-Type"] == sent_as
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    again = client.get(answer.request["PATH_INFO"], headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("name", "content", "declared", "why"),
    [
        ("a.exe", b"MZ", "", "not taken"),
        ("a.html", HTML, "", "not taken"),
        ("a.svg", b"<svg/>", "", "not taken"),
        ("paper.pdf.exe", PDF, "", "not taken"),
        ("a", PDF, "", "not taken"),
        ("a.pdf", b"", "", "empty"),
        ("a.png", HTML, "", "something else"),
        ("a.png", PNG + HTML, "", "follows its end"),
        ("a.jpg", JPEG + HTML, "", "follows its end"),
        ("a.pdf", PDF + HTML, "", "follows its end"),
        ("a.pdf", PDF, "text/html", "was sent as text/html"),
        ("a.pdf", PNG, "", "something else"),
        ("a.docx", archive("x"), "", "something else"),
        ("a.docx", DOCX + b"junk" * 30_000, "", "cannot be read"),
        ("a.docx", archive("word/document.xml", "word/vbaProject.bin"), "", "macros"),
        ("a.zip", archive("../../etc/passwd"), "", "outside its own folder"),
        ("a.txt", b" \n<!DOCTYPE html><p>", "", "page of the web"),
        ("a.csv", b"\xef\xbb\xbf<html>", "", "page of the web"),
        ("a.csv", b"a,b\n\xff\xfe", "", "UTF-8"),
        ("a.txt", b"a\x00b", "", "no text has"),
        ("a.txt", "é".encode()[:1], "", "within a character"),
    ],
)
def test_what_lies_about_itself_is_refused_and_leaves_nothing(folder, name, content, declared, why):
    with pytest.raises(Refused, match=why):
        store(name, content, declared=declared)
    assert not left_in(folder)
    assert not StoredFile.objects.exists()


def test_a_bomb_is_not_unpacked():
    stored = store("a.zip", archive("zeros", size=50_000_000))
    assert stored.size < 100_000


def test_a_file_that_is_too_large_is_refused(settings, folder):
    settings.ENGROSS_LARGEST_FILE = 100
    with pytest.raises(Refused, match="larger than"):
        store("a.txt", b"a" * 101)
    assert not left_in(folder)


def test_a_class_that_the_code_does_not_have_is_refused(folder):
    with pytest.raises(Refused, match="no class 'ultraviolet'"):
        store("a.pdf", PDF, paper_class="ultraviolet")
    assert not left_in(folder)


def test_an_upload_that_fails_late_leaves_nothing(folder, monkeypatch):
    def fail(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "record_event", fail)
    with pytest.raises(KeyboardInterrupt):
        store("a.pdf", PDF)
    assert not left_in(folder)
    assert not StoredFile.objects.exists()


def test_what_a_killed_upload_left_is_swept_up(folder):
    kept = store("a.pdf", PDF)
    default_storage.save("stored/stray.pdf", io.BytesIO(PDF))
    now = datetime.now(tz=UTC)
    assert delete_strays(at=now) == 0
    assert delete_strays(at=now + timedelta(hours=2)) == 1
    assert [path.name for path in left_in(folder)] == [f"{kept.key}.pdf"]


def test_a_withdrawn_file_is_not_there(client):
    stored = store("a.pdf", PDF)
    withdraw_file(stored, by=None, at=AT, reason="The wrong one")
    assert client.get(f"/files/{stored.key}/a.pdf").status_code == 404
    assert Event.objects.filter(action="file.withdraw").count() == 1


@pytest.mark.parametrize("name", ["other.pdf", "..%2f..%2fetc%2fpasswd", "a%0d%0aX: y"])
def test_an_address_with_another_name_leads_to_the_files_own(client, name):
    stored = store("a.pdf", PDF)
    answer = client.get(f"/files/{stored.key}/{name}")
    assert answer.status_code in {302, 404}
    assert answer.get("Location", "") in {"", f"/files/{stored.key}/a.pdf"}
    hidden = store("a.pdf", PDF, paper_class="red")
    assert client.get(f"/files/{hidden.key}/{name}").status_code == 404


def staff_client():
    user = User.objects.create_user("secretary@example.org", None, is_staff=True)
    TOTP.activate(user, generate_totp_secret())
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


class TestUploading:
    @pytest.fixture
    def place(self):
        factories.party("P1", category="large-suppliers")
        factories.market_entry("P1", "srept", "2021-08-01")
        row = register_named("market-entry").model.objects.get()
        return f"/registers/market-entry/{row.entry}/"

    def give(self, client, place, *, name="a.pdf", content=PDF, sent_as="application/pdf",
             paper_class="amber"):  # fmt: skip
        file = SimpleUploadedFile(name, content, content_type=sent_as)
        return client.post(f"{place}files/add/", {"file": file, "paper_class": paper_class})

    def test_staff_add_a_file_that_is_the_partys_own(self, place, client):
        staff = staff_client()
        assert self.give(staff, place, name="../../x\u202e.pdf").status_code == 302
        stored = StoredFile.objects.get()
        assert (stored.name, stored.party, stored.paper_class) == ("x.pdf", "P1", "amber")
        assert b"x.pdf" in staff.get(place).content
        address = f"/files/{stored.key}/x.pdf"
        assert staff.get(address).status_code == 200
        assert client.get(address).status_code == 404
        assert ReadLog.objects.filter(kind="file").count() == 1

    @pytest.mark.parametrize(
        "given",
        [
            {"paper_class": "ultraviolet"},
            {"paper_class": ""},
            {"content": HTML},
            {"sent_as": "text/html"},
            {"name": "a.pdf.exe"},
        ],
    )
    def test_what_is_forged_is_refused_with_a_reason(self, place, folder, given):
        answer = self.give(staff_client(), place, **given)
        assert answer.status_code == 422
        assert b"error" in answer.content
        assert not left_in(folder)

    def test_nobody_else_sets_a_class(self, place, client):
        assert self.give(client, place).status_code == 302
        client.force_login(User.objects.create_user("someone@example.org", None))
        assert self.give(client, place).status_code == 403
        assert not StoredFile.objects.exists()

    def test_an_upload_cut_off_in_the_middle_leaves_nothing(self, place, folder):
        class CutOff(io.BytesIO):
            def read(self, size=-1):
                if self.tell() > 60_000:
                    raise OSError("the connection was lost")
                return super().read(min(size, 30_000) if size > 0 else 30_000)

        boundary = "frontier"
        body = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        ).encode() + PDF * 5_000
        answer = staff_client().post(
            f"{place}files/add/",
            body,
            content_type=f"multipart/form-data; boundary={boundary}",
            **{"wsgi.input": CutOff(body), "CONTENT_LENGTH": len(body) * 2},
        )
        assert answer.status_code >= 400
        assert not left_in(folder)
        assert not StoredFile.objects.exists()


class TestNaming:
    @pytest.fixture
    def place(self):
        factories.meeting("SSC_1", "ssc", "2021-09-22")
        factories.record("papers", [{"reference": "SSC_01_2209_01", "meeting": "SSC_1",
                                     "title": "A Red paper", "paper_class": "red"}])  # fmt: skip
        return f"/registers/papers/{register_named('papers').model.objects.get().entry}/"

    def test_staff_say_who_is_named_and_they_read_it(self, place, client):
        person = User.objects.create_user("named@example.org", None)
        client.force_login(person)
        staff = staff_client()
        assert client.get(place).status_code == 404
        for written, status in (("Named@example.org\n", 200), ("", 404)):
            assert staff.post(f"{place}named/", {"persons": written}).status_code == 302
            answer = client.get(place)
            assert answer.status_code == status
            assert (b"This page is Red" in answer.content) == (status == 200)
        assert Event.objects.filter(action__startswith="reader.").count() == 2

    def test_an_address_that_nobody_signs_in_with_is_refused(self, place):
        answer = staff_client().post(f"{place}named/", {"persons": "nobody@example.org"})
        assert answer.status_code == 422
        assert b"Nobody signs in with nobody@example.org" in answer.content

    def test_a_command_that_exports_is_written_down_as_a_reader(self, place, tmp_path):
        from engross.cli import main

        out = tmp_path / "papers.csv"
        main(["export", "papers", "--out", str(out)], standalone_mode=False)
        assert "A Red paper" in out.read_text()
        read = ReadLog.objects.get()
        assert (read.person, read.kind, read.source) == (None, "papers", "command")
