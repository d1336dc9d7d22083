"""What stands about a plan and is not in it: the title page and the margins say so."""

from dataclasses import dataclass
from datetime import date


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

    @property
    def in_short(self) -> str:
        """For the head of every page."""
        if not self.is_decided:
            return "UTKAST" if self.state == "Utkast" else f"UTKAST – {self.state.lower()}"
        return f"{self.state} {self.decided_on}" if self.decided_on else self.state

    @property
    def short_hash(self) -> str:
        return self.content_hash[:12]
