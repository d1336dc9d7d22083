"""Writing in a report: its page, and how its rows stand there."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from lagesbild.access import DistrictReports, get_report
from lagesbild.addresses import WRITE_PAGES, address_of
from lagesbild.before import Before
from lagesbild.editable import KINDS
from lagesbild.kept import indicators_in
from lagesbild.models import Report
from lagesbild.moving import spots
from lagesbild.places import COURSE
from lagesbild.presentation import FigureView, ReportView
from lagesbild.progress import progress_of
from lagesbild.rows import noun_of
from lagesbild.services.loading import to_document
from lagesbild.services.unchanged import note_unchanged
from lagesbild.ties import Ties
from lagesbild.views.reading import which
from lagesbild.vocabulary import Direction, ReportKind
from lagesbild.writer import Writer, called
from plans.access import DistrictPlans, get_district
from samverkan.access.table import Right
from samverkan.collaboration import desk
from samverkan.collaboration.comments import Talk
from samverkan.collaboration.desk import Row, listed
from samverkan.collaboration.editable import Editable
from samverkan.collaboration.moving import Spots
from samverkan.indicators.register import kept_among
from samverkan.site.frame import Frame


def page(request: HttpRequest, district: str, year: int, kind: ReportKind) -> HttpResponse:
    place = get_district(request.user, Right.ENTER_DISTRICT, district)
    reports = DistrictReports(request.user, place)
    report = reports.get(Right.EDIT_OWN, kind, year, revision=which(request))
    report.district = place
    return render(request, "lagesbild/write/page.html", DESK.context(request, report))


class Desk(desk.Desk):
    kinds = KINDS
    folder = "lagesbild/write"
    drawn = COURSE.lists.keys()
    follows = True  # drawings follow their numbers
    in_the_row = {
        "report": KINDS["report"].fields.keys(),
        "section": {
            *("heading", "description", "working_together", "special_measures", "line_work"),
            *("handled_as", "handled_in", "handled_note", "not_chosen_reason"),
        },
        "block": {"text", "form", "caption", "source", "unit", "table", "description"},
        "part": {"form", "caption", "source", "unit", "table", "description"},
        "aim": {"text"},
        "result": {"text"},
        "priority": {"text", "figure"},
        "deviation": KINDS["deviation"].fields.keys(),
        "source": {"name"},
        "extra": KINDS["extra"].fields.keys(),
    }

    def get(self, request: HttpRequest, right: Right, district: str, pk: int) -> Report:
        return get_report(request.user, right, district, pk)

    def home(self, work: Report) -> str:
        page = WRITE_PAGES[ReportKind(work.kind)]
        return address_of(work, page=page, revision=str(work.revision))

    def read_address(self, work: Report) -> str:
        return address_of(work, revision=str(work.revision))

    def writer(self, user: Any, work: Report) -> Writer:
        return Writer(user, work)

    def frame(self, request: HttpRequest, work: Report) -> Frame:
        plans = DistrictPlans(request.user, work.district, lightly=True).readable
        reports = DistrictReports(request.user, work.district).readable
        return Frame(request, work.district, work.year, plans, reports)

    def context(self, request: HttpRequest, work: Report) -> dict[str, Any]:
        document = to_document(work)
        view = ReportView(document)
        frame = self.frame(request, work)
        talk = Talk(request.user, work)
        return {
            "frame": frame,
            "work": work,
            "report": work,
            "talk": talk,
            "marks": json.dumps(talk.told),
            "view": view,
            "ties": None if view.is_status else Ties(request.user, work, document, frame.plans),
            "writer": Writer(request.user, work, view),
            "figures": _figures(view),
            "register": kept_among(request.user, work.district, indicators_in(document)),
            "directions": Direction.choices,
            "before": Before(request.user, work),
            "progress": progress_of(document) if view.is_status else None,
            "next_year": work.year + 1,
            "read_url": self.read_address(work),
            "home": self.home(work),
            "targets": _in_script(_targets(view)),
        }

    @method_decorator(require_POST)
    def unchanged(self, request: HttpRequest, district: str, pk: int, row: UUID) -> HttpResponse:
        """The area is as it was; on to the next."""
        report = self.get(request, Right.EDIT_SHARED, district, pk)
        document = to_document(report)
        areas = progress_of(document)
        area = next((one for one in areas.areas if one.uuid == row), None)
        words = []
        if area and request.POST.get("words"):
            words = Before(request.user, report).of(area).words
        following = areas.next_after(row)
        return self._do(
            request,
            report,
            lambda: note_unchanged(actor=request.user, report=report, section=row, words=words),
            following.uuid if following else row,
        )

    def walk(self, view: ReportView) -> Iterator[Row]:
        yield from _sections("", view.document.sections)
        yield from listed("source", "", view.document.sources, lambda doc: {})
        yield from listed("extra", "", view.document.extras, lambda doc: {})

    def spots(self, view: ReportView, kind: str, doc: Any) -> list[Spots]:
        return spots(kind, doc, view)

    def more_of_row(self, context: dict[str, Any], kind: Editable, doc: Any) -> dict[str, Any]:
        return {"noun": noun_of(doc)}

    def pieces(self, context: dict[str, Any], rows: set[UUID]) -> Iterator[tuple[str, str, dict]]:
        """The drawing of a figure follows its numbers, and references follow their figures."""
        yield "targets", "lagesbild/write/targets.html", {}
        work = context["work"]
        if work.uuid in rows:
            work.refresh_from_db(fields=["instruction"])
            yield "instruktion", "lagesbild/write/instruction.html", {}
        if context["progress"]:
            yield "klara", "lagesbild/write/progress.html", {}
        for uuid, figure in _figures(context["view"]).items():
            if uuid in rows:
                kind = "part" if figure.letter else "block"
                yield f"bild-{uuid}", "lagesbild/write/drawing.html", {"figure": figure}
                tie = {"figure": figure, "kind": kind}
                yield f"indikator-{uuid}", "lagesbild/write/tie.html", tie


DESK = Desk()


def _targets(view: ReportView) -> list[dict[str, Any]]:
    """What the text can refer to, by the name that it has now."""
    figures: list[dict[str, Any]] = [
        {
            "id": str(one.doc.uuid),
            "name": called(one),
            "label": one.label,
            "isFigure": one is figure,
        }
        for figure in view.figures
        for one in (figure, *figure.parts)
    ]
    sections = [
        {"id": str(section.doc.uuid), "name": f"Avsnitt {section.number} {section.doc.heading}"}
        for section in view.all_sections
    ]
    return figures + sections


def _in_script(data: Any) -> SafeString:
    """As JSON that ends no script and begins no tag, whatever somebody has called her figure."""
    text = json.dumps(data)
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return SafeString(text)


def _figures(view: ReportView) -> dict[UUID, FigureView]:
    return {one.doc.uuid: one for figure in view.figures for one in (figure, *figure.parts)}


def _sections(under: str, sections: Any) -> Iterator[Row]:
    yield from listed("section", under, sections, lambda doc: {"section": doc})
    for section in sections:
        here = f"section:{section.uuid}"
        yield from listed("block", here, section.blocks, lambda doc: {})
        for block in section.blocks:
            yield from listed("part", f"block:{block.uuid}", block.parts, lambda doc: {})
        for kind, docs in (
            ("aim", section.aims),
            ("result", section.results),
            ("priority", section.priorities),
            ("deviation", section.deviations),
        ):
            yield from listed(kind, here, docs, lambda doc: {})
        yield from _sections(here, section.sections)
