"""A generated file that no longer is what its generator prints is told."""

from tools import check_generated


def generator(tmp_path, text):
    (tmp_path / "names_of_things.py").write_text(f"print({text!r})\n")
    return {"docs/names.md": ["names_of_things"]}


def test_a_file_is_written_and_then_fresh_until_its_generator_changes(tmp_path, capsys):
    generated = generator(tmp_path, "one")
    assert check_generated.main([], generated, tmp_path) == 1
    assert check_generated.main(["--write"], generated, tmp_path) == 0
    assert (tmp_path / "docs/names.md").read_text() == "one\n"
    assert check_generated.main([], generated, tmp_path) == 0

    # Of another length: Python tells a changed module by its size and the second it was written.
    generator(tmp_path, "three")
    assert check_generated.main([], generated, tmp_path) == 1
    assert "+three" in capsys.readouterr().out


def test_a_generator_that_breaks_is_a_fault_and_writes_nothing(tmp_path, capsys):
    generated = {"docs/names.md": ["no_such_generator"]}
    assert check_generated.main(["--write"], generated, tmp_path) == 1
    assert not (tmp_path / "docs/names.md").exists()
    assert "no_such_generator" in capsys.readouterr().out
