from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lagesbild", "0003_comments"),
    ]

    operations = [
        migrations.AlterField(
            model_name="priority",
            name="figure",
            field=models.UUIDField(blank=True, null=True, verbose_name="figur som visar varför"),
        ),
    ]
