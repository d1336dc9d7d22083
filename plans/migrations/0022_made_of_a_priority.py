from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0021_approvals_as_in_reports"),
    ]

    operations = [
        migrations.AddField(
            model_name="action",
            name="priority",
            field=models.UUIDField(
                blank=True, editable=False, null=True, verbose_name="prioritering i lägesbilden"
            ),
        ),
        migrations.AddField(
            model_name="problem",
            name="priority",
            field=models.UUIDField(
                blank=True, editable=False, null=True, verbose_name="prioritering i lägesbilden"
            ),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(fields=["priority"], name="action_priority"),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(fields=["priority"], name="problem_priority"),
        ),
    ]
