"""What looks like personal data in a plan, and what somebody has looked at and answers for."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from plans.document import PlanDocument


@dataclass(frozen=True)
class Finding:
    kind: str  # of row
    row: UUID
    field: str
    text: str

    @property
    def fingerprint(self) -> str:
        """Of this text in this place: the same words elsewhere are another finding."""
        words = "\0".join((self.kind, str(self.row), self.field, self.text))
        return hashlib.sha256(words.encode()).hexdigest()


def personal_data(document: PlanDocument) -> list[Finding]:
    """Nothing looks for it yet: what does is asked from here, and from nowhere else."""
    return []


def unconfirmed(document: PlanDocument, confirmed: Iterable[str]) -> list[Finding]:
    known = set(confirmed)
    return [finding for finding in personal_data(document) if finding.fingerprint not in known]
