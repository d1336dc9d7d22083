"""The form of a prioritised area in Word, and what a status report says of it in its table."""

from collections.abc import Iterable, Sequence
from typing import Any

from lagesbild.document import AimDoc, DeviationDoc, ResultDoc, SectionDoc
from lagesbild.presentation import BOXES, DeviationView, FigureView, PriorityView, SectionView
from lagesbild.writing.docx_figures import Figures
from samverkan.documents.docx_rich import BULLETS
from samverkan.documents.wordml import Cell, Element, Row, paragraph, run


class Areas(Figures):
    def _area(self, section: SectionView) -> None:
        doc, headings = section.doc, self.report.headings
        level = section.depth + 1
        if doc.own:
            self.paper.add(paragraph("Eget område", "Quiet"))
        if doc.name and doc.name != doc.heading:
            self.paper.add(paragraph(f"Område i katalogen: {doc.name}", "Quiet"))
        if section.description:
            heading = self.paper.heading(headings["description"], level)
            self.paper.add(*self._prose(doc, "description", section.description, level, heading))
        if doc.aims:
            self._heading(self._together(section), level)
            self.paper.add(*self._aims(doc.aims))
        elif doc.working_together:
            self.paper.add(paragraph(self._together(section)))
        if doc.not_chosen_reason:
            self._heading(headings["not_chosen"], level)
            self.paper.add(paragraph(self._said(doc, "not_chosen_reason")))
        if section.is_handled_elsewhere:
            self._heading(headings["handled"], level)
            self.paper.add(paragraph(self._handled(section)))
        if section.shows_boxes:
            self.paper.add(*self._boxes(section))
        if section.blocks:
            self._blocks(section, level, self.paper.heading(headings["comment"], level))
        if section.deviations:
            self._heading(headings["deviations"], level)
            if section.deviations_say_how:
                self._deviations(section.deviations)
            else:
                for deviation in section.deviations:
                    self.paper.add(paragraph([*self._said(deviation.doc, "direction"), run(".")]))
                    self.paper.add(*self._internal(deviation.doc))
        if doc.results:
            self._heading(headings["results"], level)
            self.paper.add(*self._results(doc.results))
        if section.priorities:
            self._heading(section.priorities_heading, level)
            self.paper.add(*self._priorities(section.priorities))
        if section.says_nothing:
            self.paper.add(paragraph(run("Inget är skrivet om området.", italic=True)))

    def _blocks(self, section: SectionView, level: int, heading: Element | None = None) -> None:
        """The pieces of a section. Its heading stands together with the first, if that is text."""
        for block in section.blocks:
            if isinstance(block, FigureView):
                if heading is not None:
                    self.paper.add(heading)
                self.paper.add(*self._figure(block))
            else:
                self.paper.add(*self._prose(block.doc, "text", block.prose, level, heading))
                self.paper.add(*self._internal(block.doc))
            heading = None
        if heading is not None:
            self.paper.add(heading)

    def _together(self, section: SectionView) -> list[Any]:
        whole = section.doc.working_together
        if not whole.strip():
            return [section.working_together]
        return [*self._said(section.doc, "working_together"), " samverkar för att:"]

    def _handled(self, section: SectionView) -> list[Any]:
        said: list[Any] = []
        if handled := section.handled:
            before = "Hanteras inom " if handled.target else ""
            said = [before, *self.reference(handled), ". " if section.doc.handled_note else "."]
        if section.doc.handled_note:
            said += self._said(section.doc, "handled_note")
        return said

    def _boxes(self, section: SectionView, style: str = "", *, only_ticked: bool = False) -> list:
        return [
            paragraph([*self._box(section.doc, name, is_ticked=is_ticked), run(f" {words}")], style)
            for name, (is_ticked, words) in zip(BOXES, section.boxes, strict=True)
            if is_ticked or not only_ticked
        ]

    def _box(self, section: SectionDoc, name: str, *, is_ticked: bool) -> list[Element]:
        return self.places.box(self._name(section, name), is_ticked=is_ticked)

    def _aims(self, aims: Iterable[AimDoc]) -> list[Element]:
        return [point(self._said(aim, "text")) for aim in aims]

    def _results(self, results: Iterable[ResultDoc]) -> list[Element]:
        made = []
        for result in results:
            made += [point(self._said(result, "text")), *self._internal(result)]
        return made

    def _priorities(self, priorities: Iterable[PriorityView]) -> list[Element]:
        made = []
        for priority in priorities:
            said = self._said(priority.doc, "text")
            if priority.figure:
                said += [
                    run(priority.before_figure),
                    *self.reference(priority.figure),
                    run(priority.after_figure),
                ]
            made += [point(said), *self._internal(priority.doc)]
        return made

    def _deviations(self, deviations: Sequence[DeviationView]) -> None:
        rows = [
            Row(
                [
                    Cell([paragraph(self._said(one.doc, "direction", bold=True), "Cell")]),
                    Cell(
                        [paragraph(self._said(one.doc, "text"), "Cell")] * bool(one.doc.text)
                        + self._internal(one.doc)
                    ),
                    Cell([paragraph(one.grounds, "Cell")]),
                    Cell([paragraph(self._consulted(one.doc), "Cell")]),
                ]
            )
            for one in deviations
        ]
        heads = ["Förändring", "Hur den visar sig", "Bygger på", "I samråd med"]
        self._list(heads, rows, [2.2, 4.5, 2.5, 2.5], self.report.headings["deviations"])

    def _consulted(self, deviation: DeviationDoc) -> list[Element]:
        """With whom it has been settled, and when."""
        whom = self._said(deviation, "consulted") if deviation.consulted else []
        when = self._said(deviation, "consulted_on") if deviation.consulted_on else []
        return [*whom, *([run(", ")] if whom and when else []), *when]


def point(said: Sequence[Element]) -> Element:
    return paragraph(said, "ListBullet", level=0, list_number=BULLETS)
