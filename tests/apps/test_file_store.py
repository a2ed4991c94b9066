"""Files are kept, sent, listed and deleted alike in a folder and in a bucket that speaks S3."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from engross.adapters.backups import opened_backup
from engross.apps.exchange.commands import bulk
from engross.apps.exchange.models import BulkFile
from engross.apps.exchange.queries import datasets
from engross.apps.files.commands import Belonging, delete_strays, store_file, withdraw_file
from engross.apps.files.models import StoredFile
from engross.apps.files.queries import stored_names
from engross.apps.operations.commands import backing_up, restoring
from engross.apps.operations.queries import troubles
from engross.config.storage import storage_of
from tests import factories
from tests.support.s3_fake import fake_s3

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n0\n%%EOF\n"
NAMES = ["bulk/a.csv", "paper.pdf", "stored/a.pdf", "stored/b.pdf", "stored/c/d.pdf"]


@pytest.fixture(scope="module")
def server():
    """Serve one bucket to all tests."""
    with fake_s3() as made:
        yield made


@pytest.fixture
def bucket(server, settings, tmp_path):
    """Keep files in a bucket, empty to begin with."""
    fake, url = server
    fake.objects.clear()
    fake.is_broken = False
    settings.STORAGES = {**settings.STORAGES, "default": storage_of(url, folder=tmp_path)}
    return fake


@pytest.fixture(params=["folder", "bucket"])
def kept_in(request, settings, tmp_path):
    """Keep files in each place in turn, as its STORAGE_URL says."""
    if request.param == "bucket":
        return request.getfixturevalue("bucket")
    settings.STORAGES = {**settings.STORAGES, "default": storage_of("", folder=tmp_path / "files")}
    return None


def stored(name="paper.pdf", *, paper_class="white"):
    return store_file(
        io.BytesIO(PDF), name=name, paper_class=paper_class, declared_type="application/pdf",
        belonging=Belonging(), by=None, at=timezone.now(),
    )  # fmt: skip


def save(name, content=PDF):
    assert default_storage.save(name, io.BytesIO(content)) == name


@pytest.mark.usefixtures("kept_in")
def test_a_file_is_kept_and_sent_to_whom_its_class_reaches(client):
    file, other = stored(), stored(paper_class="red")
    assert file.content.name != other.content.name
    answer = client.get(f"/files/{file.key}/{file.name}")
    assert b"".join(answer) == PDF
    assert int(answer["Content-Length"]) == len(PDF)
    assert answer["Content-Type"] == "application/pdf"
    assert client.get(f"/files/{other.key}/{other.name}").status_code == 404

    withdraw_file(file, by=None, at=timezone.now(), reason="Sent by mistake")
    assert client.get(f"/files/{file.key}/{file.name}").status_code == 404
    assert default_storage.exists(file.content.name)


@pytest.mark.usefixtures("kept_in")
def test_nothing_is_written_over():
    save("paper.pdf", b"first")
    second = default_storage.save("paper.pdf", io.BytesIO(b"second"))
    assert second != "paper.pdf"
    assert default_storage.open("paper.pdf").read() == b"first"
    assert default_storage.open(second).read() == b"second"


@pytest.mark.usefixtures("kept_in")
def test_a_backup_brings_back_every_file_of_any_folder(monkeypatch, tmp_path):
    # Its other half, the database, needs one that is not in the memory of this process.
    for kind in ("tables", "sqlite"):
        monkeypatch.setattr(backing_up, f"_add_{kind}", lambda writer, about: None)
    assert list(stored_names()) == []
    for name in NAMES:
        save(name, name.encode())
    backing_up.write_backup(tmp_path / "backup.zip", at=timezone.now())
    for name in NAMES[1:]:
        default_storage.delete(name)

    with opened_backup(tmp_path / "backup.zip") as backup:
        assert backup.names == [f"files/{name}" for name in NAMES]
        for name in backup.names:
            restoring._restore_file(backup, name)
    assert sorted(stored_names()) == NAMES
    assert [default_storage.open(name).read().decode() for name in NAMES] == NAMES


@pytest.mark.usefixtures("kept_in")
def test_what_an_upload_left_that_was_killed_is_deleted_in_time():
    assert delete_strays(at=timezone.now()) == 0
    file, now = stored(), timezone.now()
    save("stored/left-over.pdf")
    assert delete_strays(at=now) == 0
    assert delete_strays(at=now + timedelta(hours=2)) == 1
    assert list(stored_names()) == [file.content.name]


@pytest.mark.usefixtures("kept_in")
def test_bulk_files_are_sent_and_replaced(client, monkeypatch):
    few = {"parties": datasets()["parties"]}
    monkeypatch.setattr(bulk, "datasets", lambda: few)
    now = timezone.now()
    bulk.remake_bulk_files(at=now)
    before = set(BulkFile.objects.values_list("place", flat=True))
    factories.party("SEC01", name="Northwind", category="small-suppliers")
    bulk.remake_bulk_files(at=now)
    answer = client.get("/bulk/parties.csv")
    assert b"Northwind" in b"".join(answer)
    after = set(BulkFile.objects.values_list("place", flat=True))
    assert set(stored_names()) == before | after

    assert bulk.delete_old_files(at=now + timedelta(hours=2)) == len(before)
    assert set(stored_names()) == after

    default_storage.delete(BulkFile.objects.get(name="parties", form="csv").place)
    assert client.get("/bulk/parties.csv").status_code == 404


@pytest.mark.usefixtures("kept_in")
def test_a_file_is_not_left_behind_when_its_row_cannot_be_written(monkeypatch):
    def refuse(**fields):
        raise RuntimeError("no room")

    monkeypatch.setattr(StoredFile.objects, "create", refuse)
    with pytest.raises(RuntimeError):
        stored()
    assert list(stored_names()) == []


def test_a_bucket_that_does_not_answer_hinders_the_site(bucket):
    assert "The file store does not answer" not in troubles(at=timezone.now()).hinder
    bucket.is_broken = True
    assert "The file store does not answer" in troubles(at=timezone.now()).hinder
