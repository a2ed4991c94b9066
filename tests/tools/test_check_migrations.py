"""The check that a migration leaves the version before running."""

import pytest

from tools.check_migrations import faults_in, main


@pytest.mark.parametrize(
    "operation",
    [
        'migrations.RemoveField("event", "source")',
        'migrations.RenameField("event", "a", "b")',
        'migrations.DeleteModel("Event")',
        'migrations.AddField("event", "rule", models.CharField(max_length=9))',
        'migrations.AddField(model_name="e", name="r", field=models.TextField(null=False))',
    ],
)
def test_what_the_version_before_does_not_survive_is_found(operation):
    assert [line for line, _ in faults_in(f"x = [\n{operation}]")] == [2]
    assert not list(faults_in(f'TAKES_AWAY = "unused since 0.4"\nx = [{operation}]'))


@pytest.mark.parametrize(
    "operation",
    [
        'migrations.AddField("event", "rule", models.CharField(max_length=9, null=True))',
        'migrations.AddField("event", "rule", models.JSONField(default=dict))',
        'migrations.AddField("event", "people", models.ManyToManyField("User"))',
        'migrations.CreateModel("Event", fields=[])',
        'migrations.CreateModel(name="Event", fields=[]), migrations.AddField('
        'model_name="event", name="by", field=models.ForeignKey("User"))',
    ],
)
def test_what_it_survives_is_let_through(operation):
    assert not list(faults_in(f"x = [{operation}]"))


def test_our_own_migrations_pass():
    assert main() == 0
