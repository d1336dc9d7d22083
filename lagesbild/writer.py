"""Who writes in a report, and in which of its cells."""

from functools import cached_property
from typing import Any

from lagesbild.addresses import work_address
from lagesbild.document import sections_of
from lagesbild.editable import KINDS
from lagesbild.models import Report
from lagesbild.presentation import FigureView, ReportView
from lagesbild.vocabulary import SectionForm
from samverkan.access.ask import may
from samverkan.access.table import Right


class Writer:
    kinds = KINDS
    # Beside these all that they say stands on the page already.
    shown_whole = frozenset(("report", "aim", "source", "extra", "deviation"))
    with_fields_of_their_own = frozenset(("section", "block", "part"))
    with_more_in_them = frozenset(("section", "block"))

    def __init__(self, user: Any, report: Report, view: ReportView | None = None):
        self.user = user
        self.report = report
        self.view = view

    @cached_property
    def writes_shared(self) -> bool:
        return bool(may(self.user, Right.EDIT_SHARED, self.report))

    @cached_property
    def reads_in(self) -> bool:
        return self.writes_shared and bool(
            may(self.user, Right.CREATE_REPORT, self.report.district)
        )

    @cached_property
    def arranges(self) -> bool:
        """Moves and takes away what others have written too."""
        return bool(may(self.user, Right.DELETE_AND_MOVE, self.report))

    @cached_property
    def address(self) -> str:
        return work_address(self.report)

    @cached_property
    def rows_address(self) -> str:
        return f"{self.address}rad/"

    def areas_beside(self, doc: Any) -> list[tuple[str, str]]:
        """The areas of the report that an area can be handled in: all but itself."""
        sections = sections_of(self.view.document) if self.view else ()
        return [
            (str(section.uuid), section.heading)
            for section, _ in sections
            if section.form == SectionForm.AREA and section.uuid != doc.uuid
        ]

    @cached_property
    def figures(self) -> list[tuple[str, str]]:
        """The figures that a priority can point to, by the numbers that they have now."""
        figures = self.view.figures if self.view else ()
        return [(str(one.doc.uuid), called(one)) for one in figures]

    def may_write(self, kind: str, doc: Any) -> bool:
        return self.writes_shared

    def may_arrange(self, kind: str) -> bool:
        """Whether she moves and takes away rows of the kind, whoever wrote them."""
        return bool(KINDS[kind].container) and self.arranges


def called(figure: FigureView) -> str:
    """A figure, or a part of one, where somebody chooses among them."""
    return f"{figure.label} {figure.doc.caption}".strip() or figure.name
