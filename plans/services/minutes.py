"""The protokoll of a meeting in an action: a link to where it is kept, or the file itself.

A file is what it says inside, whatever it is called. It is kept as it came and never shown as a page:
whoever wants it downloads it.
"""

import zlib
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from lzma import LZMAError
from typing import Any
from uuid import UUID
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from plans.models import Commitment, FollowUpRound, Minutes, Plan
from plans.services.understanding import action_of
from samverkan.access.ask import demand_now, may, memberships_in
from samverkan.access.table import Right
from samverkan.journal.kinds import Kind, record
from samverkan.text import clean_line

MOST_BYTES = 10 * 2**20
TOO_LARGE = (
    f"Filen är större än {MOST_BYTES // 2**20} MB. Lägg till en länk till protokollet i stället."
)
MOST_OF_AN_ACTION = 100
_NOT_YOURS = "Protokoll läggs till av samordnaren och av de parter som deltar i åtgärden."
_CLOSED = "Uppföljningen är stängd. Protokoll läggs till och tas bort medan den är öppen."
_UNKNOWN = "Filen är varken PDF, Word (.docx) eller OpenDocument (.odt)."
_MACROS = "Filen innehåller makron och tas inte emot. Spara den som PDF."

PDF = ("application/pdf", ".pdf")
DOCX = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")
ODT = ("application/vnd.oasis.opendocument.text", ".odt")


@dataclass(frozen=True)
class Paper:
    """A file that was sent."""

    name: str
    content: bytes


def may_add(user: Any, plan: Plan, action: UUID) -> bool:
    """The samordnare, and who answers for a party that takes part in the action."""
    if may(user, Right.FOLLOW_UP_FOR_ALL, plan):
        return True
    parties = [
        m.party
        for m in memberships_in(user, plan)
        if m.party and may(user, Right.FOLLOW_UP, plan, m.party)
    ]
    return Commitment.objects.filter(
        party__in=parties, action__area__plan=plan, action__uuid=action
    ).exists()


def demand_to_add(user: Any, plan: Plan, action: UUID) -> None:
    demand_now(user, Right.FOLLOW_UP, plan)
    if not may_add(user, plan, action):
        raise PermissionDenied(_NOT_YOURS)


def may_remove(user: Any, plan: Plan, one: Minutes) -> bool:
    """One's own; the samordnare any."""
    return one.by_id == user.pk or bool(may(user, Right.FOLLOW_UP_FOR_ALL, plan))


def add(
    *,
    actor: Any,
    plan: Plan,
    round_: FollowUpRound,
    action: UUID,
    held_on: date,
    title: str = "",
    url: str = "",
    paper: Paper | None = None,
) -> Minutes:
    row = action_of(plan, action)
    if bool(url) == bool(paper):
        both = "Välj antingen en länk eller en fil, inte båda."
        raise ValidationError(both if url else "Skriv en länk till protokollet, eller välj en fil.")
    if held_on > timezone.localdate():
        raise ValidationError({"held_on": "Mötet har inte varit än."})
    said: dict[str, Any] = {"url": _checked(url)} if url else _kept(paper)
    with transaction.atomic():
        _lock(round_)
        demand_to_add(actor, plan, action)
        if round_.minutes.filter(action=action).count() >= MOST_OF_AN_ACTION:
            raise ValidationError(
                f"Åtgärden har redan {MOST_OF_AN_ACTION} protokoll i den här uppföljningen."
            )
        minutes = Minutes.objects.create(
            round=round_, action=action, held_on=held_on, title=title, by=actor, **said
        )
        _record(Kind.MINUTES_ADDED, actor, plan, minutes, action=f"”{row}”")
    return minutes


def remove(*, actor: Any, plan: Plan, minutes: Minutes) -> None:
    with transaction.atomic():
        _lock(minutes.round)
        demand_to_add(actor, plan, minutes.action)
        if not may_remove(actor, plan, minutes):
            raise PermissionDenied(
                "Protokollet tas bort av den som lade till det, eller av samordnaren."
            )
        row = action_of(plan, minutes.action)
        _record(Kind.MINUTES_REMOVED, actor, plan, minutes, action=f"”{row}”")
        minutes.delete()


def _lock(round_: FollowUpRound) -> None:
    now = FollowUpRound.objects.select_for_update().get(pk=round_.pk)
    if not now.is_open:
        raise ValidationError(_CLOSED)


def _checked(url: str) -> str:
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        raise ValidationError(
            {"url": "Länken ska vara en hel adress som börjar med https:// eller http://."}
        ) from None
    return url


def _kept(paper: Paper | None) -> dict[str, Any]:
    assert paper
    if len(paper.content) > MOST_BYTES:
        raise ValidationError({"file": TOO_LARGE})
    content_type, ending = _kind_of(paper.content)
    name = clean_line(paper.name.replace("\\", "/").rsplit("/", 1)[-1])
    stem = name[: -len(ending)] if name.lower().endswith(ending) else name
    return {
        "file_name": f"{stem[:180].strip(' .') or 'Protokoll'}{ending}",
        "content_type": content_type,
        "content": paper.content,
    }


def _kind_of(content: bytes) -> tuple[str, str]:
    if not content:
        raise ValidationError({"file": "Filen är tom."})
    if content.startswith(b"%PDF-"):
        return PDF
    try:
        with ZipFile(BytesIO(content)) as package:
            names = {info.filename: info for info in package.infolist()}
            if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
                raise ValidationError({"file": _MACROS})
            if {"[Content_Types].xml", "word/document.xml"} <= names.keys():
                return DOCX
            said = names.get("mimetype")
            if said and said.file_size < 100 and package.read(said) == ODT[0].encode():
                return ODT
    except (
        BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        zlib.error,
        LZMAError,
    ):
        pass  # no package, or one that nobody can open
    raise ValidationError({"file": _UNKNOWN})


def _record(kind: Kind, actor: Any, plan: Plan, minutes: Minutes, **more: str) -> None:
    record(
        kind,
        actor=actor,
        district=plan.district,
        plan=str(plan),
        minutes=str(minutes),
        date=f"{minutes.held_on}",
        **more,
    )
