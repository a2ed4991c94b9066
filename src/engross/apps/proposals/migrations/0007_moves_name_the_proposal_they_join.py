"""A move names the other proposal into which it puts its own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0006_solutions_costs_and_documents_begin"),
    ]

    operations = [
        migrations.AddField(
            model_name="movemade",
            name="into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moves_joining",
                to="proposals.proposal",
            ),
        ),
    ]
