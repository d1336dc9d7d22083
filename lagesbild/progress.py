"""How far a status report has come: of which areas something is said, and which are left."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from lagesbild.document import ReportDocument, SectionDoc, sections_of
from lagesbild.vocabulary import SectionForm


@dataclass(frozen=True)
class Progress:
    areas: Sequence[SectionDoc]

    @property
    def left(self) -> list[SectionDoc]:
        return [area for area in self.areas if not _is_told(area)]

    @property
    def words(self) -> str:
        total = len(self.areas)
        return f"{total - len(self.left)} av {total} {'område klart' if total == 1 else 'områden klara'}"

    def next_after(self, uuid: UUID) -> SectionDoc | None:
        """The area to go on to: the next that is left, or the first where those after it are done."""
        places = [area.uuid for area in self.areas]
        here = places.index(uuid) if uuid in places else -1
        ahead = [*self.areas[here + 1 :], *self.areas[: max(here, 0)]]
        return next((area for area in ahead if not _is_told(area)), None)


def progress_of(document: ReportDocument) -> Progress:
    return Progress(
        [section for section, _ in sections_of(document) if section.form == SectionForm.AREA]
    )


def _is_told(area: SectionDoc) -> bool:
    """How it has changed, or where it is handled instead, or why it is not."""
    elsewhere = area.handled_as or area.handled_note or area.not_chosen_reason
    return bool(area.deviations or elsewhere)
