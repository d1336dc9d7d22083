from uuid import uuid4

from django.db import migrations, models


def name_each(apps, schema_editor):
    entries = apps.get_model("plans", "AgreementParty").objects
    for pk in entries.values_list("pk", flat=True):
        entries.filter(pk=pk).update(uuid=uuid4())


class Migration(migrations.Migration):
    dependencies = [("plans", "0014_extra_is_a_row")]

    operations = [
        migrations.AddField(
            "agreement",
            "version",
            models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
        ),
        migrations.AddField(
            "agreementparty",
            "version",
            models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
        ),
        migrations.AddField(
            "agreementparty", "uuid", models.UUIDField(default=uuid4, editable=False, null=True)
        ),
        migrations.RunPython(name_each, migrations.RunPython.noop),
        migrations.AlterField(
            "agreementparty", "uuid", models.UUIDField(default=uuid4, editable=False)
        ),
        migrations.AddConstraint(
            "agreementparty",
            models.UniqueConstraint(fields=("agreement", "uuid"), name="agreementparty_uuid_once"),
        ),
        migrations.AlterConstraint(
            "agreement",
            "agreement_ends_after_it_begins",
            models.CheckConstraint(
                condition=models.Q(
                    ("period_end__isnull", True),
                    ("period_end__gte", models.F("period_start")),
                    _connector="OR",
                ),
                name="agreement_ends_after_it_begins",
                violation_error_message="Överenskommelsen kan inte sluta innan den börjar.",
            ),
        ),
        migrations.AlterConstraint(
            "agreementparty",
            "agreement_party_once",
            models.UniqueConstraint(
                fields=("agreement", "party"),
                name="agreement_party_once",
                violation_error_message="Parten finns redan i överenskommelsen.",
            ),
        ),
    ]
