from django.db import migrations, models


class Migration(migrations.Migration):
    """A draft of legal text may be for some readers only, as a paper may."""

    dependencies = [("releases", "0002_text_is_composed")]

    operations = [
        migrations.AddField(
            model_name="changeset",
            name="paper_class",
            field=models.CharField(blank=True, default="", max_length=60),
        ),
    ]
