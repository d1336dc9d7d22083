# Another kind of dispatch: the parties get a new date to answer by.
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0006_plan_uuid"),
    ]

    operations = [
        migrations.AlterField(
            model_name="dispatch",
            name="kind",
            field=models.CharField(
                choices=[
                    ("samrad", "Skickad på samråd"),
                    ("atertagen", "Återtagen till utkast"),
                    ("svarsdatum", "Nytt svarsdatum"),
                    ("godkannande", "Godkännande mottaget"),
                    ("atersandning", "Återsändning mottagen"),
                    ("beslut", "Beslut registrerat"),
                    ("fil_ut", "Fil lämnad ut"),
                    ("fil_in", "Fil mottagen"),
                    ("lank", "Svar genom länk mottaget"),
                ],
                max_length=20,
                verbose_name="vad",
            ),
        ),
    ]
