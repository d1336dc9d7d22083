"""An approval's `version` is called so in both wings. Its column stays as it is."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0001_initial"),
        ("plans", "0020_round_is_called_uppfoljning"),
    ]

    operations = [
        migrations.AlterField(
            model_name="approval",
            name="plan_version",
            field=models.PositiveIntegerField(
                db_column="plan_version", default=1, verbose_name="version"
            ),
        ),
        migrations.RenameField(model_name="approval", old_name="plan_version", new_name="version"),
        migrations.AlterField(
            model_name="approval",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.party",
                verbose_name="part",
            ),
        ),
    ]
