"""What looks like personal data in a plan, and what somebody has looked at and answers for."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from plans import quality
from plans.document import PlanDocument


@dataclass(frozen=True)
class Finding:
    kind: str  # of row
    row: UUID | None  # none where the row has no UUID of its own
    field: str
    title: str  # of the row, for whoever is to look
    text: str

    @property
    def fingerprint(self) -> str:
        """Of this text in this place: the same words elsewhere are another finding."""
        words = "\0".join((self.kind, str(self.row), self.field, self.text))
        return hashlib.sha256(words.encode()).hexdigest()


def personal_data(document: PlanDocument) -> list[Finding]:
    """In what is to be decided: the follow-ups are no part of it."""
    found = quality.personal_data(document.plan_part())
    return list(
        dict.fromkeys(  # the same words twice in one text are looked at once
            Finding(one.row.value, one.uuid, one.field, one.title, one.finding.text)
            for one in found
        )
    )


def unconfirmed(document: PlanDocument, confirmed: Iterable[str]) -> list[Finding]:
    known = set(confirmed)
    return [finding for finding in personal_data(document) if finding.fingerprint not in known]
