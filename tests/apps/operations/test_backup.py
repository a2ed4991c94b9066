"""A backup holds everything, is proved to the byte, and fills an empty place or nothing."""

import json
import zipfile

import pytest

from engross.adapters.backups import MANIFEST, opened_backup
from engross.apps.operations.commands import restore_backup
from engross.core.refusals import Refused
from tests.support.deployment import ON_POSTGRES, ROOT, on_tested_database

# All of them, or `kept` would be made twice: those that need a database come first.
pytestmark = pytest.mark.django_db


EXPORT = ("export", "--format", "csv", "--all")
STAFF = ("--email", "second@example.org", "--name", "Two", "--password", "quite-long-words-4")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Return a deployment with the fictional code's records, a backup and an export of it."""
    folder = tmp_path_factory.mktemp("kept")
    deployment = on_tested_database(folder / "var", "engross_backed_up")
    stored = folder / "var" / "files" / "aa"
    stored.mkdir(parents=True)
    (stored / "paper.pdf").write_bytes(b"%PDF-1.7 a paper")
    backup, exported = folder / "backup.zip", folder / "then"
    told = deployment.must_each(
        ("import", ROOT / "demo" / "example"), ("backup", backup), (*EXPORT, exported)
    )
    assert "read back and proved" in told[1]
    return deployment, backup, exported


def files_in(folder):
    """Return what a folder's files hold, by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def rewritten(backup, path, change):
    """Copy a backup with its manifest changed."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == MANIFEST:
                content = json.dumps(change(json.loads(content))).encode()
            new.writestr(name, content)
    return path


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


def test_what_does_not_count_up_leaves_the_place_empty_and_what_was_kept_then_fills_it(
    kept, tmp_path
):
    def miscounted(told):
        return told | {"rows": {**told["rows"], "audit_event": 1}, "audit_head": "1:x"}

    _, backup, exported = kept
    odd = rewritten(backup, tmp_path / "odd.zip", miscounted)
    place = on_tested_database(tmp_path / "var", "engross_restored", has_tables=False)
    refused = place.run("restore", odd)
    assert refused.returncode == 1
    assert "audit_event has" in refused.stderr
    assert "The audit ends at" in refused.stderr

    # It goes on from there: ids continue after those restored.
    now = tmp_path / "now"
    commands = (("restore", backup), (*EXPORT, now), ("audit", "verify"), ("staff", "add", *STAFF))
    told = place.must_each(*commands)
    assert "counted and proved" in told[0]
    assert files_in(now) == files_in(exported)
    assert "none edited" in told[2]
    assert (tmp_path / "var/files/aa/paper.pdf").read_bytes() == b"%PDF-1.7 a paper"

    again = place.run("restore", backup)
    assert again.returncode == 1
    assert "something in this database already" in again.stderr


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
    deployment, *_ = kept
    (deployment.folder / "files" / "bb").symlink_to(tmp_path / "nowhere")
    try:
        assert deployment.run("backup", tmp_path / "b.zip").returncode == 1
    finally:
        (deployment.folder / "files" / "bb").unlink()
    assert list(tmp_path.iterdir()) == []
