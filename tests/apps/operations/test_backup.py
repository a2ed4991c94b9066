"""A backup holds everything, is proved to the byte, and fills an empty place or nothing."""

import json
import zipfile

import pytest

from engross.adapters.backups import MANIFEST, opened_backup
from engross.apps.operations.commands import restore_backup
from engross.core.refusals import Refused
from tests.support.deployment import ON_POSTGRES, ROOT, on_tested_database


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Return a deployment with the fictional code's records, and a backup of it."""
    folder = tmp_path_factory.mktemp("kept")
    deployment = on_tested_database(folder / "var", "engross_backed_up")
    deployment.must("import", ROOT / "demo" / "example")
    stored = folder / "var" / "files" / "aa"
    stored.mkdir(parents=True)
    (stored / "paper.pdf").write_bytes(b"%PDF-1.7 a paper")
    return deployment, deployment_backup(deployment, folder / "backup.zip")


def deployment_backup(deployment, path):
    assert "read back and proved" in deployment.must("backup", path)
    return path


def exported(deployment, folder):
    """Return every register's rows as files, by name."""
    deployment.must("export", "--all", folder, "--format", "csv")
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_what_is_restored_is_what_was_kept(kept, tmp_path):
    deployment, backup = kept
    restored = on_tested_database(tmp_path / "var", "engross_restored")
    assert "counted and proved" in restored.must("restore", backup)

    assert exported(restored, tmp_path / "now") == exported(deployment, tmp_path / "then")
    assert "none edited" in restored.must("audit", "verify")
    assert (tmp_path / "var/files/aa/paper.pdf").read_bytes() == b"%PDF-1.7 a paper"
    # It goes on from there: ids continue after those restored.
    staff = (
        "--email",
        "second@example.org",
        "--name",
        "Second",
        "--password",
        "quite-long-words-4",
    )
    restored.must("staff", "add", *staff)

    again = restored.run("restore", backup)
    assert again.returncode == 1
    assert "something in this database already" in again.stderr


def rewritten(backup, path, change):
    """Copy a backup with its manifest changed."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == MANIFEST:
                content = json.dumps(change(json.loads(content))).encode()
            new.writestr(name, content)
    return path


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"code": "other"}, "of the code other"),
        ({"format": "x"}, "not of the form"),
        ({"database": "another"}, "The backup is of another"),
        ({"migrations": [["audit", "9999_later"]]}, "of a later version"),
        ({"code": "sec"}, "something in this database already"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused(kept, tmp_path, changed, why):
    odd = rewritten(kept[1], tmp_path / "odd.zip", lambda told: told | {"code": "sec"} | changed)
    with pytest.raises(Refused, match=why):
        restore_backup(odd)


def test_what_does_not_count_up_leaves_the_place_empty(kept, tmp_path):
    def miscounted(told):
        return told | {"rows": {**told["rows"], "audit_event": 1}, "audit_head": "1:x"}

    odd = rewritten(kept[1], tmp_path / "odd.zip", miscounted)
    empty = on_tested_database(tmp_path / "var", "engross_refused")
    told = empty.run("restore", odd)

    assert told.returncode == 1
    assert "audit_event has" in told.stderr
    assert "The audit ends at" in told.stderr
    assert "counted and proved" in empty.must("restore", kept[1])


@pytest.mark.parametrize("damage", ["cut", "flipped", "flipped early", "empty", "text"])
def test_a_damaged_backup_is_refused_in_one_line(kept, tmp_path, damage):
    content = bytearray(kept[1].read_bytes())
    if damage.startswith("flipped"):
        content[len(content) // (2 if damage == "flipped" else 3)] ^= 0xFF
    path = tmp_path / "damaged.zip"
    short = {"cut": content[: len(content) // 2], "empty": b"", "text": b"hello"}
    path.write_bytes(short.get(damage, content))
    with pytest.raises(Refused, match=r"^damaged\.zip [^\n]+$"), opened_backup(path):
        pass


@pytest.mark.skipif(ON_POSTGRES, reason="files behave alike on both")
def test_no_name_is_given_to_a_backup_that_was_not_finished(kept, tmp_path):
    deployment, _ = kept
    (deployment.folder / "files" / "bb").symlink_to(tmp_path / "nowhere")
    try:
        assert deployment.run("backup", tmp_path / "b.zip").returncode == 1
    finally:
        (deployment.folder / "files" / "bb").unlink()
    assert list(tmp_path.iterdir()) == []
