"""An area that is as it was: said in one go, and its text kept from the year before."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from msgspec.structs import replace

from lagesbild.document import DeviationDoc, SectionDoc
from lagesbild.editable import KINDS
from lagesbild.models import Report, Section
from lagesbild.services.shape import SHAPE
from lagesbild.vocabulary import Direction, SectionForm
from samverkan.access.table import Right
from samverkan.collaboration.editing import find, put
from samverkan.collaboration.turns import Turn, turn

Words = tuple[SectionDoc, bool]  # what was said of an area, and whether it was internal there


def note_unchanged(
    *, actor: Any, report: Report, section: UUID, words: Sequence[Words] = ()
) -> list[Any]:
    """ "Ej förändrat", once. `words` come along where nothing is written here yet."""
    with turn(report, actor, Right.EDIT_SHARED) as mine:
        area = find(report, KINDS["section"], section)
        if area.form != SectionForm.AREA:
            raise ValidationError("Bara ett område kan vara oförändrat.")
        if not area.deviations.filter(direction=Direction.UNCHANGED).exists():
            place = {"in": str(area.uuid), "index": area.deviations.count()}
            doc = DeviationDoc(uuid4(), Direction.UNCHANGED)
            SHAPE.insert(mine, KINDS["deviation"], doc, place)
        _carry(mine, area, words)
    return mine.changes


def _carry(mine: Turn, area: Section, words: Sequence[Words]) -> None:
    """Its text, not its figures: their numbers are a year old. What was internal is so here too."""
    values: dict[str, Any] = {}
    if not area.description and (text := "".join(doc.description for doc, _ in words)):
        values["description"] = text
    blocks = []
    if not area.blocks.exists():
        blocks = [block for doc, _ in words for block in doc.blocks if not block.is_figure]
    if not (values or blocks):
        return
    if not area.is_internal and any(is_internal for _, is_internal in words):
        values["is_internal"] = True
    put(mine, KINDS["section"], area, values)
    for index, block in enumerate(blocks):
        place = {"in": str(area.uuid), "index": index}
        SHAPE.insert(mine, KINDS["block"], replace(block, uuid=uuid4()), place)
