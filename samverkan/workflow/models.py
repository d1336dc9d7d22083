"""Approvals, the decision, and what was sent and received. None of it is ever altered afterwards.

Each wing has tables of its own, with a key to what they are about: `plan`, `report`.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from samverkan.organisation.models import Party


class Approval(models.Model):
    """One party's yes to exactly this content, or its return of it with a reason."""

    class Answer(models.TextChoices):
        APPROVED = "godkand", "Godkänd"
        RETURNED = "ater", "Återsänd"

    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name="part")
    answer = models.CharField("svar", max_length=10, choices=Answer)
    reason = models.TextField("skäl", blank=True)
    content_hash = models.CharField("innehållets kontrollsumma", max_length=64)
    # That of what is approved, when the answer was given: a later one voids it.
    version = models.PositiveIntegerField("version", default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("när", default=timezone.now, editable=False)

    class Meta:
        abstract = True
        verbose_name = "godkännande"
        verbose_name_plural = "godkännanden"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_answer_display()}"


def returned_with_a_reason(name: str, sentence: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(answer="godkand") | ~Q(reason=""),
        name=name,
        violation_error_message=sentence,
    )


class Decision(models.Model):
    """The registered decision with the frozen document: its JSON, its hash and its PDF."""

    of: str  # what its key to that which is decided is called

    body = models.CharField("beslutande organ", max_length=200)
    decided_on = models.DateField("beslutsdatum")
    paragraph = models.CharField("paragraf", max_length=60, blank=True)
    document = models.BinaryField("dokument (JSON)")
    sha256 = models.CharField("SHA-256", max_length=64)
    pdf = models.BinaryField("dokument (PDF)", null=True)
    pdf_sha256 = models.CharField("PDF:ens SHA-256", max_length=64, blank=True)
    # Who had approved it, by the names that they had then (samverkan/documents/standing.py).
    approvals = models.JSONField("godkännanden", default=list)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    registered_at = models.DateTimeField("registrerat", default=timezone.now, editable=False)

    class Meta:
        abstract = True
        verbose_name = "beslut"
        verbose_name_plural = "beslut"
        ordering = ["-decided_on"]

    @property
    def work(self) -> Any:
        return getattr(self, self.of)

    def __str__(self) -> str:
        return f"{self.body} {self.decided_on}"


class RegistryNumber(models.Model):
    """The decision's diarienummer at one of the authorities."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name="part")
    number = models.CharField("diarienummer", max_length=60)
    # What the authority was called when it was decided: it stands so in the PDF for ever.
    party_name = models.CharField("partens namn", max_length=60, blank=True)

    class Meta:
        abstract = True
        verbose_name = "diarienummer"
        verbose_name_plural = "diarienummer"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.number


class Confirmation(models.Model):
    """That somebody has looked at what seemed to be personal data, before the decision.

    The text itself is not kept here, only its fingerprint: it stands in what was decided, if
    anywhere.
    """

    kind = models.CharField("slags rad", max_length=20)
    row = models.UUIDField("rad", null=True)
    field = models.CharField("fält", max_length=40)
    fingerprint = models.CharField("textens fingeravtryck", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("när", default=timezone.now, editable=False)

    class Meta:
        abstract = True
        verbose_name = "bekräftelse"
        verbose_name_plural = "bekräftelser"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.field} {self.fingerprint[:12]}"


class SentDraft(models.Model):
    """A draft as it was when it was sent: once, to however many."""

    document = models.BinaryField("dokument (JSON)")
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        abstract = True
        verbose_name = "skickat utkast"
        verbose_name_plural = "skickade utkast"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.sha256[:12]


class Dispatch(models.Model):
    """Something was sent to a party or received from it: what the registrator asks for."""

    class Kind(models.TextChoices):
        CONSULTATION = "samrad", "Skickad på samråd"
        WITHDRAWAL = "atertagen", "Återtagen till utkast"
        POSTPONEMENT = "svarsdatum", "Nytt svarsdatum"
        APPROVAL = "godkannande", "Godkännande mottaget"
        RETURN = "atersandning", "Återsändning mottagen"
        DECISION = "beslut", "Beslut registrerat"
        FILE_OUT = "fil_ut", "Fil lämnad ut"
        FILE_IN = "fil_in", "Fil mottagen"
        LINK_ANSWERED = "lank", "Svar genom länk mottaget"

    kind = models.CharField("vad", max_length=20, choices=Kind)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="part"
    )
    party_name = models.CharField("partens namn", max_length=60, blank=True)
    at = models.DateTimeField("när", default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name="av"
    )
    note = models.TextField("anmärkning", blank=True)
    content_hash = models.CharField("innehållets kontrollsumma", max_length=64)

    class Meta:
        abstract = True
        verbose_name = "försändelse"
        verbose_name_plural = "försändelser"
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.party_name}".strip()
