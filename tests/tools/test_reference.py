"""The references tell what the code declares, and fail when something is left untold."""

from tools import reference_settings
from tools.reference_parts import table


def test_every_setting_that_the_code_reads_is_told(capsys):
    assert reference_settings.main() == 0
    page = capsys.readouterr().out
    assert "| `ENGROSS_CODE` |" in page
    assert "| `DATABASE_URL` |" in page


def test_a_setting_without_a_meaning_is_a_fault(monkeypatch, capsys):
    monkeypatch.delitem(reference_settings.MEANINGS, "ENGROSS_CODE")
    assert reference_settings.main() == 1
    assert "ENGROSS_CODE" in capsys.readouterr().err


def test_a_meaning_without_a_setting_is_a_fault(monkeypatch, capsys):
    monkeypatch.setitem(reference_settings.MEANINGS, "ENGROSS_GONE", ("Nothing", ""))
    assert reference_settings.main() == 1
    assert "ENGROSS_GONE" in capsys.readouterr().err


def test_settings_are_found_however_they_are_read(tmp_path):
    (tmp_path / "some.py").write_text(
        'one = env.bool("ENGROSS_ONE", default=False)\n'
        'two = os.environ.get("ENGROSS_TWO")\n'
        'three = env.str("ENGROSS_THREE", default=str(computed))\n'
        'other = table.get("NOT_A_SETTING")\n'
    )
    assert reference_settings.variables(tmp_path) == {
        "ENGROSS_ONE": "False",
        "ENGROSS_THREE": "",
        "ENGROSS_TWO": "",
    }


def test_a_table_survives_bars_and_line_breaks_in_a_cell():
    assert table(("A",), [("one | two\nthree",)])[-1] == r"| one \| two three |"
