"""A closed round as plain data: what was asked, what was answered, and by which plan.

The plan part is known by its hash: its own bytes are frozen with the decision.
"""

import hashlib
from datetime import date
from uuid import UUID

import msgspec

from plans.document import DistrictDoc, PartyDoc, PlanDocument, RoundDoc
from samverkan.document import encode

FORMAT = "samverkansuppfoljning/1"


class SnapshotDoc(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    district: DistrictDoc
    period_start: date
    period_end: date
    revision: int
    plan_hash: str
    asked: tuple[UUID, ...]
    parties: tuple[PartyDoc, ...]
    round: RoundDoc
    format: str = FORMAT


def snapshot_of(document: PlanDocument, round_: UUID, asked: set[UUID]) -> SnapshotDoc:
    return SnapshotDoc(
        district=document.district,
        period_start=document.period_start,
        period_end=document.period_end,
        revision=document.revision,
        plan_hash=document.content_hash(),
        asked=tuple(
            action.uuid
            for area in document.areas
            for action in area.actions
            if action.uuid in asked
        ),
        parties=document.parties,
        round=next(doc for doc in document.rounds if doc.uuid == round_),
    )


def frozen(snapshot: SnapshotDoc) -> tuple[bytes, str]:
    """Its bytes, and their SHA-256."""
    content = encode(snapshot)
    return content, hashlib.sha256(content).hexdigest()


def decode_snapshot(content: bytes) -> SnapshotDoc:
    return msgspec.json.decode(content, type=SnapshotDoc, dec_hook=lambda kind, value: kind(value))
