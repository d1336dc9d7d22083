from uuid import uuid4

from django.db import migrations, models


def name_each(apps, schema_editor):
    plans = apps.get_model("plans", "Plan").objects
    for pk in plans.values_list("pk", flat=True):
        plans.filter(pk=pk).update(uuid=uuid4())


class Migration(migrations.Migration):
    dependencies = [("plans", "0005_rollover")]

    operations = [
        migrations.AddField(
            "plan", "uuid", models.UUIDField(default=uuid4, editable=False, null=True)
        ),
        migrations.RunPython(name_each, migrations.RunPython.noop),
        migrations.AlterField(
            "plan", "uuid", models.UUIDField(default=uuid4, editable=False, unique=True)
        ),
    ]
