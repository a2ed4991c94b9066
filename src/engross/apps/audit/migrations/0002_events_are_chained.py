"""Events become links of a chain; the database refuses to change what a hash covers."""

from django.db import migrations, models

FIXED = ("id", "happened_at", "by_id", "action", "rule", "digests", "previous", "hash")

REFUSAL = "Events are added, never changed"


def _fix(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        _fix_on_postgres(schema_editor)
    else:
        differs = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FIXED)
        schema_editor.execute(
            f"CREATE TRIGGER audit_event_fixed BEFORE UPDATE ON audit_event WHEN {differs} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def _fix_on_postgres(schema_editor):
    # jsonb is compared by value, as is everything else here.
    differs = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in FIXED)
    schema_editor.execute(
        "CREATE FUNCTION audit_event_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    schema_editor.execute(
        f"CREATE TRIGGER audit_event_fixed BEFORE UPDATE ON audit_event FOR EACH ROW "
        f"WHEN ({differs}) EXECUTE FUNCTION audit_event_is_fixed()"
    )
    schema_editor.execute(
        "CREATE TRIGGER audit_event_stays BEFORE DELETE ON audit_event FOR EACH ROW "
        "EXECUTE FUNCTION audit_event_is_fixed()"
    )


def _loosen(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER IF EXISTS audit_event_stays ON audit_event")
        schema_editor.execute("DROP TRIGGER IF EXISTS audit_event_fixed ON audit_event")
        schema_editor.execute("DROP FUNCTION IF EXISTS audit_event_is_fixed()")
    else:
        schema_editor.execute("DROP TRIGGER IF EXISTS audit_event_fixed")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_registers_begin")]

    operations = [
        migrations.AlterModelOptions(name="event", options={"ordering": ("-id",)}),
        migrations.AlterField(
            model_name="event",
            name="id",
            field=models.BigIntegerField(primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name="event",
            name="action",
            field=models.CharField(
                db_index=True, help_text="Such as 'register.import'.", max_length=60
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="subject",
            field=models.CharField(db_index=True, help_text="What it was done to.", max_length=200),
        ),
        migrations.AddField(
            model_name="event",
            name="rule",
            field=models.CharField(
                blank=True, default="", help_text="By what right it was done.", max_length=120
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="event",
            name="source",
            field=models.CharField(
                blank=True, default="", help_text="From where it was done.", max_length=200
            ),
            preserve_default=False,
        ),
        migrations.AddField("event", "before", models.JSONField(blank=True, null=True)),
        migrations.AddField("event", "after", models.JSONField(blank=True, null=True)),
        migrations.AddField("event", "salts", models.JSONField(default=dict)),
        migrations.AddField("event", "digests", models.JSONField(default=dict)),
        migrations.AddField(
            "event",
            "erased",
            models.JSONField(default=list, help_text="The fields that were emptied since."),
        ),
        migrations.AddField(
            model_name="event",
            name="previous",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="event",
            name="hash",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(_fix, _loosen),
    ]
