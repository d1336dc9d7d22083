"""How the rows of a report hang together: sections in sections, and what stands in each."""

from typing import Any

from django.core.exceptions import ValidationError

from lagesbild.document import DEEPEST
from lagesbild.editable import KINDS
from lagesbild.models import Block, FigurePart, Report, Section
from lagesbild.vocabulary import BlockForm, SectionForm
from plans.services.storing import priority_area
from samverkan.collaboration.editable import Editable
from samverkan.collaboration.editing import put
from samverkan.collaboration.places import Place
from samverkan.collaboration.shape import Branch, Shape
from samverkan.collaboration.turns import Turn
from samverkan.document import as_plain

_OF_AN_AREA = ("aim", "result", "priority", "deviation")


class ReportShape(Shape):
    imports = "Läs in en lägesbild"

    def demand_new(self, kind: Editable) -> None:
        if kind.name == "extra":
            raise ValidationError("Det som inte har någon egen plats kommer ur en fil.")

    def given(self, work: Report, kind: Editable, doc: Any, place: Place) -> dict[str, Any]:
        given = super().given(work, kind, doc, place)
        match kind.name:
            case "section":
                _demand_room(given.get("parent"), levels=1)
                if doc.slug is not None:
                    given["area"] = priority_area(doc, work.catalogue, work.district)
                handled_in = work.all_sections.filter(uuid=doc.handled_in).first()
                given["handled_in"] = handled_in if doc.handled_in else None
            case "block" | "part":
                given["table"] = as_plain(doc.table) if doc.table else None
                given["image"] = as_plain(doc.image) if doc.image else None
        return given

    def before_take_away(self, turn: Turn, kind: Editable, found: Any) -> None:
        if isinstance(found, Section):
            # What it was handled in may have gone just before it, in the same turn.
            found.refresh_from_db(fields=["handled_in", "handled_as", "version"])
            for other in found.handles.all():  # no other area is handled in it any more
                put(turn, kind, other, {"handled_in": [], "handled_as": ""})

    def before_move(self, turn: Turn, kind: Editable, found: Any, place: Place) -> None:
        if not isinstance(found, Section) or not place["in"]:
            return
        parent = self.owner(turn.work, kind, place["in"])
        above: Section | None = parent
        while above:
            if above == found:
                raise ValidationError("Ett avsnitt kan inte läggas i sig självt.")
            above = above.parent
        _demand_room(parent, levels=_levels(found))

    def resolved(
        self, work: Report, kind: Editable, owner_kind: Editable, owner: Any
    ) -> tuple[tuple, Place]:
        found = super().resolved(work, kind, owner_kind, owner)
        if kind.name in _OF_AN_AREA and owner.form != SectionForm.AREA:
            raise ValidationError(f"{kind.word.capitalize()} kan bara stå i ett område.")
        if kind.name == "part" and owner.form == BlockForm.TEXT:
            raise ValidationError("En del av en figur kan bara stå i en figur.")
        return found

    def hanging_on(self, kind: Editable, found: Any) -> Branch:
        if isinstance(found, Section):
            within = [row for child in found.sections.all() for row in self.branch_of(kind, child)]
            lists = {"block": "blocks", "aim": "aims", "result": "results"} | {
                "priority": "priorities",
                "deviation": "deviations",
            }
            for name, listed in lists.items():
                for row in getattr(found, listed).all():
                    within += self.branch_of(self.kinds[name], row)
            return within
        if isinstance(found, Block):
            return [(self.kinds["part"], part) for part in found.parts.all()]
        return []

    def more_documented(self, kind: Editable, found: Any) -> dict[str, Any]:
        match found:
            case Section(area=area) if area:
                own = area.district_id is not None
                return {"slug": area.slug, "name": area.name, "own": own, "form": found.form}
            case Section():
                return {"form": found.form}
            case Block() | FigurePart():
                return {"table": found.table, "image": found.image}
        return {}


SHAPE = ReportShape(KINDS)


def _levels(section: Section) -> int:
    """How many levels there are in it, its own among them."""
    return 1 + max((_levels(child) for child in section.sections.all()), default=0)


def _demand_room(parent: Section | None, *, levels: int) -> None:
    depth = levels
    while parent:
        depth += 1
        parent = parent.parent
    if depth > DEEPEST:
        raise ValidationError(f"Avsnitt kan ligga i högst {DEEPEST} nivåer.")
