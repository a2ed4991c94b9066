"""The database from which those of the tests are copied has every table and no row."""

from contextlib import closing

from tests.support.prepared import ROOT, connect, copy_file


def test_a_copy_has_run_every_migration_of_ours_and_holds_nothing(tmp_path):
    ours = {
        (path.parents[1].name, path.stem)
        for path in (ROOT / "src/engross/apps").glob("*/migrations/[0-9]*.py")
    }
    with closing(connect(copy_file(tmp_path / "copy.sqlite3"))) as copy:
        assert ours <= set(copy.execute("SELECT app, name FROM django_migrations").fetchall())
        assert copy.execute("SELECT count(*) FROM parties_party").fetchone() == (0,)
        assert copy.execute("SELECT count(*) FROM accounts_user").fetchone() == (0,)
