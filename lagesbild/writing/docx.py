"""ReportDocument to Word: the same content in the same order as the PDF, to be edited.

Each text stands in a place (samverkan/documents/docx_places.py), called after where it stands in the
document, "sections.0.blocks.2.text", and the report's data rides along;
lagesbild/reading/our_docx.py puts what has been edited into them.
"""

from collections.abc import Iterable, Mapping

from lagesbild.document import Envelope, ReportDocument, decode
from lagesbild.edition import edited, envelope_of, source_key
from lagesbild.presentation import FigureView, ReportView, SectionView
from lagesbild.writing.docx_areas import Areas, point
from samverkan.document import DecisionDoc, encode
from samverkan.documents.docx import bookmark
from samverkan.documents.docx_blocks import one_line
from samverkan.documents.docx_carried import Carried
from samverkan.documents.standing import Standing
from samverkan.documents.wordml import Cell, Element, Row, paragraph, run
from samverkan.edition import Edition
from samverkan.values import words_of

IN_A_CELL = 100  # millimetres: as wide as the comments of a status report
NAMESPACE = "urn:samverkan:lagesbild:1"


def write_docx(
    document: ReportDocument,
    standing: Standing,
    images: Mapping[str, bytes],
    *,
    earlier: Iterable[ReportDocument] = (),
    decision: DecisionDoc | None = None,
    edition: Edition = Edition.INTERNAL,
) -> bytes:
    """`images` are the bytes of its images by their SHA-256, `earlier` the reports of other years."""
    envelope = envelope_of(document, images, decision, edition)
    # Read anew: each part of it is then an object of its own, known by its identity.
    anew = decode(encode(envelope.document))
    view = ReportView(anew, [edited(one, edition) for one in earlier])
    writer = _Writer(view, standing)
    writer.images = envelope.images
    writer.write()
    # The images lie in the file already.
    carried = Carried.of(
        Envelope(anew, envelope.decision, edition=edition),
        writer.places.names,
        writer.paper.opened(),
        {bookmark(target.anchor): str(uuid) for uuid, target in view.targets.items()},
    )
    writer.paper.attach(NAMESPACE, carried.to_text())
    return writer.paper.save()


