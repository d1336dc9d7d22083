"""An utbytesfil that came back: kept while somebody looks at it, and then as what the party sent."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from plans.models.follow_up import FollowUpRound
from plans.models.plan import Plan
from samverkan.organisation.models import Party


class ExchangeFile(models.Model):
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="exchange_files")
    # None: it is about what the party undertakes in the plan.
    round = models.ForeignKey(
        FollowUpRound, models.PROTECT, related_name="exchange_files", null=True
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name="part")
    made_at = models.DateTimeField("gjord")  # the same in every copy of one file
    name = models.CharField("filens namn", max_length=255)
    content = models.BinaryField("fil")
    sha256 = models.CharField("SHA-256", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("när", default=timezone.now, editable=False)
    read_in_at = models.DateTimeField("inläst", null=True)
    # Where another had written meanwhile, until somebody has chosen: by row, by field, what the file says.
    conflicts = models.JSONField("att välja", default=dict)

    class Meta:
        verbose_name = "utbytesfil"
        verbose_name_plural = "utbytesfiler"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.name
