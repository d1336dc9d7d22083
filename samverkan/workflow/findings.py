"""What looks like personal data in what is to be decided, and what somebody has looked at and answers
for."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Finding:
    kind: str  # of row
    called: str  # the kind, as it is said: "Området"
    row: UUID | None  # none where the row has no UUID of its own
    field: str
    title: str  # of the row, for whoever is to look
    text: str

    @property
    def fingerprint(self) -> str:
        """Of this text in this place: the same words elsewhere are another finding."""
        words = "\0".join((self.kind, str(self.row), self.field, self.text))
        return hashlib.sha256(words.encode()).hexdigest()


def findings_in(found: Iterable[Any]) -> list[Finding]:
    """Of what a wing's quality.personal_data has found. The same words twice in one text are looked
    at once."""
    return list(
        dict.fromkeys(
            Finding(one.row.value, one.row.label, one.uuid, one.field, one.title, one.finding.text)
            for one in found
        )
    )


def unconfirmed(findings: Iterable[Finding], confirmed: Iterable[str]) -> list[Finding]:
    known = set(confirmed)
    return [finding for finding in findings if finding.fingerprint not in known]
