import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0004_proposals_are_found_in_order"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ProblemStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("problem", models.TextField()),
                ("affected", models.JSONField(default=list)),
                ("proposer", models.CharField(blank=True, max_length=200)),
                ("proposer_category", models.CharField(blank=True, max_length=60)),
                ("state", models.CharField(default="waiting", max_length=20)),
                ("submitted_on", models.DateField()),
                ("submitted_at", models.DateTimeField()),
                ("comments", models.TextField(blank=True)),
                ("commented_at", models.DateTimeField(null=True)),
                ("token", models.UUIDField(unique=True)),
                (
                    "commented_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statement",
                        to="proposals.proposal",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("waiting", "commented", "raised", "ended"))
                        ),
                        name="problemstatement_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "raised"), _negated=True),
                            ("proposal__isnull", False),
                            _connector="OR",
                        ),
                        name="problemstatement_raised_has_its_proposal",
                    ),
                ],
            },
        ),
    ]
