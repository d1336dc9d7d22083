"""A file that is to be read in: kept, read, and asked about, before anything is done with it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar

import msgspec
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from samverkan.access.ask import demand_now
from samverkan.access.table import Right
from samverkan.document import decode_as, encode
from samverkan.organisation.models import District
from samverkan.reading.models import SentFile
from samverkan.reading.outcome import Answers, Outcome

MOST_BYTES = 25 * 2**20  # nginx.conf says the same
AT_ONCE = 6 * 2**20  # unpacked bytes that are read while somebody waits for the page
KEPT = timedelta(days=30)  # what nobody has done anything with
PATIENCE = timedelta(seconds=5)
GIVEN_UP = timedelta(minutes=3)  # whoever has read for longer than this has died

TOO_LARGE = (
    f"Filen är större än {MOST_BYTES // 2**20} MB och kan inte läsas in. Ta bort bilderna ur den, eller "
    "dela den."
)
_BROKEN = (
    "Något gick fel när filen lästes. Felet är antecknat i serverns logg, och inget är inläst. "
    "Hör av dig till den som sköter Samverkan om det händer igen."
)


class AlreadyUsed(ValidationError):
    """The file has been read in, by a second press of the same button or by somebody else."""

    def __init__(self) -> None:
        super().__init__("Filen är redan inläst.")


class Changed(ValidationError):
    """What the file was to go into is another than it was when somebody looked at it."""


Sent = TypeVar("Sent", bound=SentFile)
Read = TypeVar("Read", bound=Outcome)


@dataclass(frozen=True)
class Uploads(Generic[Sent, Read]):
    """The files that are sent to one wing."""

    model: type[Sent]
    right: Right  # that whoever sends one has in the district
    outcome: type[Read]
    understand: Callable[[Sent, Answers], Read]  # what the file says, as it has been answered
    refused: type[Exception]  # with the reason why it says nothing
    unpacked: Callable[[bytes], int]  # how many bytes there are to read

    def keep(
        self, *, actor: Any, district: District, name: str, content: bytes, **asked: Any
    ) -> Sent:
        """The file as it came, for what it was `asked` to be. Nothing is read yet."""
        if actor is not None:
            demand_now(actor, self.right, district)
        if len(content) > MOST_BYTES:
            raise ValidationError(TOO_LARGE)
        return self.model._default_manager.create(
            district=district,
            by=actor,
            name=name[-255:],
            content=content,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            answers=remembered(district),
            **asked,
        )

    def takes_time(self, upload: Sent) -> bool:
        return self.unpacked(bytes(upload.content)) > AT_ONCE

    def read(self, upload: Sent) -> None:
        """What the file says, or why nobody can tell. Whoever comes first reads it."""
        now = timezone.now()
        free = Q(begun_at=None) | Q(begun_at__lt=now - GIVEN_UP)
        mine = self._at(upload).filter(free, reading=None, refusal="", use="")
        if not mine.update(begun_at=now):
            return
        try:
            self._read(upload)
        except Exception:
            self._at(upload).update(refusal=_BROKEN)
            raise

    def _read(self, upload: Sent) -> Read | None:
        reading = None
        found: dict[str, Any] = {"reading": None, "refusal": ""}
        try:
            reading = self.understand(upload, upload.answers)
            found["reading"] = encode(reading)
        except self.refused as refusal:
            found["refusal"] = str(refusal)
        self._at(upload).update(**found)
        for field, value in found.items():
            setattr(upload, field, value)
        return reading

    def is_left(self, upload: Sent) -> bool:
        """A worker reads a large file. Where none does, or it died, the web process reads it itself."""
        now = timezone.now()
        if upload.begun_at is None:
            return now - upload.at > PATIENCE
        return now - upload.begun_at > GIVEN_UP

    def reading_of(self, upload: Sent) -> Read | None:
        """As it was read; anew, where that was before what a reading says had changed."""
        if upload.reading is None:
            return None
        try:
            return decode_as(bytes(upload.reading), self.outcome)
        except msgspec.DecodeError:
            self._at(upload).update(reading=None, begun_at=None)
            upload.reading = None
            return self._read(upload)

    def demanded(self, upload: Sent) -> Read:
        """What is to be read in now."""
        reading = self.reading_of(upload)
        if reading is None:
            raise ValidationError(upload.refusal or "Filen är inte läst än.")
        return reading

    def answer(self, *, actor: Any, upload: Any, question: str, said: str) -> Read:
        """The file read anew, as somebody says that it is to be read. It holds for the next one too."""
        with transaction.atomic():
            demand_now(actor, self.right, upload.district)
            upload = self._unused(upload)
            before = self.reading_of(upload)
            asked = {one.key: one for one in before.questions} if before else {}
            if question not in asked:
                raise ValidationError("Frågan finns inte i filen längre.")
            options = {option.value for option in asked[question].options}
            if (options and said not in options) or len(said) > 500 or len(question) > 500:
                raise ValidationError("Välj ett av svaren.")
            answers = upload.answers | {question: said}
            try:
                reading = self.understand(upload, answers)
            except self.refused as refusal:
                raise ValidationError(str(refusal)) from refusal
            upload.answers, upload.reading = answers, encode(reading)
            upload.save(update_fields=["answers", "reading"])
            upload.district.remembered_answers.update_or_create(
                question=question, defaults={"answer": said}
            )
        return reading

    def forget(self, *, actor: Any, upload: Any) -> None:
        """A file that nothing was done with goes at once, and not when its time is up."""
        with transaction.atomic():
            demand_now(actor, self.right, upload.district)
            self._unused(upload).delete()

    def forget_unused(self, pk: int) -> None:
        self.model._default_manager.filter(pk=pk, use="").delete()

    def _unused(self, upload: Sent) -> Any:
        now = self._at(upload).select_for_update().first()
        if now is None or now.use:
            raise ValidationError("Filen är redan inläst, eller borttagen.")
        return now

    def _at(self, upload: Sent) -> Any:
        return self.model._default_manager.filter(pk=upload.pk)


def remembered(district: Any) -> dict[str, str]:
    """What the district's words mean, as somebody has said of earlier files."""
    return dict(district.remembered_answers.values_list("question", "answer"))