class _Writer(Areas):
    has_listed_sources = False

    def write(self) -> None:
        if self.report.is_status:
            self._status()
        else:
            self._title()
            self.paper.contents("Innehåll")
            for section in self.report.sections:
                self._section(section)
        self._closing()

    # Lägesbild ---------------------------------------------------------------------------------

    def _title(self) -> None:
        document, report = self.document, self.report
        self.paper.add(paragraph(document.district.municipality, "Subtitle"))
        title = self._said(document, "title") if document.title else [run(report.title)]
        self.paper.add(paragraph([run(f"{one_line(report.places)}\n", "Ink"), *title], "Title"))
        if not self.standing.is_decided:
            self.paper.add(paragraph("UTKAST", "Draft"))
        self._facts()

    def _facts(self) -> None:
        document, standing = self.document, self.standing
        described = f", som det såg ut {document.described_on}" if document.described_on else ""
        facts: dict[str, list[str]] = {
            "Avser": [f"{document.year}{described}"],
            "Parter": [party.name for party in document.parties],
            "Status": [standing.state + ("" if standing.is_decided else ", inte beslutad")],
        }
        if standing.is_decided:
            decided = " ".join(filter(None, [standing.body, words_of(standing.decided_on)]))
            facts["Beslut"] = [", ".join(filter(None, [decided, standing.paragraph]))]
        facts["Diarienummer"] = [f"{who}: {number}" for who, number in standing.registry_numbers]
        facts["Utgåva"] = [standing.edition] if standing.edition else []
        facts["Revision"] = [str(document.revision)] if document.revision > 1 else []
        self._label_rows(
            (label, [paragraph(line, "Cell") for line in lines])
            for label, lines in facts.items()
            if lines
        )

    def _section(self, section: SectionView) -> None:
        said = [run(f"{section.number} "), *self._said(section.doc, "heading")]
        new_page = section.number == "1"
        heading = self.paper.heading(said, section.depth, section.anchor, new_page=new_page)
        # It has a place of its own, and so stands in no other: LibreOffice (7.4) would make one of them.
        self.paper.add(heading, *self._internal(section.doc))
        if section.is_area:
            self._area(section)
        else:
            self._blocks(section, section.depth)
        if section.lists_sources:
            self._sources()
        for inner in section.sections:
            self._section(inner)

    def _sources(self) -> None:
        """The report's own are read back from where they are listed first."""
        own = {source_key(one.name): one for one in reversed(self.document.sources)}
        for source in self.report.sources:
            one = None if self.has_listed_sources else own.get(source_key(source))
            self.paper.add(point(self._said(one, "name") if one else [run(source)]))
        self.has_listed_sources = True

    # Statusrapport -----------------------------------------------------------------------------

    def _status(self) -> None:
        self._title()
        before, after = self.report.beside_tables
        for section in before:
            self._beside(section)
        for heading, comments, areas in self.report.tables:
            self._heading(heading, 1)
            rows = [
                Row(
                    [
                        Cell([self._named(section, place)]),
                        Cell(self._comments(section)),
                    ]
                )
                for place, section in enumerate(areas, start=1)
            ]
            self._list(["Område", comments], rows, [1, 2], heading)
        for section in after:
            self._beside(section)

    def _beside(self, section: SectionView) -> None:
        heading = self.paper.heading(self._said(section.doc, "heading"), 1, section.anchor)
        self.paper.add(heading, *self._internal(section.doc))
        self._blocks(section, 1)
        if section.lists_sources:
            self._sources()

    def _named(self, section: SectionView, place: int) -> Element:
        number = [] if section.doc.own else [run(f"{place}. ")]
        said = paragraph([*number, *self._said(section.doc, "heading")], "CellName")
        return self.paper.anchored(said, section.anchor)

    def _comments(self, section: SectionView) -> list[Element]:
        """All that is said of the area, in one cell."""
        doc, made = section.doc, self._internal(section.doc)
        if section.is_handled_elsewhere:
            made.append(paragraph(self._handled(section), "Cell"))
        for deviation in section.deviations:
            said = [*self._said(deviation.doc, "direction", bold=True), run(". ", bold=True)]
            said += self._said(deviation.doc, "text") if deviation.doc.text else []
            made.append(paragraph(said, "Cell"))
            if deviation.doc.grounds:
                made.append(paragraph(f"Bygger på {deviation.grounds}.", "CellFact"))
            if consulted := self._consulted(deviation.doc):
                made.append(paragraph(["I samråd med ", *consulted, "."], "CellFact"))
            made += self._internal(deviation.doc)
        made += self._prose(doc, "description", section.description, 1)
        if doc.aims or doc.working_together:
            made.append(paragraph(self._together(section), "Cell"))
            made += self._aims(doc.aims)
        if doc.not_chosen_reason:
            made.append(paragraph(self._said(doc, "not_chosen_reason"), "Cell"))
        made += self._boxes(section, "Cell", only_ticked=True)
        for block in section.blocks:
            if isinstance(block, FigureView):
                made += self._figure(block, IN_A_CELL)
            else:
                made += self._prose(block.doc, "text", block.prose, 1)
                made += self._internal(block.doc)
        if doc.results:
            made.append(paragraph(run(self.report.headings["results"], bold=True), "Cell"))
            made += self._results(doc.results)
        if section.priorities:
            made.append(paragraph(run(section.priorities_heading, bold=True), "Cell"))
            made += self._priorities(section.priorities)
        for inner in section.sections:
            heading = self._said(inner.doc, "heading")
            made.append(self.paper.anchored(paragraph(heading, "CellName"), inner.anchor))
            made += self._comments(inner)
        if section.is_area and section.says_nothing:
            made.append(paragraph("Inget är skrivet om området.", "Quiet"))
        # A cell ends in a paragraph of its own, not in a place.
        return made if made and made[-1].tag.endswith("}p") else [*made, paragraph(style="Between")]

    # What closes both --------------------------------------------------------------------------

    def _closing(self) -> None:
        report, headings = self.report, self.report.headings
        if development := report.development:
            self._heading(headings["development"], 1, "forandring")
            heads = ["Område", *map(str, development.years)]
            rows = [
                Row([Cell([paragraph(words, "Cell")]) for words in (name, *said)])
                for name, said in development.rows
            ]
            parts: list[float] = [3, *[2] * len(development.years)]
            self._list(heads, rows, parts, headings["development"])
        if report.closes_with_sources:
            self._heading(headings["sources"], 1, "kallor")
            self._sources()
        self._extras()
        self._about()

    def _extras(self) -> None:
        if not self.document.extras:
            return
        headings = self.report.headings
        self._heading(headings["extras"], 1, "ovrigt")
        self.paper.add(paragraph(headings["about_extras"], "Quiet"))
        rows = []
        for extra in self.document.extras:
            text = [paragraph(self._said(extra, "text"), "Cell")]
            text += [paragraph("Internt", "Internal")] * extra.is_internal
            where = [paragraph(self._said(extra, "where"), "Cell")]
            rows.append(
                Row(
                    [Cell(where), Cell([paragraph(self._said(extra, "label"), "Cell")]), Cell(text)]
                )
            )
        heads = [headings["place_in_source"], "Etikett", "Text"]
        self._list(heads, rows, [3, 2.5, 4.5], headings["extras"])

    def _about(self) -> None:
        document, standing, report = self.document, self.standing, self.report
        heading = report.headings["about"]
        self._heading(heading, 1, "om")
        facts = {
            report.kind: f"{report.title} för {report.places}, revision {document.revision}",
            "Områdeskatalog": f"{document.catalogue.name} ({document.catalogue.year})",
            "Utgåva": f"{standing.edition}. {standing.about_edition}" if standing.edition else "",
            "Framställt": str(standing.printed_on),
            "Kontrollsumma": f"{standing.content_hash} (SHA-256 av innehållet)",
        }
        self._label_rows(
            ((label, [paragraph(words, "Cell")]) for label, words in facts.items() if words),
            heading,
        )
