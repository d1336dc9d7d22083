"""The form of a prioritised area in Word, and what a status report says of it in its table."""

from collections.abc import Iterable, Sequence
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from lagesbild.document import AimDoc, ResultDoc
from lagesbild.presentation import BOXES, DeviationView, FigureView, PriorityView, SectionView
from lagesbild.writing.docx_figures import Figures
from samverkan.documents.docx_rich import BULLETS
from samverkan.documents.wordml import Cell, Element, Row, paragraph, qn, run

TICKED, EMPTY = "☒", "☐"
_WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"


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
                    self.paper.add(paragraph(f"{deviation.direction}."))
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
            paragraph([checkbox(self._name(section.doc, name), is_ticked), run(f" {words}")], style)
            for name, (is_ticked, words) in zip(BOXES, section.boxes, strict=True)
            if is_ticked or not only_ticked
        ]

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
                    Cell([paragraph(run(one.direction, bold=True), "Cell")]),
                    Cell(
                        [paragraph(self._said(one.doc, "text"), "Cell")] * bool(one.doc.text)
                        + self._internal(one.doc)
                    ),
                    Cell([paragraph(one.grounds, "Cell")]),
                    Cell([paragraph(one.consulted, "Cell")]),
                ]
            )
            for one in deviations
        ]
        heads = ["Förändring", "Hur den visar sig", "Bygger på", "I samråd med"]
        self._list(heads, rows, [2.2, 4.5, 2.5, 2.5], self.report.headings["deviations"])


def point(said: Sequence[Element]) -> Element:
    return paragraph(said, "ListBullet", level=0, list_number=BULLETS)


def checkbox(name: str, is_ticked: bool) -> Element:
    """One that Word knows as such: it is ticked with a click, and heard as ticked or not."""
    shown = TICKED if is_ticked else EMPTY
    box = parse_xml(
        f'<w:sdt {nsdecls("w")} xmlns:w14="{_WORD_2010}"><w:sdtPr><w:tag/><w14:checkbox>'
        f'<w14:checked w14:val="{int(is_ticked)}"/>'
        '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>'
        "</w14:checkbox></w:sdtPr><w:sdtContent/></w:sdt>"
    )
    box[0][0].set(qn("w:val"), name)
    box[1].append(run(shown))
    return box
