import uuid
from functools import partial

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def name_each(model, apps, schema_editor):
    rows = apps.get_model("plans", model).objects
    for pk in rows.values_list("pk", flat=True):
        rows.filter(pk=pk).update(uuid=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0001_initial"),
        ("plans", "0016_uploads"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="skapad"
                    ),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="återkallad"),
                ),
            ],
            options={
                "verbose_name": "kalenderadress",
                "verbose_name_plural": "kalenderadresser",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CityRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("T1", "Tertial 1"),
                            ("T2", "Tertial 2"),
                            ("VB", "Verksamhetsberättelse"),
                            ("arlig", "Årlig"),
                            ("egen", "Egen"),
                        ],
                        max_length=10,
                        verbose_name="slag",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="namn")),
                ("reporting_date", models.DateField(verbose_name="avser läget den")),
                ("due_date", models.DateField(verbose_name="svar senast")),
                ("questions", models.TextField(blank=True, verbose_name="frågor")),
                (
                    "opened_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="öppnad"
                    ),
                ),
            ],
            options={
                "verbose_name": "stadens uppföljningsomgång",
                "verbose_name_plural": "stadens uppföljningsomgångar",
                "ordering": ["-reporting_date", "-id"],
            },
        ),
        migrations.CreateModel(
            name="LateAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("action", models.UUIDField(verbose_name="åtgärd")),
                ("typed", models.JSONField(verbose_name="det som skrevs")),
                ("seen", models.PositiveIntegerField(default=0, verbose_name="såg version")),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="när"
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True, verbose_name="avgjord")),
                ("was_let_in", models.BooleanField(default=False, verbose_name="insläppt")),
            ],
            options={
                "verbose_name": "sent svar",
                "verbose_name_plural": "sena svar",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("action", models.UUIDField(db_index=True, verbose_name="åtgärd")),
                ("held_on", models.DateField(verbose_name="möte den")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="rubrik")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="länk")),
                ("file_name", models.CharField(blank=True, max_length=200, verbose_name="fil")),
                (
                    "content_type",
                    models.CharField(blank=True, max_length=100, verbose_name="filtyp"),
                ),
                ("content", models.BinaryField(null=True, verbose_name="innehåll")),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="när"
                    ),
                ),
            ],
            options={
                "verbose_name": "protokoll",
                "verbose_name_plural": "protokoll",
                "ordering": ["held_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("oppnad", "När en uppföljning öppnas"),
                            ("vecka_fore", "En vecka före sista dagen"),
                            ("sista_dagen", "På sista dagen"),
                            ("efter", "När sista dagen har passerat"),
                        ],
                        max_length=20,
                        verbose_name="tillfälle",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="när"
                    ),
                ),
            ],
            options={
                "verbose_name": "påminnelse",
                "verbose_name_plural": "påminnelser",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ReminderChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("occasions", models.JSONField(default=list, verbose_name="påminnelser")),
            ],
            options={
                "verbose_name": "val av påminnelser",
                "verbose_name_plural": "val av påminnelser",
            },
        ),
        migrations.CreateModel(
            name="RoundSnapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "plan_hash",
                    models.CharField(max_length=64, verbose_name="planens kontrollsumma"),
                ),
                ("document", models.BinaryField(verbose_name="dokument (JSON)")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "closed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="stängd"
                    ),
                ),
            ],
            options={
                "verbose_name": "fryst uppföljning",
                "verbose_name_plural": "frysta uppföljningar",
                "ordering": ["closed_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Understanding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("action", models.UUIDField(verbose_name="åtgärd")),
                (
                    "timing_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("datum", "klart ett visst datum"),
                            ("period", "under en tid"),
                            ("aterkommande", "återkommande"),
                            ("lopande", "löpande"),
                            ("vid_behov", "vid behov"),
                            ("linjearbete", "linjearbete"),
                            ("tillsvidare", "tills vidare"),
                        ],
                        max_length=20,
                        verbose_name="slags tid",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="börjar")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="klart senast")),
                ("meetings", models.CharField(blank=True, max_length=200, verbose_name="möten")),
                ("rounds", models.JSONField(blank=True, null=True, verbose_name="följs upp i")),
                ("at", models.DateTimeField(auto_now=True, verbose_name="när")),
            ],
            options={
                "verbose_name": "rättad tolkning",
                "verbose_name_plural": "rättade tolkningar",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="YearDate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="år")),
                (
                    "moment",
                    models.CharField(
                        choices=[
                            ("lagesbild", "Lägesbild"),
                            ("prioriteringar", "Prioriteringar"),
                            ("atgardsplan", "Åtgärdsplan"),
                            ("T1", "Uppföljning tertial 1"),
                            ("T2", "Uppföljning tertial 2"),
                            ("VB", "Uppföljning verksamhetsberättelse"),
                            ("statusrapport", "Statusrapport"),
                            ("overenskommelse", "Översyn av överenskommelsen"),
                        ],
                        max_length=20,
                        verbose_name="moment",
                    ),
                ),
                ("day", models.DateField(verbose_name="senast")),
                ("is_done", models.BooleanField(default=False, verbose_name="klart")),
            ],
            options={
                "verbose_name": "dag i årshjulet",
                "verbose_name_plural": "dagar i årshjulet",
                "ordering": ["day", "id"],
            },
        ),
        migrations.AddField(
            model_name="followup",
            name="is_draft",
            field=models.BooleanField(default=False, verbose_name="utkast"),
        ),
        migrations.AddField(
            model_name="followup",
            name="uuid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.RunPython(partial(name_each, "followup"), migrations.RunPython.noop),
        migrations.AlterField(
            model_name="followup",
            name="uuid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddField(
            model_name="followupround",
            name="parties",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="organisation.party", verbose_name="parter"
            ),
        ),
        migrations.AddField(
            model_name="followupround",
            name="reopened_because",
            field=models.TextField(blank=True, verbose_name="öppnad igen för att"),
        ),
        migrations.AddField(
            model_name="outcome",
            name="uuid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.RunPython(partial(name_each, "outcome"), migrations.RunPython.noop),
        migrations.AlterField(
            model_name="outcome",
            name="uuid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddField(
            model_name="outcome",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
        ),
        migrations.CreateModel(
            name="AnswerLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-postadress")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="skapad"
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="gäller till och med")),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="återkallad"),
                ),
                (
                    "used_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="senast använd"),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.party",
                        verbose_name="part",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="plans.followupround",
                    ),
                ),
            ],
            options={
                "verbose_name": "svarslänk",
                "verbose_name_plural": "svarslänkar",
                "ordering": ["created_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="AnswerChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="nummer")),
                ("turn", models.PositiveIntegerField(verbose_name="tur")),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="när"
                    ),
                ),
                (
                    "op",
                    models.CharField(
                        choices=[
                            ("set", "ändrade"),
                            ("added", "lade till"),
                            ("removed", "tog bort"),
                            ("moved", "flyttade"),
                        ],
                        max_length=10,
                        verbose_name="vad",
                    ),
                ),
                ("kind", models.CharField(max_length=20, verbose_name="slags rad")),
                ("row", models.UUIDField(verbose_name="rad")),
                ("field", models.CharField(blank=True, max_length=40, verbose_name="fält")),
                ("before", models.JSONField(null=True, verbose_name="före")),
                ("after", models.JSONField(null=True, verbose_name="efter")),
                ("undoes", models.PositiveIntegerField(null=True, verbose_name="ångrar")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vem",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="plans.followupround",
                    ),
                ),
                (
                    "through",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.answerlink",
                    ),
                ),
            ],
            options={
                "verbose_name": "ändring i uppföljningen",
                "verbose_name_plural": "ändringar i uppföljningen",
                "ordering": ["number"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="followup",
            name="written_through",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="plans.answerlink",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_draft", False), ("party__isnull", False), _connector="OR"),
                name="follow_up_draft_is_for_a_party",
            ),
        ),
        migrations.AddField(
            model_name="calendaraddress",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="calendar_addresses",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="cityround",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="organisation.municipality",
                verbose_name="stad",
            ),
        ),
        migrations.AddField(
            model_name="cityround",
            name="opened_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="öppnad av",
            ),
        ),
        migrations.AddField(
            model_name="followupround",
            name="city_round",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="plans.cityround",
            ),
        ),
        migrations.AlterConstraint(
            model_name="followupround",
            name="round_name_once",
            constraint=models.UniqueConstraint(
                fields=("period", "name"),
                name="round_name_once",
                violation_error_message="Planen har redan en omgång som heter så.",
            ),
        ),
        migrations.AddField(
            model_name="lateanswer",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="lateanswer",
            name="party",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.party",
            ),
        ),
        migrations.AddField(
            model_name="lateanswer",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="late_answers",
                to="plans.followupround",
            ),
        ),
        migrations.AddField(
            model_name="lateanswer",
            name="through",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="plans.answerlink",
            ),
        ),
        migrations.AddField(
            model_name="minutes",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="minutes",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="minutes",
                to="plans.followupround",
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="link",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reminders",
                to="plans.answerlink",
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reminders",
                to="plans.followupround",
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="till",
            ),
        ),
        migrations.AddField(
            model_name="reminderchoice",
            name="user",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reminder_choice",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="roundsnapshot",
            name="closed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="roundsnapshot",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.plan"
            ),
        ),
        migrations.AddField(
            model_name="roundsnapshot",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="snapshots",
                to="plans.followupround",
            ),
        ),
        migrations.AddField(
            model_name="understanding",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="understanding",
            name="period",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="understandings",
                to="plans.period",
            ),
        ),
        migrations.AddField(
            model_name="yeardate",
            name="district",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="year_dates",
                to="organisation.district",
                verbose_name="stadsdelsområde",
            ),
        ),
        migrations.AddIndex(
            model_name="answerchange",
            index=models.Index(fields=["round", "row", "number"], name="answer_change_of_row"),
        ),
        migrations.AddConstraint(
            model_name="answerchange",
            constraint=models.UniqueConstraint(
                fields=("round", "number"), name="answer_change_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="calendaraddress",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True)),
                fields=("user",),
                name="calendar_address_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="cityround",
            constraint=models.UniqueConstraint(
                fields=("municipality", "name"),
                name="city_round_name_once",
                violation_error_message="Staden har redan en omgång som heter så.",
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("url", ""), ("content__isnull", False)),
                    models.Q(models.Q(("url", ""), _negated=True), ("content__isnull", True)),
                    _connector="OR",
                ),
                name="minutes_are_a_link_or_a_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)),
                fields=("round", "occasion", "user"),
                name="reminder_once_per_user",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("link__isnull", False)),
                fields=("occasion", "link"),
                name="reminder_once_per_link",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("link__isnull", True), ("user__isnull", False)),
                    models.Q(("link__isnull", False), ("user__isnull", True)),
                    _connector="OR",
                ),
                name="reminder_is_to_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="understanding",
            constraint=models.UniqueConstraint(
                fields=("period", "action"), name="understanding_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="yeardate",
            constraint=models.UniqueConstraint(
                fields=("district", "year", "moment"), name="year_date_once"
            ),
        ),
    ]
