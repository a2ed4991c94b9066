import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("legaltext", "0005_words_are_one_language"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="recording",
            name="recording_kind_is_known",
        ),
        migrations.AddField(
            model_name="recording",
            name="withdrawn_by",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="withdraws",
                to="legaltext.recording",
            ),
        ),
        migrations.AlterField(
            model_name="recording",
            name="kind",
            field=models.CharField(
                choices=[
                    ("import", "Import"),
                    ("publication", "Publication"),
                    ("correction", "Correction"),
                    ("withdrawal", "Withdrawal"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="recording",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["import", "publication", "correction", "withdrawal"])
                ),
                name="recording_kind_is_known",
            ),
        ),
    ]
