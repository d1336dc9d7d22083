"""What a lägesbild proposes to the agreement between the parties."""

from lagesbild.models import Report


def areas_with_measures(report: Report) -> list[int]:
    """The areas in which particular measures are under way, or needed."""
    sections = report.all_sections.filter(special_measures=True, area__isnull=False)
    return [area for area in sections.values_list("area", flat=True) if area]
