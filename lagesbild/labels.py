"""What a field of a report is called. The models say so; nothing is called two things."""

from django.apps import apps

from lagesbild.rows import RowKind

_MODELS = {
    RowKind.REPORT: "Report",
    RowKind.SECTION: "Section",
    RowKind.AIM: "Aim",
    RowKind.DEVIATION: "Deviation",
    RowKind.BLOCK: "Block",
    RowKind.PART: "FigurePart",
    RowKind.RESULT: "Result",
    RowKind.PRIORITY: "Priority",
    RowKind.SOURCE: "Source",
    RowKind.EXTRA: "Extra",
}
# What stands in another row of the database than in the document, or under another name.
_ELSEWHERE = {
    (RowKind.SECTION, "slug"): "plans.PriorityArea.slug",
    (RowKind.SECTION, "name"): "plans.PriorityArea.name",
    (RowKind.SECTION, "own"): "plans.PriorityArea.district",
}


def label(row: RowKind, field: str) -> str:
    """As a heading: "Hur det märks"."""
    path = _ELSEWHERE.get((row, field), f"lagesbild.{_MODELS[row]}.{field}")
    model, name = path.rsplit(".", 1)
    said = str(apps.get_model(model)._meta.get_field(name).verbose_name)
    return said[:1].upper() + said[1:]
