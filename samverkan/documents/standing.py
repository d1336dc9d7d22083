"""What stands about a document and is not in it: the title page, the margins and the last page say so."""

from dataclasses import dataclass
from datetime import date

from samverkan.edition import Edition

PUBLIC, INTERNAL = str(Edition.PUBLIC.label), str(Edition.INTERNAL.label)
_SAID_OF = {
    PUBLIC: "Det som är markerat som internt är utelämnat.",
    INTERNAL: "Det som är markerat som internt finns med.",
}


@dataclass(frozen=True)
class Approval:
    """That a party said yes to it, and to which words of it."""

    party: str  # its short name
    person: str
    role: str  # in words: "Chef"
    given_on: date
    content_hash: str

    @property
    def short_hash(self) -> str:
        return self.content_hash[:12]


@dataclass(frozen=True)
class Standing:
    state: str  # in words: "Utkast", "Beslutad"
    content_hash: str
    printed_on: date
    is_decided: bool = False
    decided_on: date | None = None
    body: str = ""
    paragraph: str = ""
    registry_numbers: tuple[tuple[str, str], ...] = ()  # the party's short name, its number
    # Both are filled in by whoever asks the database; left empty, nothing is said of them.
    approvals: tuple[Approval, ...] = ()
    edition: str = ""  # in words: PUBLIC or INTERNAL

    @property
    def in_short(self) -> str:
        """For the head of every page."""
        return " · ".join(filter(None, [self._state_in_short, self.edition]))

    @property
    def about_edition(self) -> str:
        return _SAID_OF.get(self.edition, "")

    @property
    def short_hash(self) -> str:
        return self.content_hash[:12]

    @property
    def _state_in_short(self) -> str:
        if not self.is_decided:
            return "UTKAST" if self.state == "Utkast" else f"UTKAST – {self.state.lower()}"
        return f"{self.state} {self.decided_on}" if self.decided_on else self.state
