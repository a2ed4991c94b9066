import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("legaltext", "0006_versions_can_be_withdrawn"),
        ("proposals", "0001_registers_begin"),
        ("registers", "0001_registers_begin"),
        ("releases", "0003_change_sets_have_a_class"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AcceptedFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField()),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="CompositionFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("finding", models.CharField(max_length=40)),
                ("about", models.CharField(max_length=20)),
                ("document", models.CharField(max_length=120)),
                ("address", models.CharField(max_length=300)),
                ("what", models.TextField()),
                ("remedy", models.TextField()),
                ("found_at", models.DateTimeField()),
                ("gone_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ScopeEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entry", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("recorded_at", models.DateTimeField(editable=False)),
                ("superseded_at", models.DateTimeField(editable=False, null=True)),
                ("reason", models.TextField(blank=True, editable=False)),
                ("basis", models.CharField(default="record", editable=False, max_length=20)),
                ("haystack", models.TextField(blank=True, editable=False)),
                ("is_in", models.BooleanField(default=True)),
                ("decided_on", models.DateField()),
                ("body", models.CharField(max_length=60)),
                ("note", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="changeset",
            name="part_of",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="releases.changeset",
            ),
        ),
        migrations.AddField(
            model_name="changeset",
            name="parted_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="changeset",
            name="tranche",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="composition",
            name="findings_left",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="composition",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="composition",
            name="withdrawn_because",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="composition",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="changeset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("part_of__isnull", True), ("tranche__isnull", True)),
                    models.Q(("part_of__isnull", False), ("tranche__gte", 1)),
                    _connector="OR",
                ),
                name="changeset_part_has_a_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="changeset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parted_at__isnull", True), ("published_in__isnull", True), _connector="OR"
                ),
                name="changeset_parted_is_not_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="changeset",
            constraint=models.UniqueConstraint(
                fields=("part_of", "tranche"), name="changeset_one_of_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="composition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_version__isnull", True), ("findings_left", 0), _connector="OR"
                ),
                name="composition_published_is_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="composition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    models.Q(
                        ("published_version__isnull", False),
                        models.Q(("withdrawn_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="composition_withdrawal_says_why",
            ),
        ),
        migrations.AddField(
            model_name="acceptedfinding",
            name="made_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="compositionfinding",
            name="composition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="releases.composition",
            ),
        ),
        migrations.AddField(
            model_name="acceptedfinding",
            name="finding",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="accepted",
                to="releases.compositionfinding",
            ),
        ),
        migrations.AddField(
            model_name="scopeentry",
            name="import_run",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registers.importrun",
            ),
        ),
        migrations.AddField(
            model_name="scopeentry",
            name="proposal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scope_entries",
                to="proposals.proposal",
            ),
        ),
        migrations.AddField(
            model_name="scopeentry",
            name="recorded_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="scopeentry",
            name="release",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scope_entries",
                to="releases.release",
            ),
        ),
        migrations.AddConstraint(
            model_name="compositionfinding",
            constraint=models.UniqueConstraint(
                fields=("composition", "finding"), name="compositionfinding_found_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="acceptedfinding",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="acceptedfinding_says_why"
            ),
        ),
        migrations.AddIndex(
            model_name="scopeentry",
            index=models.Index(fields=["entry", "recorded_at"], name="scopeentry_entry"),
        ),
        migrations.AddConstraint(
            model_name="scopeentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=("entry",),
                name="scopeentry_one_live_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="scopeentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("superseded_at__isnull", True),
                    ("superseded_at__gte", models.F("recorded_at")),
                    _connector="OR",
                ),
                name="scopeentry_recorded_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="scopeentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=("release", "proposal", "decided_on"),
                name="scopeentry_live_key",
            ),
        ),
    ]
