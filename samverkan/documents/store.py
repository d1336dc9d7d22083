"""Documents that take time to make are made once, and kept until what they are made of changes.

Whoever asks first leaves a row for it; whoever takes the row makes the file. Two that ask at once
ask for the same row, and a maker that died in the middle is followed by another.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from samverkan.documents.models import StoredFile
from samverkan.documents.pdf import PdfUnavailable

# Longer than any document takes. Whoever has been at it for longer than this has died.
GIVEN_UP = timedelta(minutes=3)


def key_of(*parts: bytes) -> str:
    """Of each part by itself, so that no two can stand for each other."""
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def find(key: str) -> StoredFile | None:
    """How it stands with the file; what is in it is not fetched until somebody reads it."""
    return StoredFile.objects.defer("content").filter(key=key).first()


def unchanged(subject: str, version: str) -> StoredFile | None:
    """The finished file, where what it is of has not changed since it was last found."""
    files = StoredFile.objects.defer("content").filter(subject=subject, version=version)
    return files.order_by("-made_at").first()


def found(stored: StoredFile, version: str, name: str) -> None:
    """That the file says what there is to say at this version, and what it is called now."""
    stored.version, stored.name = version, name
    StoredFile.objects.filter(pk=stored.pk).update(version=version, name=name)


def ask_for(key: str, subject: str) -> bool:
    """Leave word that the file is wanted. Whether this is the first to ask."""
    _, is_new = StoredFile.objects.get_or_create(
        key=key, defaults={"subject": subject, "asked_at": timezone.now()}
    )
    return is_new


def ask_again(key: str) -> bool:
    """For one that could not be made. Whether that is so."""
    failed = StoredFile.objects.filter(key=key, made_at=None).exclude(fault="")
    return bool(failed.update(fault="", asked_at=timezone.now()))


def make(key: str, subject: str, content: Callable[[], bytes]) -> None:
    """Make the file, unless it is there, or somebody is making it."""
    ask_for(key, subject)
    now = timezone.now()
    free = Q(begun_at=None) | Q(begun_at__lt=now - GIVEN_UP)
    mine = StoredFile.objects.filter(free, key=key, made_at=None, fault="")
    if not mine.update(begun_at=now):
        return
    try:
        made = content()
    except PdfUnavailable as fault:
        StoredFile.objects.filter(key=key).update(fault=str(fault), begun_at=None)
        return
    except Exception:
        StoredFile.objects.filter(key=key).update(
            fault="Något gick fel när filen skulle göras. Felet är antecknat i serverns logg.",
            begun_at=None,
        )
        raise
    StoredFile.objects.filter(key=key).update(content=made, made_at=timezone.now())
    StoredFile.objects.filter(subject=subject, asked_at__lt=now).exclude(key=key).delete()


def latest(subject: str) -> StoredFile | None:
    """The last one that could be made, whatever it was made of."""
    made = StoredFile.objects.defer("content").filter(subject=subject, made_at__isnull=False)
    return made.order_by("-made_at").first()
