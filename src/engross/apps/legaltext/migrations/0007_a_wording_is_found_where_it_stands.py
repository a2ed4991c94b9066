from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("legaltext", "0006_versions_can_be_withdrawn"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(
                condition=models.Q(("recorded_until__isnull", True)),
                fields=["text", "effective_from", "effective_until"],
                name="placement_by_text_now",
            ),
        ),
    ]
