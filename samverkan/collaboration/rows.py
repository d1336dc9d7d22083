"""What rows that people edit have in common, in a plan and in a report."""

import uuid

from django.db import models


class Row(models.Model):
    """A row that people edit: in an order, with a version that every write raises.

    The UUID is permanent: it is the same in every revision of what it stands in, so it is unique within
    the parent, not in the table.
    """

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField("ordning", default=0)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    class Meta:
        abstract = True
        ordering = ["position", "id"]


class Marked(models.Model):
    """What may be left out of the public edition, and why (free words, or chapter of OSL)."""

    is_internal = models.BooleanField("internt", default=False)
    internal_reason = models.TextField("skäl till att det är internt", blank=True)

    class Meta:
        abstract = True


class MarkedByField(Marked):
    """A row with several texts: some of them may be left out, and the row stay."""

    internal_fields = models.JSONField("fält som är interna", default=list, blank=True)

    class Meta:
        abstract = True


class NotPlaced(Row):
    """What a reader of a file could not place, kept under its own label with where it stood."""

    where = models.CharField("plats i källan", max_length=300)
    label = models.CharField("etikett", max_length=300)
    text = models.TextField("text")
    is_internal = models.BooleanField("internt", default=True)

    class Meta(Row.Meta):
        abstract = True
        verbose_name = "uppgift ur källan"
        verbose_name_plural = "övrigt ur källan"

    def __str__(self) -> str:
        return self.label


def once(parent: str, model: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=[parent, "uuid"], name=f"{model}_uuid_once")
